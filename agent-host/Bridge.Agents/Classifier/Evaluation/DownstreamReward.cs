using Bridge.Agents.Planning.Evaluation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.Evaluation;

/// <summary>What a classifier is worth to a planner: good holes found in sessions that are planned with its P(good), with the truth, and with nothing.</summary>
public static class DownstreamReward
{
    /// <summary>Names of what the planner is told.</summary>
    public const string Classifier = "classifier", Truth = "truth", Nothing = "nothing";

    /// <param name="set">Every hole measured.</param>
    /// <param name="probabilities">P(good) of every hole.</param>
    /// <param name="planner">Name of the planner.</param>
    /// <param name="starts">Random first holes.</param>
    /// <returns>For each kind of knowledge one row for each budget; the split says which. Shares are of the oracle, which knows the truth and plans with it.</returns>
    public static IReadOnlyList<PlannerScore> Run(HoleSet set, IReadOnlyList<double> probabilities, string planner, IReadOnlyList<double> budgetsMinutes, int starts, int seed, CancellationToken cancellationToken = default)
    {
        var rows = new List<PlannerScore>();
        IReadOnlyList<PlannerScore> oracle = Play(Told(set, hole => set.IsGood(hole) ? 0.998 : 0.002), Truth, "oracle");
        foreach ((string kind, Func<int, double?> probability) in (ReadOnlySpan<(string, Func<int, double?>)>)[(Classifier, hole => probabilities[hole]), (Truth, hole => set.IsGood(hole) ? 0.998 : 0.002), (Nothing, _ => null)])
        {
            rows.AddRange(Play(Told(set, probability), kind, planner).Zip(oracle, (row, best) => row with { OracleFraction = best.Mean > 0 ? row.Mean / best.Mean : double.NaN }));
        }
        return [.. rows, .. oracle.Select(row => row with { OracleFraction = 1 })];

        IReadOnlyList<PlannerScore> Play(MeasuredGrid grid, string told, string name)
            => new PlannerEvaluation(grid, told) { Seed = seed }.Run([name], budgetsMinutes, starts, cancellationToken: cancellationToken);
    }

    private static MeasuredGrid Told(HoleSet set, Func<int, double?> probability)
        => new(GridBuilder.FromTargets(set.Grid.ToTargets().Select((target, hole) => target with { PredictedCtfA = null, Probability = probability(hole) })), set.CtfA);
}
