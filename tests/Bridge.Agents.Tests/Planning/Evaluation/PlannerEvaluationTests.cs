using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Evaluation;

[TestClass]
public sealed class PlannerEvaluationTests
{
    private static readonly MeasuredGrid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(600, seed: 8));

    [TestMethod]
    public void Run_AnyNumberOfThreads_GivesTheSameRows()
    {
        var one = Run(threads: 1);
        var four = Run(threads: 4);

        CollectionAssert.AreEqual(one, four);

        static string[] Run(int threads) =>
            [.. new PlannerEvaluation(Simulated, "sim") { Seed = 5, Threads = threads }.Run(Planners.Names, [30, 90], starts: 7).Select(row =>
                $"{row with { Seconds = 0, Regret = [], Before = null, During = null }} {string.Join(' ', row.Regret)} {row.Before!.Brier} {row.During!.Brier} {row.During.ExpectedCalibrationError}")];
    }

    [TestMethod]
    public void Run_RowsComeByPlannerThenBudget_WithFractionOfTheOracle()
    {
        var rows = new PlannerEvaluation(Simulated, "sim").Run(["random", "oracle"], [30, 60], starts: 4);

        CollectionAssert.AreEqual(new[] { ("random", 30.0), ("random", 60.0), ("oracle", 30.0), ("oracle", 60.0) },
            rows.Select(row => (row.Planner, row.BudgetMinutes)).ToArray());
        Assert.AreEqual(rows[0].Mean / rows[2].Mean, rows[0].OracleFraction);
        Assert.AreEqual(1, rows[3].OracleFraction);
        Assert.IsTrue(rows.All(row => row.Starts == 4 && row.Split == "sim" && row.Seconds > 0));
    }

    [TestMethod]
    public void Run_WithoutOracle_HasNoFraction()
        => Assert.AreEqual(double.NaN, new PlannerEvaluation(Simulated, "sim").Run(["nearest"], [30], starts: 2)[0].OracleFraction);

    [TestMethod]
    public void Run_OneHandWorkedStart_HasItsMeanAndNoSpread()
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9 0.9 0.9");

        PlannerScore row = new PlannerEvaluation(grid, "tiny").Run(["rate"], [4], starts: 3)[0];

        Assert.AreEqual((2.0, 0.0), (row.Mean, row.Sd));
    }

    [TestMethod]
    public void Run_Progress_EndsAtOne()
    {
        var reports = new Reports();

        new PlannerEvaluation(Simulated, "sim").Run(["nearest", "random"], [30], starts: 5, reports);

        Assert.AreEqual((10, 1.0), (reports.Count, reports.Largest));
    }

    [TestMethod]
    public void Run_Cancelled_Stops()
        => Assert.ThrowsExactly<OperationCanceledException>(
            () => new PlannerEvaluation(Simulated, "sim").Run(["rate"], [480], 5, cancellationToken: new CancellationToken(canceled: true)));

    [TestMethod]
    public void Run_UnknownPlanner_IsRefusedBeforeAnyRun()
        => Assert.ThrowsExactly<ContractException>(() => new PlannerEvaluation(Simulated, "sim").Run(["rate", "best"], [30], 1));

    [TestMethod]
    public void Run_SimulatedGrids_OracleBeatsRateBeatsGreedyBeatsRandom()
    {
        Dictionary<string, double> mean = Planners.Names.ToDictionary(name => name, _ => 0.0);
        for (int seed = 0; seed < 8; seed++)
        {
            MeasuredGrid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 100 + seed });
            foreach (PlannerScore row in new PlannerEvaluation(grid, "sim").Run(Planners.Names, [240], starts: 6))
                mean[row.Planner] += row.Mean / 8;
        }

        Assert.IsGreaterThan(mean["rate"], mean["oracle"]);
        Assert.IsGreaterThan(mean["greedy"] + 3, mean["rate"]);
        Assert.IsGreaterThan(mean["nearest"] + 20, mean["greedy"]);
        Assert.IsGreaterThan(mean["random"] + 20, mean["nearest"]);
        Assert.IsGreaterThan(0.9, mean["rate"] / mean["oracle"]);
    }

    private sealed class Reports : IProgress<double>
    {
        private readonly Lock _lock = new();

        public int Count { get; private set; }

        public double Largest { get; private set; }

        public void Report(double value)
        {
            lock (_lock)
                (Count, Largest) = (Count + 1, Math.Max(Largest, value));
        }
    }

    [TestMethod]
    public void Run_WithTheOracle_GivesTheRegretOverTime()
    {
        var rows = new PlannerEvaluation(Simulated, "sim").Run(["random", "oracle"], [60], starts: 4);

        Assert.HasCount(PlannerScore.RegretPoints, rows[0].Regret);
        Assert.AreEqual(rows[1].Mean - rows[0].Mean, rows[0].Regret[^1], 1e-9);
        Assert.IsTrue(rows[1].Regret.All(behind => behind == 0));
        Assert.IsEmpty(new PlannerEvaluation(Simulated, "sim").Run(["random"], [60], starts: 1)[0].Regret);
    }

    [TestMethod]
    public void Run_NothingLearned_HasTheReliabilityOfThePredictions()
    {
        PlannerScore row = new PlannerEvaluation(Simulated, "sim").Run(["random"], [90], starts: 4)[0];

        Assert.IsGreaterThan(40, row.During!.Count);
        Assert.AreEqual(row.Before!.Brier, row.During.Brier, 1e-12);
    }

    [TestMethod]
    public void Run_Bayes_IsBetterCalibratedThanWrongPredictions()
    {
        MeasuredGrid inverted = Predictions.Apply(Simulated, Predictions.Inverted, 0);

        PlannerScore row = new PlannerEvaluation(inverted, "sim").Run(["bayes"], [240], starts: 4)[0];

        Assert.IsLessThan(row.Before!.Brier / 2, row.During!.Brier);
        Assert.IsLessThan(row.Before.ExpectedCalibrationError / 2, row.During.ExpectedCalibrationError);
    }
}
