using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Tests.Planning.CryoRL;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.Planning.Evaluation;

[TestClass]
public sealed class TrainedEvaluationTests
{
    private static readonly string[] s_planners = ["rate", "dqn", "a2c"];

    [TestMethod]
    public void Run_OneAtATimeOrSideBySide_GivesTheSameRows()
    {
        IReadOnlyList<PlannerScore> one = Evaluation(threads: 1).Run(s_planners, [12, 20], starts: 3), four = Evaluation(threads: 4).Run(s_planners, [12, 20], starts: 3);

        CollectionAssert.AreEqual(Figures(one), Figures(four));
        CollectionAssert.AreEqual(new[] { 0, 0, 3, 3, 3, 3 }, one.Select(row => row.TrainingSeeds).ToArray());

        // Lists and tables of a record are compared by what is in them.
        static string[] Figures(IReadOnlyList<PlannerScore> rows)
            => [.. rows.Select(row => $"{row with { Seconds = 0, Regret = [], Before = null, During = null }} {string.Join(' ', row.Regret)} {Told(row.Before)} {Told(row.During)}")];

        static string Told(ReliabilityTable? table) => table is null ? "" : $"{table.Brier:R} {string.Join(' ', table.Rows)}";
    }

    [TestMethod]
    public void Run_Progress_RisesToTheEnd()
    {
        var seen = new Seen();

        Evaluation(threads: 1).Run(s_planners, [12], starts: 2, progress: seen);

        Assert.AreEqual(1, seen.Values[^1], 1e-9);
        for (int i = 1; i < seen.Values.Count; i++)
            Assert.IsGreaterThanOrEqualTo(seen.Values[i - 1], seen.Values[i] + 1e-9);
    }

    [TestMethod]
    public void Run_UnknownPlanner_IsRefusedBeforeTheTraining()
    {
        int trained = 0;
        TrainedEvaluation evaluation = Evaluation(threads: 1);
        evaluation = evaluation with
        {
            Training = learner =>
            {
                trained++;
                return evaluation.Training(learner);
            },
        };

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => evaluation.Run(["dqn", "best"], [12], starts: 1));

        StringAssert.Contains(refusal.Message, "'best'");
        Assert.AreEqual(0, trained);
    }

    [TestMethod]
    public void Run_TrainingCannotBegin_SaysWhy()
    {
        TrainedEvaluation evaluation = Evaluation(threads: 2) with { Training = learner => new PlannerTraining(Learners.Settings(learner), []) };

        Assert.AreEqual("there is no grid to learn on", Assert.ThrowsExactly<ContractException>(() => evaluation.Run(["dqn"], [12], starts: 1)).Message);
    }

    private static TrainedEvaluation Evaluation(int threads) => new(
        new PlannerEvaluation(ToyGrid.Create(), "toy") { Catalog = PlannerCatalog.WithoutModels },
        learner => new PlannerTraining(Learners.Settings(learner) with { WarmUpSteps = 20, BatchSize = 16 }, [ToyGrid.Create()]) { BudgetMinutes = ToyGrid.BudgetMinutes, Epochs = 2, StepsPerEpoch = 50, ScoreStarts = 2 },
        Seeds: 3)
    {
        Threads = threads,
    };

    private sealed class Seen : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value)
        {
            lock (Values)
                Values.Add(value);
        }
    }
}
