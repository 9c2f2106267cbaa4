namespace Bridge.Agents.Planning.Evaluation;

/// <summary>One row of the table that <c>evaluate planner</c> prints.</summary>
/// <param name="Planner">Its name.</param>
/// <param name="Split">Name of the data.</param>
/// <param name="BudgetMinutes">Minutes of the run.</param>
/// <param name="Starts">Number of runs, each from another random hole.</param>
/// <param name="Mean">Mean number of good holes.</param>
/// <param name="Sd">Population standard deviation over the starts.</param>
/// <param name="OracleFraction">Mean divided by the oracle's mean; NaN if the oracle was not run, or found nothing.</param>
/// <param name="Seconds">Processor time of all the runs of this row.</param>
public sealed record PlannerScore(string Planner, string Split, double BudgetMinutes, int Starts, double Mean, double Sd, double OracleFraction, double Seconds)
{
    /// <summary>Points in time at which <see cref="Regret"/> is taken: after each tenth of the budget.</summary>
    public const int RegretPoints = 10;

    /// <summary>Good holes that the oracle has more, on average, after each tenth of the budget; empty if the oracle was not run.</summary>
    public IReadOnlyList<double> Regret { get; init; } = [];

    /// <summary>Reliability of the calibrated predictions of the visited holes; null where it was not kept.</summary>
    public ReliabilityTable? Before { get; init; }

    /// <summary>Reliability of the probabilities with which the planner suggested them.</summary>
    public ReliabilityTable? During { get; init; }

    /// <summary>Number of training seeds behind the row; 0 if nothing was trained for it.</summary>
    public int TrainingSeeds { get; init; }

    /// <summary>Population standard deviation of the means over the training seeds; 0 for fewer than two.</summary>
    public double SeedSd { get; init; }

    /// <summary>Table that it was trained on, or <c>simulated</c>; empty if nothing was trained for the row.</summary>
    public string TrainedOn { get; init; } = "";

    /// <summary>Name of the minutes of a move.</summary>
    public string Minutes { get; init; } = "";

    /// <summary>The same row of planners trained with different seeds, as one: mean over all runs, deviation over all runs and over the seeds.</summary>
    /// <param name="rows">One for each training seed, with the same number of starts; one or more.</param>
    public static PlannerScore OverSeeds(IReadOnlyList<PlannerScore> rows)
    {
        double mean = rows.Average(row => row.Mean), between = rows.Average(row => (row.Mean - mean) * (row.Mean - mean)), within = rows.Average(row => row.Sd * row.Sd);
        return rows[0] with
        {
            Mean = mean,
            Sd = Math.Sqrt(between + within),
            OracleFraction = rows[0].Mean > 0 ? rows[0].OracleFraction * mean / rows[0].Mean : rows[0].OracleFraction,
            Seconds = rows.Sum(row => row.Seconds),
            TrainingSeeds = rows.Count,
            SeedSd = Math.Sqrt(between),
        };
    }
}
