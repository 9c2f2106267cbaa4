using Bridge.Agents.Planning.Bayes;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>
/// What predictions a patch would show if its image were taken: log odds ~ N(patch, w), patch ~ N(square, p), square ~ N(grid-level image, s), grid-level image ~
/// N(m, g). Surveyed patches say what is above them. Variances by ANOVA of the calibrated log odds of Y1's train.csv (within 2.2, patch 0.34,
/// square 0.24, grid-level image 3.6, mean -0.9), the upper ones drawn towards each other because six images in one grid are few.
/// </summary>
internal sealed class PatchProfiles
{
    private const double Mean = -0.9, ImageVariance = 2, SquareVariance = 1, PatchVariance = 0.5, WithinVariance = 2.2;

    /// <summary>Calibrated log odds end about here.</summary>
    private const double Limit = 3.3;

    /// <summary>1 / standard deviation of the standard logistic distribution, whose quantiles stand for the normal's: nearly the same, and closed.</summary>
    private static readonly double LogisticSd = Math.Sqrt(3) / Math.PI;

    private readonly Grid _grid;
    private readonly Evidence[] _squares, _images;

    /// <param name="logits">By hole; only those of surveyed patches are read.</param>
    public PatchProfiles(Grid grid, Func<int, bool> surveyed, double[] logits)
    {
        _grid = grid;
        (_squares, _images) = (new Evidence[grid.Squares.Count], new Evidence[grid.GridImages.Count]);
        for (int patch = 0; patch < grid.Patches.Count; patch++)
        {
            if (!surveyed(patch))
                continue;
            IReadOnlyList<int> holes = grid.Patches[patch].Holes;
            double precision = holes.Count / WithinVariance;
            _squares[grid.SquareOfPatch(patch)] += new Evidence(precision, precision * (holes.Average(hole => logits[hole]) - Mean)).Upwards(PatchVariance);
        }
        for (int square = 0; square < _squares.Length; square++)
            _images[grid.Squares[square].GridImage] += _squares[square].Upwards(SquareVariance);
    }

    /// <summary>Log odds of the holes of an unsurveyed patch, falling: quantiles of what any one of them may show. The worth of the best of them above
    /// a price is a sum over holes, so its expectation needs no more than this.</summary>
    public void Write(int patch, Span<double> logits)
    {
        int square = _grid.SquareOfPatch(patch);
        Belief above = _squares[square].Under(_images[_grid.Squares[square].GridImage].Under(default, ImageVariance), SquareVariance);
        double sd = Math.Sqrt(above.Variance + PatchVariance + WithinVariance);
        for (int i = 0; i < logits.Length; i++)
            logits[i] = Math.Clamp(Mean + above.Mean + sd * LogisticSd * CtfCalibration.Logit(1 - (i + 0.5) / logits.Length), -Limit, Limit);
    }
}
