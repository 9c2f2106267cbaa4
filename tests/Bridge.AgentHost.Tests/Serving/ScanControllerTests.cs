using Bridge.AgentHost.Demo;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Images;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>The stand-in for a scan controller against a live host.</summary>
[TestClass]
public sealed class ScanControllerTests
{
    [TestMethod]
    public void Run_RealCrop_InterruptedKilledAndWhole()
    {
        using ImageSource crops = ImageFile.Open(SharedData.PathOf("stem", "dev.npy"));
        Picture crop = crops.Read(100);
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint });
        var controller = new ScanController(crop.Values, crop.Width, crop.Height, new ScanControllerSettings(), seed: 1);
        var begin = new BeginScanRequest("s", crop.Width, crop.Height) { ValueMin = 0, ValueMax = ushort.MaxValue };

        ScanRun partial = controller.Run(client, begin, mostSegments: 7);
        host.Kill();
        host.Restart();
        var image = (ScanImageReply)client.Ask(new GetScanImageRequest("s"), TimeSpan.FromSeconds(30))!;
        ScanRun whole = controller.Run(client, begin);

        Assert.AreEqual(7, image.Segments);
        CollectionAssert.AreEqual(partial.Completed.Image, ScanImageReply.ToFloats(image.ImageBytes), "the same pixels after a kill");
        float[] read = new float[partial.Mask.Length], mask = new float[read.Length];
        whole.Scan.WriteTo(read, mask);
        CollectionAssert.AreEqual(mask.Select(value => (byte)value).ToArray(), whole.Mask);
        Assert.IsTrue(File.Exists(whole.File));
        CollectionAssert.AreEqual(whole.Completed.Image, ImageFile.Read(whole.File!).Values);
        Assert.AreEqual(20 * 20 * 10, whole.ScanUs - 500 * Jumps(whole), 1e-6);
        Assert.IsLessThan(Deviation(crop.Values), Error(crop.Values, whole.Completed.Image), "better than the mean");
        Assert.HasCount(2, Directory.GetFiles(folder.File("data/sessions"), "scan-s-*.mrc"), "a partial and a whole image");
    }

    [TestMethod]
    public void Run_BeamThatIsNotWhereItShouldBe_ReadsOtherPixels()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint });
        float[] ramp = [.. Enumerable.Range(0, 64 * 64).Select(i => (float)(i % 64))];

        ScanRun exact = new ScanController(ramp, 64, 64, new ScanControllerSettings(), 1).Run(client, new BeginScanRequest("s", 64, 64) { Policy = "spiral" });
        ScanRun shaken = new ScanController(ramp, 64, 64, new ScanControllerSettings { JitterPx = 3 }, 1).Run(client, new BeginScanRequest("s", 64, 64) { Policy = "spiral" });

        CollectionAssert.AreEqual(exact.Scan.Segments.ToArray(), shaken.Scan.Segments.ToArray());
        double[] off = [.. Enumerable.Range(0, exact.Scan.Segments.Count).SelectMany(s => exact.Scan.ValuesOf(s).ToArray().Zip(shaken.Scan.ValuesOf(s).ToArray(), (a, b) => (double)(a - b)))];
        Assert.AreEqual(3, Math.Sqrt(off.Average(value => value * value)), 0.8);
    }

    private static int Jumps(ScanRun run)
    {
        int jumps = 1;
        for (int s = 1; s < run.Scan.Segments.Count; s++)
        {
            (double x, double y) = Agents.AdaptiveScan.ScanGeometry.PositionOf(run.Scan.Segments[s - 1], 20);
            jumps += double.Hypot(x - run.Scan.Segments[s].X, y - run.Scan.Segments[s].Y) > 2 ? 1 : 0;
        }
        return jumps;
    }

    private static double Deviation(float[] values) => Error(values, [.. values.Select(_ => values.Average())]);

    private static double Error(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Average());
}
