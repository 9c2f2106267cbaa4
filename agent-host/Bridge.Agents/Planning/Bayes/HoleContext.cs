using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Bayes;

/// <summary>What the predictions say of each hole, of the holes around it and of its square, as log odds; by hole.</summary>
internal sealed class HoleContext
{
    private const double RangePitches = 1;

    private readonly Parts _parts;

    public HoleContext(Parts parts, CtfCalibration calibration)
    {
        Grid grid = parts.Grid;
        _parts = parts;
        Own = RatePlanner.Logits(grid, calibration);
        Near = new double[Own.Length];
        Square = new double[grid.Squares.Count];
        int[] holesOfSquare = new int[Square.Length];
        for (int part = 0; part < parts.Count; part++)
            Smooth(parts, part);
        for (int hole = 0; hole < Own.Length; hole++)
        {
            int square = grid.SquareOfPatch(grid.Holes[hole].Patch);
            Square[square] += Own[hole];
            holesOfSquare[square]++;
        }
        for (int square = 0; square < Square.Length; square++)
            Square[square] /= Math.Max(1, holesOfSquare[square]);
        Smoothness = Slope(grid);
    }

    /// <summary>Takes over other predictions of the holes of some squares: everything is as if made anew.</summary>
    /// <param name="known">The grid with them.</param>
    public void See(Grid known, CtfCalibration calibration, IEnumerable<int> squares)
    {
        foreach (int square in squares)
        {
            int[] holes = [.. known.Squares[square].Patches.SelectMany(patch => known.Patches[patch].Holes).Order()];
            double sum = 0;
            foreach (int hole in holes)
                sum += Own[hole] = RatePlanner.Logit(known.Holes[hole], calibration);
            Square[square] = sum / Math.Max(1, holes.Length);
            foreach (int patch in known.Squares[square].Patches)
            {
                (int first, int end) = _parts.OfPatch(patch);
                for (int part = first; part < end; part++)
                    Smooth(_parts, part);
            }
        }
        Smoothness = Slope(known);
    }

    /// <summary>Slope of the regression of <see cref="Near"/> on <see cref="Own"/> inside squares, and its standard error if the two had nothing to do
    /// with each other. 0.14 to 0.26 on parts of Y1's train.csv, 0.08 to 0.21 on simulated grids, 0 ± 0.02 where predictions are shuffled. The error is infinite
    /// if all predictions are alike.</summary>
    public (double Slope, double Error) Smoothness { get; private set; }

    /// <summary>By hole.</summary>
    public double[] Own { get; }

    /// <summary>By hole: the mean over the other holes of its part, weighted by exp(-distance / pitch); its own where it is alone.</summary>
    public double[] Near { get; }

    /// <summary>By square: the mean.</summary>
    public double[] Square { get; }

    private (double Slope, double Error) Slope(Grid grid)
    {
        double own = 0, near = 0, both = 0;
        for (int hole = 0; hole < Own.Length; hole++)
        {
            double mean = Square[grid.SquareOfPatch(grid.Holes[hole].Patch)], x = Own[hole] - mean, y = Near[hole] - mean;
            (own, near, both) = (own + x * x, near + y * y, both + x * y);
        }
        // Every pair of holes counts twice in the sum of products, so its variance is twice that of independent products.
        return own > 1e-9 ? (both / own, Math.Sqrt(2 * near / own / Own.Length)) : (0, double.PositiveInfinity);
    }

    private void Smooth(Parts parts, int part)
    {
        ReadOnlySpan<int> holes = parts.Holes(part);
        double range = RangePitches * parts.PitchUm(part);
        Span<double> sum = stackalloc double[Parts.MaxHoles], weights = stackalloc double[Parts.MaxHoles];
        sum.Clear();
        weights.Clear();
        for (int i = 0; i < holes.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double weight = Math.Exp(-Math.Min(300, parts.Grid.Holes[holes[i]].Stage.DistanceTo(parts.Grid.Holes[holes[j]].Stage) / range));
                sum[i] += weight * Own[holes[j]];
                sum[j] += weight * Own[holes[i]];
                weights[i] += weight;
                weights[j] += weight;
            }
        }
        for (int i = 0; i < holes.Length; i++)
            Near[holes[i]] = weights[i] > 0 ? sum[i] / weights[i] : Own[holes[i]];
    }
}
