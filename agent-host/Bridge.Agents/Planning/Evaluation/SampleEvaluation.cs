using Bridge.Agents.Planning.Simulation;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>Planners on simulated samples of different character: what they do when a sample is not like the last.</summary>
/// <param name="Evaluation">How each sample is played; its grid and split are replaced.</param>
/// <param name="Samples">The grids.</param>
public sealed record SampleEvaluation(PlannerEvaluation Evaluation, IReadOnlyList<SimulatedGridSettings> Samples)
{
    /// <summary>One row for every sample, planner and budget; the split is the sample's character and number. The oracle is always among the planners.</summary>
    public IReadOnlyList<PlannerScore> Run(IReadOnlyList<string> planners, IReadOnlyList<double> budgetsMinutes, int starts, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> all = planners.Contains("oracle") ? planners : [.. planners, "oracle"];
        var rows = new List<PlannerScore>();
        for (int sample = 0; sample < Samples.Count; sample++)
        {
            PlannerEvaluation evaluation = Evaluation with { Truth = SimulatedGrid.Create(Samples[sample]), Split = $"{Samples[sample].Character.Name} {sample + 1}" };
            rows.AddRange(evaluation.Run(all, budgetsMinutes, starts, cancellationToken: cancellationToken));
            progress?.Report((sample + 1.0) / Samples.Count);
        }
        return rows;
    }

    /// <summary>Each planner's mean share of the oracle over samples and budgets, its worst one and where that was; best planner first.</summary>
    public static IReadOnlyList<(string Planner, double Mean, PlannerScore Worst)> Summary(IReadOnlyList<PlannerScore> rows)
        => [.. rows.GroupBy(row => row.Planner).Select(group => (group.Key, group.Average(row => row.OracleFraction), group.MinBy(row => row.OracleFraction)!)).OrderByDescending(row => row.Item2)];
}
