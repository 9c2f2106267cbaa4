using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Contracts;
using Bridge.Testing;
using TorchSharp;

namespace Bridge.Agents.Tests.AdaptiveScan.Completion;

[TestClass]
public sealed class ScanCompletionTests
{
    private static readonly ScanGeometry Published = ScanGeometry.For(96, 96, 1 / 23.04, 20);

    [TestMethod]
    [DataRow(96, 96)]
    [DataRow(50, 37)]
    public void Complete_AnySize_HasThatSizeAndFiniteValues(int width, int height)
    {
        ScanGeometry geometry = ScanGeometry.For(width, height, 0.08, 8);
        var image = new ScanImage([.. Enumerable.Range(0, width * height).Select(i => 500 + 30f * MathF.Sin(i % width * 0.2f))], width, height);

        CompletedScan completed = Fresh().Completion.Complete(ScanEpisode.Run(new SpiralPath(geometry, 0), geometry, image));

        Assert.HasCount(width * height, completed.Image);
        Assert.IsTrue(completed.Image.All(float.IsFinite));
        Assert.IsTrue(completed.Uncertainty.All(value => float.IsFinite(value) && value > 0));
    }

    [TestMethod]
    public void Complete_OtherGainAndOffset_FollowsThem()
    {
        ScanCompletion completion = Fresh().Completion;
        ScanImage image = ScanImages.Simulate(1, seed: 8)[0];
        var other = new ScanImage([.. image.Values.Select(value => 3 * value - 100)], 96, 96);

        CompletedScan first = Spiral(completion, image), second = Spiral(completion, other);

        for (int i = 0; i < first.Image.Length; i++)
        {
            Assert.AreEqual(3 * first.Image[i] - 100, second.Image[i], 0.01 * image.HalfRange);
            Assert.AreEqual(3 * first.Uncertainty[i], second.Uncertainty[i], 0.01 * image.HalfRange);
        }
    }

    [TestMethod]
    public void Complete_ConstantValues_IsConstantWithoutUncertainty()
    {
        CompletedScan completed = Spiral(Fresh().Completion, new ScanImage([.. Enumerable.Repeat(42f, 96 * 96)], 96, 96));

        Assert.IsTrue(completed.Image.All(value => value == 42));
        Assert.IsTrue(completed.Uncertainty.All(value => value == 0));
    }

    [TestMethod]
    public void Complete_NothingScanned_SaysWhatToDo()
    {
        ContractException e = Assert.ThrowsExactly<ContractException>(() => Fresh().Completion.Complete(new PartialScan(Published)));

        Assert.AreEqual(FaultCode.OutOfTurn, e.Code);
        Assert.Contains("scan a segment first", e.Message);
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void Complete_ValueThatIsNoNumber_NamesIt(double value)
    {
        var scan = new PartialScan(Published);
        double[] values = [.. Enumerable.Range(0, 20).Select(k => k == 4 ? value : k)];
        scan.Add(new ScanSegment(10, 10, 0), values);

        ContractException e = Assert.ThrowsExactly<ContractException>(() => Fresh().Completion.Complete(scan));

        Assert.Contains("value 5 of segment 1", e.Message);
    }

    [TestMethod]
    public void Complete_InterruptedScan_CompletesWhatIsThere()
    {
        var scan = new PartialScan(Published);
        scan.Add(new ScanSegment(47.5, 47.5, 0), [.. Enumerable.Range(0, 20).Select(k => (double)k)]);

        CompletedScan completed = Fresh().Completion.Complete(scan);

        Assert.IsTrue(completed.Image.All(float.IsFinite));
    }

    [TestMethod]
    public void Save_AndRead_CompletesAlike()
    {
        using TempFolder folder = new();
        ScanModel model = Fresh();
        model.Save(folder.File("scan.safetensors"), new Dictionary<string, string> { [ScanModel.SeedKey] = "3" });
        ScanImage image = ScanImages.Simulate(1, seed: 9)[0];

        ScanModel read = ScanModel.Read(folder.File("scan.safetensors"));

        CollectionAssert.AreEqual(Spiral(model.Completion, image).Image, Spiral(read.Completion, image).Image);
        PartialScan one = ScanEpisode.Run(new AdaptivePath(Published, 1, model.Errors), Published, image);
        PartialScan other = ScanEpisode.Run(new AdaptivePath(Published, 1, read.Errors), Published, image);
        CollectionAssert.AreEqual(one.Segments.ToArray(), other.Segments.ToArray());
    }

    [TestMethod]
    public void Read_OtherFile_SaysWhatIsWrong()
    {
        using TempFolder folder = new();
        string path = folder.Write("x.safetensors", "hello"u8);

        ContractException e = Assert.ThrowsExactly<ContractException>(() => ScanModel.Read(path));

        Assert.AreEqual(FaultCode.UnreadableFile, e.Code);
        Assert.Contains("x.safetensors", e.Message);
    }

    [TestMethod]
    public void Complete_Untrained_IsNearTheReadPixels()
    {
        ScanImage image = ScanImages.Simulate(1, seed: 10)[0];
        var smooth = new ScanImage(image.Target, 96, 96);
        PartialScan scan = ScanEpisode.Run(new SpiralPath(Published, 0), Published, smooth);
        ScanReads reads = ScanReads.Of(scan);

        CompletedScan completed = Fresh().Completion.Complete(scan);

        double at = reads.Pixels.Average(pixel => Math.Abs(completed.Image[pixel] - smooth.Values[pixel]));
        double spread = reads.Pixels.Average(pixel => Math.Abs(smooth.Values[pixel] - reads.Moments().Mean));
        Assert.IsLessThan(0.6 * spread, at, "the first guess goes through what was read");
    }

    private static CompletedScan Spiral(ScanCompletion completion, ScanImage image)
        => completion.Complete(ScanEpisode.Run(new SpiralPath(Published, 0), Published, image));

    private static ScanModel Fresh()
    {
        using var generator = new torch.Generator(3);
        return new ScanModel(new GeneratorNetwork(4, generator), new ErrorNetwork(generator));
    }
}
