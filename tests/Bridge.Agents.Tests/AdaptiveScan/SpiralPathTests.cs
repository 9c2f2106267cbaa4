using Bridge.Agents.AdaptiveScan;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.AdaptiveScan;

[TestClass]
public sealed class SpiralPathTests
{
    [TestMethod]
    [DataRow(96, 96, 20)]
    [DataRow(96, 96, 5)]
    [DataRow(200, 96, 20)]
    [DataRow(64, 256, 12)]
    [DataRow(16, 16, 2)]
    [DataRow(1500, 1500, 3)]
    public void Segments_AnyImage_LieEndToEndInsideIt(int width, int height, int positions)
    {
        ScanGeometry geometry = ScanGeometry.For(width, height, 1 / 23.04, positions);
        List<ScanSegment> path = PathOf(geometry, seed: 0);

        Assert.HasCount(geometry.Segments, path);
        Assert.AreEqual(((width - 1) / 2.0, (height - 1) / 2.0), (path[0].X, path[0].Y));
        for (int t = 0; t < path.Count; t++)
        {
            (double endX, double endY) = ScanGeometry.PositionOf(path[t], positions);
            Assert.IsTrue(endX >= -1e-6 && endX <= width - 1 + 1e-6 && endY >= -1e-6 && endY <= height - 1 + 1e-6, $"segment {t + 1} ends at {endX}, {endY}");
            if (t + 1 < path.Count)
                Assert.IsTrue(Math.Abs(endX - path[t + 1].X) + Math.Abs(endY - path[t + 1].Y) < 1e-6, $"segment {t + 1}");
        }
    }

    [TestMethod]
    public void Segments_PublishedSize_AreTwentyAndReachTheEdge()
    {
        ScanGeometry geometry = ScanGeometry.For(96, 96, 1 / 23.04, 20);

        List<ScanSegment> path = PathOf(geometry, seed: 0);

        Assert.AreEqual((20, 20), (geometry.Segments, geometry.Positions));
        Assert.AreEqual(Math.PI / 4, path[0].DirectionRad, 1e-9, "towards a corner");
        (double x, double y) = ScanGeometry.PositionOf(path[^1], 20);
        Assert.AreEqual(47.5, Math.Sqrt((x - 47.5) * (x - 47.5) + (y - 47.5) * (y - 47.5)), 0.01);
    }

    [TestMethod]
    public void Segments_FineOnes_HaveEvenDensity()
    {
        ScanGeometry geometry = ScanGeometry.For(200, 200, 1 / 23.04, 4);
        int inner = 0, outer = 0;
        foreach (ScanSegment segment in PathOf(geometry, seed: 0))
        {
            double radius = Math.Sqrt((segment.X - 99.5) * (segment.X - 99.5) + (segment.Y - 99.5) * (segment.Y - 99.5));
            _ = radius < 99.5 / Math.Sqrt(2) ? inner++ : outer++;
        }

        Assert.AreEqual(1, inner / (double)outer, 0.1, "as many in the inner half of the area as in the outer");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Segments_FewOnes_StillFit(int segments)
    {
        var geometry = new ScanGeometry(96, 96, segments, 20);

        foreach (ScanSegment segment in PathOf(geometry, seed: 1))
        {
            (double x, double y) = ScanGeometry.PositionOf(segment, 19);
            Assert.IsTrue(x is >= 0 and <= 95 && y is >= 0 and <= 95, $"{x}, {y}");
        }
    }

    [TestMethod]
    public void Segments_EachSeed_HasACornerAndASenseOfItsOwn()
    {
        ScanGeometry geometry = ScanGeometry.For(96, 96, 1 / 23.04, 20);

        var paths = Enumerable.Range(0, 8).Select(seed => PathOf(geometry, seed)).ToList();

        Assert.AreEqual(8, paths.Select(path => (Math.Round(path[0].DirectionRad, 6), Math.Round(path[1].DirectionRad, 6))).Distinct().Count());
        CollectionAssert.AreEqual(paths[3], PathOf(geometry, seed: 3));
        CollectionAssert.AreEqual(paths[5], PathOf(geometry, seed: -3), "only the last three bits count");
    }

    [TestMethod]
    [DataRow(16, 16, 0.05, 20, "positions")]
    [DataRow(4096, 4096, 0.5, 20, "coverage")]
    public void For_WhatCannotBe_IsRefusedByName(int width, int height, double coverage, int positions, string word)
    {
        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => ScanGeometry.For(width, height, coverage, positions));

        StringAssert.Contains(refusal.Message, word);
    }

    private static List<ScanSegment> PathOf(ScanGeometry geometry, int seed)
    {
        var scan = new SegmentedScan(ScanPolicies.Create("spiral", geometry, seed), geometry);
        var path = new List<ScanSegment>();
        var values = new double[geometry.Positions];
        while (scan.Next() is { } segment)
        {
            scan.Accept(segment);
            scan.Observe(values);
            path.Add(segment);
        }
        return path;
    }
}
