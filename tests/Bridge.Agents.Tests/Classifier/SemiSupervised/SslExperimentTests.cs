using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.SemiSupervised;
using Bridge.Agents.Classifier.SemiSupervised.Evaluation;
using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class SslExperimentTests
{
    private static readonly HoleSet s_holes = SmallSets.Simulated();

    private static readonly SslSettings s_short = new()
    {
        Classifier = new FixMatchSettings { Batch = 4, Steps = 3, FineTuningSteps = 2, Width = 2 },
        Policy = new PolicySettings { Steps = 20, Learner = Learners.Settings("paper-dqn") with { BatchSize = 4, WarmUpSteps = 20 }, Starts = 2 },
        Rounds = 2,
        Runs = 3,
    };

    [TestMethod]
    public void Run_EveryMethod_ScoresEachRoundAndTheSameAgain()
    {
        foreach (string method in SslMethods.Names)
        {
            SslRun run = Run(method), again = Run(method);

            Assert.AreEqual(method is SslMethods.Supervised or SslMethods.FixMatch ? 1 : 3, run.Rounds.Count, method);
            CollectionAssert.AreEqual(run.Rounds.ToArray(), again.Rounds.ToArray(), method);
            Assert.IsTrue(run.Rounds.All(round => round.Accuracy is > 0 and < 1 && round.Reward > 0 && round.Good >= round.Reward), method);
            Assert.IsTrue(run.Rounds.Skip(1).All(round => round.PseudoAccuracy is > 0 and < 1 && round.Confidence is >= 0.5 and <= 1), method);
        }
    }

    [TestMethod]
    public void Run_IterativeMethods_BeginWithFixMatchsClassifier()
    {
        double first = Run(SslMethods.FixMatch).Rounds[0].Accuracy;

        foreach (string method in SslMethods.Names.Skip(2))
            Assert.AreEqual(first, Run(method).Rounds[0].Accuracy, method);
    }

    [TestMethod]
    public void Run_InWhateverOrder_GivesTheSameFigures()
    {
        using var together = new SslExperiment(s_holes, s_short, 0.2, run: 0, seed: 1);
        SslRun last = together.Run(SslMethods.Ssl2Rl480);

        SslRun iterative = together.Run(SslMethods.Iterative);

        CollectionAssert.AreEqual(Run(SslMethods.Iterative).Rounds.ToArray(), iterative.Rounds.ToArray());
        CollectionAssert.AreEqual(Run(SslMethods.Ssl2Rl480).Rounds.ToArray(), last.Rounds.ToArray());
    }

    [TestMethod]
    public void Has_AllLabelled_OnlySupervisedLearning()
    {
        using var experiment = new SslExperiment(s_holes, s_short, 1, run: 0, seed: 1);

        CollectionAssert.AreEqual(new[] { SslMethods.Supervised }, SslMethods.Names.Where(experiment.Has).ToArray());
        Assert.ThrowsExactly<InvalidOperationException>(() => experiment.Run(SslMethods.FixMatch));
    }

    [TestMethod]
    public void Run_Stopped_Throws()
    {
        using var stop = new CancellationTokenSource();
        using var experiment = new SslExperiment(s_holes, s_short, 0.2, run: 0, seed: 1, stop.Token);
        stop.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => experiment.Run(SslMethods.Supervised));
    }

    [TestMethod]
    public void Run_UnknownMethod_NamesTheOthers()
    {
        using var experiment = new SslExperiment(s_holes, s_short, 0.2, run: 0, seed: 1);

        ContractException refused = Assert.ThrowsExactly<ContractException>(() => experiment.Run("mixmatch"));

        StringAssert.Contains(refused.Message, "'mixmatch'; choose sl, fixmatch, iterative, ssl2rl-120, ssl2rl-480");
    }

    [TestMethod]
    public void Of_RunsOfTwoCells_GivesMeansAndDeviationsInTheTablesOrder()
    {
        SslRun Run(string method, double percent, int run, params double[] rewards)
            => new(method, percent, run, [.. rewards.Select((reward, i) => new SslRound(i, 0.5 + i / 10.0, 0.5, 0.5, reward, 10))], 1);

        IReadOnlyList<SslScore> scores = SslScore.Of([Run("ssl2rl-480", 5, 0, 10, 30, 20), Run("sl", 10, 0, 7), Run("ssl2rl-480", 5, 1, 40, 10, 10), Run("sl", 5, 0, 8)]);

        CollectionAssert.AreEqual(new[] { ("sl", 5.0), ("ssl2rl-480", 5.0), ("sl", 10.0) }, scores.Select(score => (score.Method, score.LabelsPercent)).ToArray());
        SslScore both = scores[1];
        Assert.AreEqual((2, 35.0, Math.Sqrt(50), 15.0), (both.Runs, both.Reward.Mean, both.Reward.Deviation, both.LastReward.Mean));
        Assert.AreEqual(0.55, both.Accuracy.Mean, 1e-12);
        Assert.AreEqual(0.7, both.LastAccuracy.Mean, 1e-12);
        Assert.IsTrue(double.IsNaN(scores[0].Reward.Deviation));
    }

    private static SslRun Run(string method)
    {
        using var experiment = new SslExperiment(s_holes, s_short, 0.2, run: 0, seed: 1);
        return experiment.Run(method);
    }
}
