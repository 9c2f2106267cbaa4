using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.AdaptiveScan.Paths;

[TestClass]
public sealed class PathsTests
{
    private static readonly ScanGeometry Published = ScanGeometry.For(96, 96, 1 / 23.04, 20);

    [TestMethod]
    [DataRow(ScanPolicies.Spiral)]
    [DataRow(ScanPolicies.Adaptive)]
    [DataRow(ScanPolicies.Planned)]
    [DataRow(ScanPolicies.RandomWalk)]
    [DataRow(ScanPolicies.Raster)]
    [DataRow(ScanPolicies.Grid)]
    [DataRow(ScanPolicies.Jittered)]
    public void Run_AnyPath_ReadsAsManyPositionsInsideTheImage(string name)
    {
        ScanGeometry frame = ScanPolicies.FrameOf(name, Published);
        ScanImage image = ScanImages.Simulate(1, seed: 5)[0];

        PartialScan scan = ScanEpisode.Run(ScanPolicies.Create(name, frame, 3, new LocalVariance()), frame, image);

        ScanReads reads = ScanReads.Of(scan);
        Assert.HasCount(400, reads.Pixels);
        foreach (ScanSegment segment in scan.Segments)
        {
            (double x, double y) = ScanGeometry.PositionOf(segment, frame.Positions - 1);
            Assert.IsTrue(x is > -0.51 and < 95.51 && y is > -0.51 and < 95.51, $"{x}, {y}");
        }
        for (int i = 0; i < reads.Pixels.Length; i++)
            Assert.AreEqual(image.Values[reads.Pixels[i]], reads.Values[i]);
    }

    [TestMethod]
    [DataRow(ScanPolicies.Adaptive)]
    [DataRow(ScanPolicies.Planned)]
    [DataRow(ScanPolicies.RandomWalk)]
    public void Segments_ContiguousPath_BeginWhereTheLastEnded(string name)
    {
        PartialScan scan = ScanEpisode.Run(ScanPolicies.Create(name, Published, 3, new LocalVariance()), Published, ScanImages.Simulate(1, seed: 6)[0]);

        for (int t = 1; t < scan.Segments.Count; t++)
        {
            (double x, double y) = ScanGeometry.PositionOf(scan.Segments[t - 1], 20);
            Assert.AreEqual(x, scan.Segments[t].X, 1e-6);
            Assert.AreEqual(y, scan.Segments[t].Y, 1e-6);
        }
    }

    [TestMethod]
    public void Grid_Published_IsEven()
    {
        ScanGeometry frame = ScanPolicies.FrameOf(ScanPolicies.Grid, Published);
        PartialScan scan = ScanEpisode.Run(ScanPolicies.Create(ScanPolicies.Grid, frame, 0), frame, ScanImages.Simulate(1, seed: 7)[0]);

        Assert.AreEqual(new ScanSegment(1.9, 1.9, 0), scan.Segments[0] with { X = Math.Round(scan.Segments[0].X, 6), Y = Math.Round(scan.Segments[0].Y, 6) });
        Assert.AreEqual(4.8, scan.Segments[1].X - scan.Segments[0].X, 1e-9);
        Assert.AreEqual(4.8, scan.Segments[20].Y - scan.Segments[0].Y, 1e-9);
    }

    [TestMethod]
    [DataRow(ScanPolicies.Raster)]
    [DataRow(ScanPolicies.Grid)]
    [DataRow(ScanPolicies.Jittered)]
    public void Create_PointPathWithLongSegments_SaysWhatToDo(string name)
    {
        ContractException e = Assert.ThrowsExactly<ContractException>(() => ScanPolicies.Create(name, Published, 0));

        Assert.Contains("'positions' must be 1", e.Message);
    }
}
