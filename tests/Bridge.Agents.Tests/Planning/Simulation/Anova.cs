using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Simulation;

/// <summary>Nested analysis of variance of measured CTF values.</summary>
internal static class Anova
{
    /// <summary>Shares of the total sum of squares: grid-level image, square within it, patch within that, hole within that.</summary>
    public static double[] SumOfSquaresShares(MeasuredGrid measured)
    {
        Grid grid = measured.Grid;
        double[] none = Means(_ => 0), image = Means(hole => grid.GridImageOfPatch(hole.Patch));
        double[] square = Means(hole => grid.SquareOfPatch(hole.Patch)), patch = Means(hole => hole.Patch);
        double total = Squares(measured.CtfA, none);
        return [Squares(image, none) / total, Squares(square, image) / total, Squares(patch, square) / total, Squares(measured.CtfA, patch) / total];

        double[] Means(Func<Hole, int> group)
        {
            Dictionary<int, double> means = grid.Holes.GroupBy(group).ToDictionary(holes => holes.Key, holes => holes.Average(hole => measured.CtfA[hole.Index]));
            return [.. grid.Holes.Select(hole => means[group(hole)])];
        }
    }

    private static double Squares(IReadOnlyList<double> a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
