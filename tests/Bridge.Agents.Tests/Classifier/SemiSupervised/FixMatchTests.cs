using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Classifier.SemiSupervised;
using static TorchSharp.torch;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class FixMatchTests
{
    private static readonly HoleSet s_holes = SmallSets.Blobs(160, hole => hole % 2 == 0);

    private static readonly FixMatchSettings s_short = new() { Batch = 8, Steps = 40, FineTuningSteps = 3, LearningRate = 0.05, Width = 4, Dropout = 0.2, GreyStrength = 0.2 };

    /// <summary>Only one of the eight labels is of a good hole, so what it is sure of first is all of one kind. With SSL²-RL's λ of 5 everything is then taken for bad.</summary>
    [TestMethod]
    public void Train_WhatIsSureFirstIsOfOneClass_IsNotCarriedAwayByIt()
    {
        var split = LabelSplit.Draw(s_holes, 8 / 120.0, SplitBy.Hole, seed: 1);
        int confident = 0;

        using SmallResNet network = Trained(s_short, split, seed: 1, step => confident += step.Confident.Count);

        Assert.IsGreaterThan(0.95, Accuracy(network, split.Validation));
        Assert.IsGreaterThan(0, confident);
    }

    [TestMethod]
    public void Train_SameSeed_GivesTheSameBitsAndAnotherSeedOthers()
    {
        var split = LabelSplit.Draw(s_holes, 0.1, SplitBy.Hole, seed: 1);
        FixMatchSettings few = s_short with { Steps = 4, CutOff = 0.5 };

        using SmallResNet first = Trained(few, split, seed: 1), again = Trained(few, split, seed: 1), other = Trained(few, split, seed: 2);

        CollectionAssert.AreEqual(Outputs(first, split.Validation), Outputs(again, split.Validation));
        CollectionAssert.AreNotEqual(Outputs(first, split.Validation), Outputs(other, split.Validation));
    }

    [TestMethod]
    public void Train_NothingUnlabelled_IsSupervisedLearning()
    {
        var split = LabelSplit.Draw(s_holes, 1, SplitBy.Hole, seed: 1);
        int confident = 0;

        using SmallResNet network = Trained(s_short, split, seed: 1, step => confident += step.Confident.Count);

        Assert.AreEqual(0, confident);
        Assert.IsGreaterThan(0.95, Accuracy(network, split.Validation));
    }

    [TestMethod]
    public void Train_CutOffOfOne_LearnsNothingFromTheUnlabelled()
    {
        var split = LabelSplit.Draw(s_holes, 0.1, SplitBy.Hole, seed: 1);
        FixMatchSettings few = s_short with { Steps = 4, CutOff = 1 };
        var steps = new List<FixMatchStep>();

        using SmallResNet network = Trained(few, split, seed: 1, steps.Add);

        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, steps.Select(step => step.Number).ToArray());
        Assert.IsTrue(steps.All(step => step.Confident.Count == 0 && double.IsFinite(step.Loss)));
    }

    [TestMethod]
    public void FineTune_Stopped_LeavesTheNetworkReadyForUse()
    {
        var split = LabelSplit.Draw(s_holes, 0.1, SplitBy.Hole, seed: 1);
        var fixMatch = new FixMatch(s_holes, s_short);
        using SmallResNet network = fixMatch.NewNetwork(1);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsExactly<OperationCanceledException>(() => fixMatch.FineTune(network, LabelledPool.True(s_holes, split), split.Unlabelled, 1, step => stop.Cancel(), stop.Token));

        Assert.IsFalse(network.training);
    }

    private static SmallResNet Trained(FixMatchSettings settings, LabelSplit split, int seed, Action<FixMatchStep>? watch = null)
    {
        var fixMatch = new FixMatch(s_holes, settings);
        SmallResNet network = fixMatch.NewNetwork(seed);
        fixMatch.Train(network, LabelledPool.True(s_holes, split), split.Unlabelled, seed, watch);
        return network;
    }

    private static float[] Outputs(nn.Module<Tensor, Tensor> network, IReadOnlyList<int> holes) => CropScorer.Outputs(network, s_holes, [.. holes]);

    private static double Accuracy(nn.Module<Tensor, Tensor> network, IReadOnlyList<int> holes)
        => CropScorer.Probabilities(Outputs(network, holes)).Zip(holes).Average(pair => pair.First > 0.5 == s_holes.IsGood(pair.Second) ? 1 : 0);
}
