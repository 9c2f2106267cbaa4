using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>What is kept of many runs of one planner and budget, beside the good holes: small, however many there are.</summary>
internal sealed class RunLedger(MeasuredGrid truth, double budgetMinutes)
{
    private readonly Lock _lock = new();
    private readonly long[] _goodAt = new long[PlannerScore.RegretPoints];
    private int _runs;

    /// <summary>Of the calibrated predictions, before the session taught anything; over the holes that the planner visited.</summary>
    public ReliabilityTable Before { get; } = new();

    /// <summary>Of the probabilities with which the planner suggested them.</summary>
    public ReliabilityTable During { get; } = new();

    /// <summary>Mean good holes after equal parts of the budget.</summary>
    public double[] GoodAt => [.. _goodAt.Select(good => (double)good / Math.Max(1, _runs))];

    public void Add(RunResult run)
    {
        lock (_lock)
        {
            _runs++;
            for (int point = 0; point < _goodAt.Length; point++)
                _goodAt[point] += run.GoodAt(budgetMinutes * (point + 1) / _goodAt.Length);
            foreach (RunVisit visit in run.Visits)
            {
                Before.Add(CtfCalibration.Default.Probability(truth.Grid.Holes[visit.Hole]), visit.Good);
                During.Add(visit.Probability, visit.Good);
            }
        }
    }
}
