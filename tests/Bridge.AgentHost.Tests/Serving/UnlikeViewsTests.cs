using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Evaluation;
using Bridge.Agents.Classifier.Simulation;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>What the weights that ship make of a night whose views differ in brightness. The classifier's README has the figures of 4 000 holes.</summary>
[TestClass]
public sealed class UnlikeViewsTests
{
    /// <summary>Y3's brightness, with thin ice good and an ordinary dose.</summary>
    private static readonly HoleSimulatorSettings Night = HoleSimulatorSettings.Y3 with { Seed = 900_000, ThinIce = 0, ElectronsPerCell = 1000, Squares = 20, Patches = 120, Holes = 1200 };

    [TestMethod]
    public void Score_ViewsOfUnlikeBrightness_FilmAsZeroKeepsTheOrder()
    {
        ClassifierScores oneScale = Scores(Night), byView = Scores(Night with { ScaleByView = true });

        Assert.IsTrue(byView.RocAuc > oneScale.RocAuc + 0.04, $"ROC area {oneScale.RocAuc:0.000} with one scale, {byView.RocAuc:0.000} by view");
        Assert.IsTrue(byView.Accuracy > oneScale.Accuracy + 0.04, $"accuracy {oneScale.Accuracy:0.000} with one scale, {byView.Accuracy:0.000} by view");
    }

    private static ClassifierScores Scores(HoleSimulatorSettings settings)
    {
        HoleSet set = HoleSimulator.Create(settings);
        int[] holes = set.Labelled();
        return new ClassifierScores([.. ClassifierModel.Shipped.Score(set.Pictures, holes).Select(score => score.Probability)], [.. holes.Select(set.IsGood)]);
    }
}
