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
public sealed record PlannerScore(string Planner, string Split, double BudgetMinutes, int Starts, double Mean, double Sd, double OracleFraction, double Seconds);
