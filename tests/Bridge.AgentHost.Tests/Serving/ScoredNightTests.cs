using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Crops;
using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Testing;
using static TorchSharp.torch;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>A night of 2 000 holes on maps, scored by a real host while it suggests and takes results in. The same with 10 000: <c>Bridge.Benchmarks score</c>.</summary>
[TestClass]
public sealed class ScoredNightTests
{
    private const int Holes = 2000, CropPx = 16, Width = 24, Chunks = (Holes + ScoringJob.Chunk - 1) / ScoringJob.Chunk;

    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    [DataRow(false, DisplayName = "left alone")]
    [DataRow(true, DisplayName = "killed in mid-scoring")]
    public void ScoreHoles_MapsOfANight_EachHoleIsScoredOnceWhileTheSessionGoesOn(bool kill)
    {
        HoleSet set = HoleSimulator.Create(new HoleSimulatorSettings { Seed = 3, GridImages = 2, Squares = 12, Patches = 160, Holes = Holes, CropSize = CropPx });
        string navigator = SimulatedMaps.Write(set, 3.25, _folder.Path), weights = _folder.File("wide.safetensors");
        using var generator = new Generator(1);
        // Wide, so that a chunk takes much longer than a suggestion and the host is killed in the middle on any machine.
        var model = new ClassifierModel(new SmallResNet(generator, width: Width), HoleNetworks.Small, Width, CropPx, 3.25, TemperatureScaling.None);
        model.Save(weights, new Dictionary<string, string>());
        using var host = new HostUnderTest(_folder.File("data"), "--classifier", weights);
        using var night = new ScoredNight(host.Endpoint, set);

        night.Open(navigator);
        night.AskForScores(navigator);
        night.GoOnUntil(scored => kill ? scored > 0 : scored == Holes);
        if (kill)
        {
            host.Kill();
            List<(string Id, IReadOnlyList<Prediction> Told)> before = ScoresIn(host.Journals().Single());
            Assert.IsTrue(before.Count < Chunks, "all was scored before the host was killed: nothing was tried");
            host.Restart();
            night.GoOnUntil(scored => scored == Holes);
        }
        night.Suggest();
        host.Kill();

        List<(string Id, IReadOnlyList<Prediction> Told)> scores = ScoresIn(host.Journals().Single());
        Assert.AreEqual(Chunks, scores.Count, "a chunk is told once");
        Prediction[] told = [.. scores.SelectMany(score => score.Told).OrderBy(prediction => prediction.Item)];
        CollectionAssert.AreEqual(Enumerable.Range(1, Holes).ToArray(), told.Select(prediction => prediction.Item).ToArray(), "each hole is scored once");
        AssertAreTheModels(told, model, navigator, set);
        CollectionAssert.AreEqual(night.Progress.Order().ToArray(), night.Progress.ToArray(), "progress goes forward only");
        Assert.IsTrue(night.SuggestedWhileScoring > 0, "no suggestion came while holes waited for their scores");
        night.AssertAllIsIn(host.Journals().Single());
    }

    [TestMethod]
    public void Write_SimulatedMaps_AreReadBackAsTheSameHoles()
    {
        HoleSet set = HoleSimulator.Create(new HoleSimulatorSettings { Seed = 3, GridImages = 1, Squares = 3, Patches = 9, Holes = 60, CropSize = CropPx });

        string navigator = SimulatedMaps.Write(set, 3.25, _folder.Path);

        Domain.Specimen.Grid grid = Domain.Navigator.NavigatorGrid.Read(navigator).Grid;
        Assert.AreEqual((60, 9, 3), (grid.Holes.Count, grid.Patches.Count, grid.Squares.Count));
        CropStack crops = MapCrops.Cut(navigator, [.. grid.Holes.Select(hole => hole.Item)], CropPx, 3.25);
        for (int hole = 0; hole < set.Count; hole++)
            Assert.IsTrue(Correlation(crops[hole], UpsideDown(set.CropOf(hole))) > 0.9, $"{hole}: {Correlation(crops[hole], UpsideDown(set.CropOf(hole)))}");
        Assert.IsTrue(Correlation(crops[7], UpsideDown(set.CropOf(8))) < 0.9, "holes look different");
    }

    /// <summary>What the host said is what the model says of the same crops, asked directly.</summary>
    private static void AssertAreTheModels(Prediction[] told, ClassifierModel model, string navigator, HoleSet set)
    {
        CropStack crops = MapCrops.Cut(navigator, [.. told.Select(prediction => prediction.Item)], CropPx, 3.25);
        ViewGreys.Normalise(crops, [.. set.Grid.Holes.Select(hole => hole.Patch)]);
        HoleScore[] scores = model.Score(crops, [.. Enumerable.Range(0, crops.Count)]);
        for (int i = 0; i < told.Length; i++)
            Assert.AreEqual(scores[i].Probability, told[i].Probability!.Value, 0.02, $"item {told[i].Item}"); // the host keeps fewer pixels for its scale
        Assert.IsTrue(scores.Select(score => score.Probability).Distinct().Count() > set.Count / 2, "the holes have scores of their own");
    }

    private static List<(string Id, IReadOnlyList<Prediction> Told)> ScoresIn(string journal)
        => [.. JournalReader.Read(journal).Select(JournalledExchange.From).Where(exchange => exchange.Request is ReportPredictionsRequest)
            .Select(exchange => (exchange.Message.RequestId, ((ReportPredictionsRequest)exchange.Request).Predictions))];

    /// <summary>Crops keep the file's order of rows.</summary>
    private static float[] UpsideDown(ReadOnlySpan<float> crop)
    {
        float[] turned = new float[crop.Length];
        for (int row = 0; row < CropPx; row++)
            crop.Slice(row * CropPx, CropPx).CopyTo(turned.AsSpan((CropPx - 1 - row) * CropPx));
        return turned;
    }

    private static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
        for (int i = 0; i < a.Length; i++)
            (sa, sb, saa, sbb, sab) = (sa + a[i], sb + b[i], saa + (double)a[i] * a[i], sbb + (double)b[i] * b[i], sab + (double)a[i] * b[i]);
        return (sab - sa * sb / a.Length) / Math.Sqrt((saa - sa * sa / a.Length) * (sbb - sb * sb / a.Length));
    }
}
