using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>What a planner is told of a grid whose truth is known: its predictions as they are, or made useless or wrong.</summary>
public static class Predictions
{
    public const string AsGiven = "as-given", Shuffled = "shuffled", Inverted = "inverted";

    /// <summary>A prediction of this many Å is neither good nor bad.</summary>
    private const double MiddleA = 6;

    public static IReadOnlyList<string> Names { get; } = [AsGiven, Shuffled, Inverted];

    /// <param name="kind">One of <see cref="Names"/>. Shuffled: the holes of each square swap predictions at random. Inverted: a probability p becomes
    /// 1 - p, and x Å becomes 36 / x, so that the holes called good and bad change places.</param>
    /// <param name="seed">Of the shuffling.</param>
    /// <exception cref="ContractException">There is no such kind.</exception>
    public static MeasuredGrid Apply(MeasuredGrid truth, string kind, int seed)
    {
        Target[] targets = [.. truth.Grid.ToTargets()];
        switch (kind)
        {
            case AsGiven:
                return truth;
            case Shuffled:
                Shuffle(truth.Grid, targets, new Random(seed));
                break;
            case Inverted:
                for (int hole = 0; hole < targets.Length; hole++)
                    targets[hole] = targets[hole] with { PredictedCtfA = MiddleA * MiddleA / Math.Max(targets[hole].PredictedCtfA ?? double.NaN, 0.1) is double x and > 0 ? x : null, Probability = 1 - targets[hole].Probability };
                break;
            default:
                throw new ContractException(FaultCode.BadField, $"predictions must be {string.Join(", ", Names)}; got '{kind}'");
        }
        return truth with { Grid = GridBuilder.FromTargets(targets) };
    }

    private static void Shuffle(Grid grid, Target[] targets, Random random)
    {
        foreach (Square square in grid.Squares)
        {
            int[] holes = [.. square.Patches.SelectMany(patch => grid.Patches[patch].Holes)];
            Target[] from = [.. holes.Select(hole => targets[hole])];
            random.Shuffle(from);
            for (int i = 0; i < holes.Length; i++)
                targets[holes[i]] = targets[holes[i]] with { PredictedCtfA = from[i].PredictedCtfA, Probability = from[i].Probability };
        }
    }
}
