using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.Tests.AdaptiveScan.Adaptive;

[TestClass]
public sealed class AdaptivePathTests
{
    private static readonly ScanGeometry Published = ScanGeometry.For(96, 96, 1 / 23.04, 20);

    [TestMethod]
    public void Run_StructureInOneQuarter_ScansMoreThereThanASpiral()
    {
        int adaptive = 0, spiral = 0;
        for (int seed = 0; seed < 4; seed++)
        {
            ScanImage image = Quarter(seed);
            adaptive += PositionsInQuarter(new AdaptivePath(Published, seed, new LocalVariance()), image);
            spiral += PositionsInQuarter(new SpiralPath(Published, seed), image);
        }

        Assert.IsGreaterThan(1.3 * spiral, adaptive, $"{adaptive} positions in the quarter, the spiral has {spiral}");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void Next_ValuesOfTheLagStillUnknown_DoesNotDependOnThem(int lag)
    {
        var settings = new PlannerSettings { Lag = lag };
        ScanImage image = Quarter(1);
        AdaptivePath path = new(Published, 2, new LocalVariance(), settings), other = new(Published, 2, new LocalVariance(), settings);
        PartialScan scan = new(Published), otherScan = new(Published);
        double[] values = new double[20];
        bool differ = false;
        for (int t = 0; t < 20; t++)
        {
            ScanSegment segment = path.Next(scan);
            if (t <= 12 + lag)
                Assert.AreEqual(segment, other.Next(otherScan), $"segment {t + 1}");
            differ |= segment != other.Next(otherScan);
            ScanEpisode.Read(image, Published, segment, values);
            Scan(path, scan, segment, values);
            // From segment 13 on the other one reads something else.
            double[] changed = t < 12 ? values : [.. values.Select((value, k) => 40 * value * (k % 3) + 100 * t)];
            Scan(other, otherScan, other.Next(otherScan), changed);
        }

        Assert.IsTrue(differ, "in the end it follows what it reads");
    }

    [TestMethod]
    public void Run_SameSeedTwice_IsTheSame()
    {
        ScanImage image = Quarter(3);

        PartialScan first = ScanEpisode.Run(new AdaptivePath(Published, 5, new LocalVariance()), Published, image);
        PartialScan second = ScanEpisode.Run(new AdaptivePath(Published, 5, new LocalVariance()), Published, image);

        CollectionAssert.AreEqual(first.Segments.ToArray(), second.Segments.ToArray());
    }

    [TestMethod]
    [DataRow(16, 16, 0.3, 2)]
    [DataRow(300, 64, 0.03, 12)]
    [DataRow(64, 64, 0.0001, 8)]
    public void Run_ConstantImageOfAnySize_EndsInsideIt(int width, int height, double coverage, int positions)
    {
        ScanGeometry geometry = ScanGeometry.For(width, height, coverage, positions);
        var image = new ScanImage([.. Enumerable.Repeat(30_000f, width * height)], width, height);

        PartialScan scan = ScanEpisode.Run(new AdaptivePath(geometry, 1, new LocalVariance()), geometry, image);

        Assert.HasCount(geometry.Segments, scan.Segments);
        foreach (ScanSegment segment in scan.Segments)
            Assert.IsTrue(segment.X >= -0.01 && segment.X <= width - 0.99 && segment.Y >= -0.01 && segment.Y <= height - 0.99, $"{segment}");
    }

    [TestMethod]
    public void Expect_FusedNetwork_IsAsTheTensors()
    {
        using var generator = new TorchSharp.torch.Generator(3);
        var network = new ErrorNetwork(generator);
        const int Cells = 32;
        var random = new Random(2);
        float[] features = [.. Enumerable.Range(0, CellField.Features * Cells).Select(_ => (float)random.NextDouble() * 4 - 2)];
        float[] amplitude = new float[Cells], reach = new float[Cells];

        new LearnedErrors(network).Expect(features, amplitude, reach);

        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        TorchSharp.torch.Tensor outputs = network.call(TorchSharp.torch.tensor(features, [CellField.Features, Cells]).transpose(0, 1).contiguous());
        for (int cell = 0; cell < Cells; cell++)
        {
            Assert.AreEqual(1, amplitude[cell] / Math.Exp(outputs[cell, 0].item<float>()), 1e-4);
            Assert.AreEqual(1, reach[cell] / (64 * Math.Exp(2 * outputs[cell, 1].item<float>())), 1e-4);
        }
    }

    private static void Scan(AdaptivePath path, PartialScan scan, ScanSegment segment, double[] values)
    {
        scan.Add(segment, values);
        path.Observe(scan);
    }

    private static int PositionsInQuarter(IScanPolicy policy, ScanImage image)
    {
        PartialScan scan = ScanEpisode.Run(policy, Published, image);
        int inside = 0;
        foreach (ScanSegment segment in scan.Segments)
        {
            for (int k = 0; k < 20; k++)
            {
                (double x, double y) = ScanGeometry.PositionOf(segment, k);
                inside += x < 48 && y < 48 ? 1 : 0;
            }
        }
        return inside;
    }

    /// <summary>Columns in the upper left quarter, a little noise everywhere.</summary>
    private static ScanImage Quarter(int seed)
    {
        var random = new Random(seed);
        return new ScanImage([.. Enumerable.Range(0, 96 * 96).Select(i =>
            (float)(100 + random.NextDouble() + (i % 96 < 48 && i / 96 < 48 ? 50 * Math.Sin(i % 96 * 0.6) * Math.Sin(i / 96 * 0.6) : 0)))], 96, 96);
    }
}
