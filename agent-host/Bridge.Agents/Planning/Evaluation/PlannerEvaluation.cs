using System.Diagnostics;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>
/// Planners times budgets times random starts on a grid whose truth is known. The starts are the same for every planner and budget, and
/// every run has a planner and a seed of its own, so the figures do not depend on the number of threads.
/// </summary>
/// <param name="Truth">The grid.</param>
/// <param name="Split">Its name, for the rows.</param>
public sealed record PlannerEvaluation(MeasuredGrid Truth, string Split)
{
    public MoveMinutes Minutes { get; init; } = MoveMinutes.Text;

    public LastMove LastMove { get; init; } = LastMove.Strict;

    /// <summary>Of the starts and of the planners' own choices.</summary>
    public int Seed { get; init; }

    /// <summary>At most this many runs at a time; -1 is one for each processor.</summary>
    public int Threads { get; init; } = -1;

    /// <summary>Where the planners come from.</summary>
    public PlannerCatalog Catalog { get; init; } = PlannerCatalog.WithoutModels;

    /// <summary>One row for every planner and budget, in the order given.</summary>
    /// <param name="planners">Names as in <see cref="Catalog"/>.</param>
    /// <param name="budgetsMinutes">Minutes of each run; planners know the time left, so every budget is a run of its own.</param>
    /// <param name="starts">1 or more.</param>
    /// <param name="progress">Told the fraction done, 0 to 1, from any thread and not always in order.</param>
    /// <exception cref="Contracts.ContractException">A planner is unknown.</exception>
    public IReadOnlyList<PlannerScore> Run(
        IReadOnlyList<string> planners, IReadOnlyList<double> budgetsMinutes, int starts, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        foreach (string planner in planners)
            Check(planner);
        int[] firstHoles = FirstHoles(starts);
        int rows = planners.Count * budgetsMinutes.Count, done = 0;
        int[,] good = new int[rows, starts];
        double[,] seconds = new double[rows, starts];
        RunLedger[] ledgers = [.. Enumerable.Range(0, rows).Select(row => new RunLedger(Truth, budgetsMinutes[row % budgetsMinutes.Count]))];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellationToken };
        Parallel.For(0, rows * starts, options, i =>
        {
            (int row, int start) = (i / starts, i % starts);
            long began = Stopwatch.GetTimestamp();
            RunResult run = Play(planners[row / budgetsMinutes.Count], budgetsMinutes[row % budgetsMinutes.Count], start, firstHoles[start]);
            (good[row, start], seconds[row, start]) = (run.Good, Stopwatch.GetElapsedTime(began).TotalSeconds);
            ledgers[row].Add(run);
            progress?.Report((double)Interlocked.Increment(ref done) / (rows * starts));
        });
        return Rows(planners, budgetsMinutes, good, seconds, ledgers);
    }

    /// <summary>Refuses a planner that cannot be made, before the first run.</summary>
    /// <exception cref="Contracts.ContractException">There is none of this name, or its weights are missing.</exception>
    public void Check(string planner) => Create(planner, budgetMinutes: 0, start: 0);

    /// <summary>The runs of one planner, in the order of their starts: what the pictures show. They are those that <see cref="Run"/> counts.</summary>
    public IReadOnlyList<RunResult> Play(string planner, double budgetMinutes, int starts, CancellationToken cancellationToken = default)
    {
        int[] firstHoles = FirstHoles(starts);
        var runs = new RunResult[starts];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellationToken };
        Parallel.For(0, starts, options, start => runs[start] = Play(planner, budgetMinutes, start, firstHoles[start]));
        return runs;
    }

    private RunResult Play(string planner, double budgetMinutes, int start, int firstHole)
        => new CollectionRun(Truth, Minutes, budgetMinutes, LastMove).Play(Create(planner, budgetMinutes, start), firstHole);

    private IPlanner Create(string planner, double budgetMinutes, int start)
        => Catalog.Create(planner, new PlannerSetup(Truth.Grid, Seed + start) { Minutes = Minutes, BudgetMinutes = budgetMinutes, Truth = Truth });

    private int[] FirstHoles(int starts)
    {
        var random = new Random(Seed);
        int[] holes = new int[starts];
        for (int start = 0; start < starts; start++)
            holes[start] = random.Next(Truth.Grid.Holes.Count);
        return holes;
    }

    private PlannerScore[] Rows(IReadOnlyList<string> planners, IReadOnlyList<double> budgetsMinutes, int[,] good, double[,] seconds, RunLedger[] ledgers)
    {
        int starts = good.GetLength(1);
        var rows = new PlannerScore[good.GetLength(0)];
        for (int row = 0; row < rows.Length; row++)
        {
            double sum = 0, squares = 0, time = 0;
            for (int start = 0; start < starts; start++)
                (sum, time) = (sum + good[row, start], time + seconds[row, start]);
            double mean = sum / starts;
            for (int start = 0; start < starts; start++)
                squares += (good[row, start] - mean) * (good[row, start] - mean);
            rows[row] = new PlannerScore(planners[row / budgetsMinutes.Count], Split, budgetsMinutes[row % budgetsMinutes.Count], starts,
                mean, Math.Sqrt(squares / starts), double.NaN, time) { Before = ledgers[row].Before, During = ledgers[row].During };
        }
        return [.. rows.Select((row, i) => row with { OracleFraction = Fraction(row, rows), Regret = Regret(i) })];

        double[] Regret(int row)
        {
            int oracle = Array.FindIndex(rows, other => other.Planner == "oracle" && other.BudgetMinutes == rows[row].BudgetMinutes);
            return oracle < 0 ? [] : [.. ledgers[oracle].GoodAt.Zip(ledgers[row].GoodAt, (best, own) => best - own)];
        }
    }

    private static double Fraction(PlannerScore row, PlannerScore[] rows)
    {
        PlannerScore? oracle = rows.FirstOrDefault(other => other.Planner == "oracle" && other.BudgetMinutes == row.BudgetMinutes);
        return oracle is { Mean: > 0 } ? row.Mean / oracle.Mean : double.NaN;
    }
}
