using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL;

/// <summary>
/// A grid of three patches that every learner must solve. It starts at hole 0 of patch a, whose only good hole is 1. Patch b, in another
/// square, has 4 good holes near by; patch c, in another grid-level image, has 8. In 26 minutes: hole 1, then all of c, with nothing to
/// spare (2 + 10 + 7 x 2). Going to b, or to a bad hole, or from c again, costs at least two good holes.
/// </summary>
internal static class ToyGrid
{
    public const double BudgetMinutes = 26;

    public const int FirstHole = 0;

    /// <summary>Good holes on the best path.</summary>
    public const int BestGood = 9;

    /// <summary>Its undiscounted return with <see cref="MoveRewards.Printed"/>.</summary>
    public const double BestReturn = 1 + 0.09 + 7;

    /// <summary>The best path, but for the order of the holes within c.</summary>
    public static IReadOnlyList<int> BestPath { get; } = [1, 12, 13, 14, 15, 16, 17, 18, 19];

    /// <summary>Predictions are right: what is called good is good.</summary>
    public static MeasuredGrid Create() => Make.Grid(
        "g/s/a: 0.1 0.9 0.1 0.1 0.1 0.1", "g/t/b: 0.9 0.9 0.9 0.9 0.1 0.1", "h/u/c: 0.9 0.9 0.9 0.9 0.9 0.9 0.9 0.9");

    public static GridCollection Collection(MeasuredGrid grid) => new(grid, MoveMinutes.Text, BudgetMinutes, LastMove.Strict);
}
