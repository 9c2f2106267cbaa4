using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>
/// Draws what every hole looks like. The logarithm of the ice thickness is a sum of normal effects of grid-level image, square, patch and hole with the variances of
/// <see cref="VarianceShares.Table3"/>; how often something is wrong with a hole varies from square to square and from patch to patch.
/// </summary>
internal static class HoleStates
{
    private const double MedianIceNm = 45, LogDeviation = 0.45;

    /// <summary>Logarithm of the best thickness, where thin ice is bad, in deviations from the median: 31 nm.</summary>
    private const double BestIce = -0.8;

    /// <returns>The states, and what they say of the hole's badness: mean 0, variance 1 over the set, thick ice and damage above.</returns>
    public static (HoleState[] States, double[] Badness) Draw(Grid grid, HoleSimulatorSettings settings, Random random)
    {
        double[] thickness = Effects(grid, random), square = Normals(grid.Squares.Count, random), patch = Normals(grid.Patches.Count, random);
        var states = new HoleState[grid.Holes.Count];
        double[] badness = new double[states.Length];
        for (int i = 0; i < states.Length; i++)
        {
            int own = grid.Holes[i].Patch;
            // Log-normal rates with mean 1: some squares were blotted or handled badly.
            double rate = settings.Defects * Math.Exp(0.7 * square[grid.SquareOfPatch(own)] + 0.7 * patch[own] - 0.49);
            double z = thickness[i];
            bool empty = Happens(0.012 * rate + 0.05 * Math.Max(0, -z - 1.5), random);
            double crystalline = Happens(0.04 * rate, random) ? 0.3 + 0.7 * random.NextDouble() : 0;
            double contaminated = Happens(0.12 * rate, random) ? 0.25 * random.NextDouble() * random.NextDouble() : 0;
            double crack = !empty && Happens(0.02 * rate, random) ? 0.06 + 0.2 * random.NextDouble() : 0;
            double overlap = Happens(0.02 * rate, random) ? 0.15 + 0.5 * random.NextDouble() : 0;
            states[i] = new HoleState(empty ? 0 : MedianIceNm * Math.Exp(LogDeviation * z), crystalline, contaminated, crack, overlap);
            badness[i] = (empty ? 2.5 : z + (1 + settings.ThinIce) * Math.Max(0, settings.ThinIce > 0 ? BestIce - z : 0)) + 2 * crystalline + 6 * contaminated + (crack > 0 ? 1 : 0) + 2 * overlap;
        }
        Standardise(badness);
        return (states, badness);
    }

    /// <summary>One normal number for each hole, of variance 1, that arises at all levels; what chance does to the few grid-level images and squares is taken out, so that the
    /// mean over the holes is 0.</summary>
    public static double[] Effects(Grid grid, Random random)
    {
        VarianceShares shares = VarianceShares.Table3;
        double[] image = Normals(grid.GridImages.Count, random), square = Normals(grid.Squares.Count, random), patch = Normals(grid.Patches.Count, random), own = Normals(grid.Holes.Count, random);
        for (int i = 0; i < own.Length; i++)
        {
            int at = grid.Holes[i].Patch;
            own[i] = Math.Sqrt(shares.Hole) * own[i] + Math.Sqrt(shares.Patch) * patch[at] + Math.Sqrt(shares.Square) * square[grid.SquareOfPatch(at)] + Math.Sqrt(shares.GridImage) * image[grid.GridImageOfPatch(at)];
        }
        Standardise(own);
        return own;
    }

    public static void Standardise(double[] values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values)
            mean += value / values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean) / values.Length;
        double scale = squares > 0 ? 1 / Math.Sqrt(squares) : 1;
        for (int i = 0; i < values.Length; i++)
            values[i] = (values[i] - mean) * scale;
    }

    private static bool Happens(double probability, Random random) => random.NextDouble() < probability;

    private static double[] Normals(int count, Random random)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = SimulatedCtf.Normal(random);
        return values;
    }
}
