using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Evaluation;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Images;

namespace Bridge.Agents.Tests.Classifier.Evaluation;

[TestClass]
public sealed class ClassifierScoresTests
{
    [TestMethod]
    public void Scores_WorkedCase_AreAsByHand()
    {
        var scores = new ClassifierScores([0.9, 0.8, 0.6, 0.4, 0.3, 0.1], [true, false, true, true, false, false]);

        Assert.AreEqual(4 / 6.0, scores.Accuracy, 1e-12);
        Assert.AreEqual((2L, 1L, 1L, 2L), (scores.Confusion(true, true), scores.Confusion(true, false), scores.Confusion(false, true), scores.Confusion(false, false)));
        Assert.AreEqual(2 / 3.0, scores.RecallOfGood, 1e-12);
        Assert.AreEqual(2 / 3.0, scores.RecallOfBad, 1e-12);
        Assert.AreEqual(2 / 3.0, scores.Precision, 1e-12);
        // Pairs of a good and a bad hole that are in order: 0.9 beats 3, 0.6 and 0.4 beat 2 each.
        Assert.AreEqual(7 / 9.0, scores.RocAuc, 1e-12);
        Assert.AreEqual((0.01 + 0.64 + 0.16 + 0.36 + 0.09 + 0.01) / 6, scores.Brier, 1e-8);
    }

    [TestMethod]
    public void RocAuc_Ties_CountHalf()
    {
        Assert.AreEqual(0.5, new ClassifierScores([0.5, 0.5, 0.5, 0.5], [true, false, true, false]).RocAuc, 1e-12);
        Assert.AreEqual(0.875, new ClassifierScores([0.7, 0.5, 0.5, 0.2], [true, true, false, false]).RocAuc, 1e-12);
    }

    [TestMethod]
    public void Roc_AreaUnderTheCurve_IsTheAuc()
    {
        var random = new Random(1);
        bool[] good = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.4)];
        var scores = new ClassifierScores([.. good.Select(is1 => Math.Round(Math.Clamp(random.NextDouble() * 0.8 + (is1 ? 0.2 : 0), 0, 1), 2))], good);

        IReadOnlyList<(double FalsePositives, double TruePositives)> curve = scores.Roc();

        double area = curve.Zip(curve.Skip(1), (a, b) => (b.FalsePositives - a.FalsePositives) * (a.TruePositives + b.TruePositives) / 2).Sum();
        Assert.AreEqual(scores.RocAuc, area, 1e-9);
        Assert.AreEqual((1.0, 1.0), curve[^1]);
    }

    [TestMethod]
    public void GainOver_Better_IsPositiveBeyondChance()
    {
        bool[] good = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0)];
        var sharp = new ClassifierScores([.. good.Select(is1 => is1 ? 0.9 : 0.1)], good);
        var dull = new ClassifierScores([.. good.Select(_ => 0.5)], good);

        (double gain, double error) = sharp.GainOver(dull);

        Assert.AreEqual(0.24, gain, 1e-12);
        Assert.IsTrue(gain > error);
        Assert.AreEqual(0, dull.GainOver(dull).Gain);
        Assert.ThrowsExactly<ArgumentException>(() => sharp.GainOver(new ClassifierScores([.. good.Select(_ => 0.5)], [.. good.Select(is1 => !is1)])));
    }

    [TestMethod]
    public void Constructor_NoProbability_IsRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new ClassifierScores([1.1], [true]));
        Assert.ThrowsExactly<ArgumentException>(() => new ClassifierScores([double.NaN], [true]));
        Assert.ThrowsExactly<ArgumentException>(() => new ClassifierScores([0.5], []));
    }

    [TestMethod]
    public void DownstreamReward_TruthBeatsNothing()
    {
        HoleSet set = HoleSimulator.Create(HoleSimulatorSettings.Y1 with { GridImages = 3, Squares = 8, Patches = 30, Holes = 400, CropSize = 16 });
        double[] blind = [.. Enumerable.Repeat(0.33, set.Count)];

        IReadOnlyList<PlannerScore> rows = DownstreamReward.Run(set, blind, "rate", [60], 3, 0);

        double Of(string told, string planner) => rows.Single(row => row.Split == told && row.Planner == planner).Mean;
        Assert.IsTrue(Of(DownstreamReward.Truth, "rate") > Of(DownstreamReward.Nothing, "rate"));
        Assert.IsTrue(Of(DownstreamReward.Truth, "oracle") >= Of(DownstreamReward.Classifier, "rate"));
    }

    [TestMethod]
    public void HoleSheet_BestFirst_FramesTellTheTruth()
    {
        HoleSet set = HoleSimulator.Create(HoleSimulatorSettings.Y1 with { GridImages = 1, Squares = 2, Patches = 4, Holes = 60, CropSize = 16 });
        double[] probabilities = [.. Enumerable.Range(0, 60).Select(i => i / 60.0)];

        ColourPicture sheet = HoleSheet.Draw(set.Pictures, [.. Enumerable.Range(0, 60)], probabilities, hole => hole == 59 ? true : hole == 58 ? false : null);

        Assert.AreEqual(((byte)0, (byte)150, (byte)60), At(3, 3));
        int cell = 16 * 4 + 7;
        Assert.AreEqual(((byte)200, (byte)30, (byte)30), At(3 + cell, 3));
        Assert.AreEqual(((byte)150, (byte)150, (byte)150), At(3 + 2 * cell, 3));

        (byte, byte, byte) At(int x, int y) => (sheet.Rgb[3 * (y * sheet.Width + x)], sheet.Rgb[3 * (y * sheet.Width + x) + 1], sheet.Rgb[3 * (y * sheet.Width + x) + 2]);
    }
}
