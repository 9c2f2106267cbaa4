using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.SemiSupervised;
using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class CollectionPolicyTests
{
    private static readonly HoleSet s_holes = SmallSets.Blobs(120, hole => hole % 3 == 0);
    private static readonly LabelSplit s_split = LabelSplit.Draw(s_holes, 0.2, SplitBy.Hole, seed: 2);
    private static readonly double[] s_probability = [.. Enumerable.Range(0, 120).Select(hole => hole % 3 == 0 ? 0.8 : 0.3)];
    private static readonly CollectionPolicy s_policy = new(s_holes, new PolicySettings { Steps = 60, Learner = Learners.Settings("paper-dqn") with { BatchSize = 8, WarmUpSteps = 32 }, Starts = 2 });

    [TestMethod]
    public void PseudoRewards_LabelledAndUnlabelled_AreTheLabelAndTheProbability()
    {
        MeasuredGrid grid = s_policy.PseudoRewards(s_split, s_probability);

        int labelled = s_split.Labelled.Count;
        for (int i = 0; i < labelled; i++)
            Assert.AreEqual((s_holes.IsGood(s_split.Labelled[i]) ? 1.0 : 0, s_holes.CtfA[s_split.Labelled[i]]), (grid.Worth![i], grid.CtfA[i]));
        for (int i = 0; i < s_split.Unlabelled.Count; i++)
            Assert.AreEqual((s_probability[s_split.Unlabelled[i]], double.NaN), (grid.Worth![labelled + i], grid.CtfA[labelled + i]));
        CollectionAssert.AreEqual(s_split.Labelled.Concat(s_split.Unlabelled).Select(hole => s_holes.Grid.Holes[hole].Id).ToArray(), grid.Grid.Holes.Select(hole => hole.Id).ToArray());
    }

    [TestMethod]
    public void Validation_Grid_HasTheTruthAndTheProbabilities()
    {
        MeasuredGrid grid = s_policy.Validation(s_split, s_probability);

        Assert.IsNull(grid.Worth);
        CollectionAssert.AreEqual(s_split.Validation.Select(hole => s_holes.CtfA[hole]).ToArray(), grid.CtfA.ToArray());
        CollectionAssert.AreEqual(s_split.Validation.Select(hole => s_probability[hole]).ToArray(), grid.Grid.Holes.Select(hole => hole.GivenProbability).ToArray());
    }

    [TestMethod]
    public void Score_SameSeed_GivesTheSameRewardWhichIsAtMostOneAHole()
    {
        LearnedModel policy = s_policy.Train(s_policy.PseudoRewards(s_split, s_probability), 120, seed: 1);
        MeasuredGrid validation = s_policy.Validation(s_split, s_probability);

        (double reward, double good) = s_policy.Score(policy, validation, seed: 1);

        Assert.AreEqual((reward, good), s_policy.Score(policy, validation, seed: 1));
        Assert.IsTrue(reward > 0 && reward <= good && good <= validation.CtfA.Count(CollectionState.IsGood), $"{reward} of {good}");
    }

    [TestMethod]
    public void Head_AllHoles_VisitsEachOnceAndPromisingOnesFirst()
    {
        MeasuredGrid grid = s_policy.PseudoRewards(s_split, s_probability);
        LearnedModel policy = s_policy.Train(grid, 120, seed: 1);
        int count = grid.Grid.Holes.Count;

        int[] order = VisitingOrder.Head(policy, grid.Grid, MoveMinutes.Text, first: 5, count, default);

        Assert.AreEqual(5, order[0]);
        CollectionAssert.AreEqual(Enumerable.Range(0, count).ToArray(), order.Order().ToArray());
        CollectionAssert.AreEqual(order[..20], VisitingOrder.Head(policy, grid.Grid, MoveMinutes.Text, first: 5, 20, default));
        double Promise(int hole) => grid.Grid.Holes[hole].GivenProbability;
        Assert.IsGreaterThan(order[^(count / 3)..].Average(Promise), order[..(count / 3)].Average(Promise));
    }

    [TestMethod]
    public void Head_Stopped_Throws()
    {
        MeasuredGrid grid = s_policy.PseudoRewards(s_split, s_probability);
        LearnedModel policy = s_policy.Train(grid, 120, seed: 1);

        Assert.ThrowsExactly<OperationCanceledException>(() => VisitingOrder.Head(policy, grid.Grid, MoveMinutes.Text, 0, 10, new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public void Label_Unlabelled_GetsOneLabelEachOfWhichNcArePositive()
    {
        MeasuredGrid grid = s_policy.PseudoRewards(s_split, s_probability);
        var model = new CoupledModel(s_split, s_probability, grid, s_policy.Train(grid, 120, seed: 1));

        PseudoLabels labels = new Ssl2Rl(s_holes, 120, Runs: 1, MoveMinutes.Text).Label(model, seed: 1, default);

        int cutOff = Ssl2Rl.CutOff(s_split.Labelled.Count(s_holes.IsGood), s_split.Labelled.Count, grid.Grid.Holes.Count), positive = labels.Good.Count(good => good);
        Assert.AreEqual(s_split.Unlabelled.Count, labels.Good.Count);
        Assert.IsTrue(positive <= cutOff && positive >= cutOff - s_split.Labelled.Count, $"{positive} of N_C = {cutOff}");
        Assert.IsTrue(labels.Confidence.All(confidence => confidence == 1), "one run is of one opinion");
    }
}
