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

    private readonly Evidence[] _squares, _images;

    /// <param name="surveyed">Of a patch.</param>
    public PatchProfiles(Grid grid, Func<int, bool> surveyed)
    {
        (_squares, _images) = (new Evidence[grid.Squares.Count], new Evidence[grid.GridImages.Count]);
        for (int square = 0; square < _squares.Length; square++)
            _squares[square] = OfSquare(grid, square, surveyed);
        for (int image = 0; image < _images.Length; image++)
            _images[image] = OfImage(grid, image);
    }

    /// <summary>Takes over what surveyed patches of some squares show now.</summary>
    public void See(Grid grid, Func<int, bool> surveyed, IEnumerable<int> squares)
    {
        foreach (int square in squares)
        {
            _squares[square] = OfSquare(grid, square, surveyed);
            _images[grid.Squares[square].GridImage] = OfImage(grid, grid.Squares[square].GridImage);
        }
    }

    private static Evidence OfSquare(Grid grid, int square, Func<int, bool> surveyed)
    {
        var sum = default(Evidence);
        foreach (int patch in grid.Squares[square].Patches)
        {
            if (!surveyed(patch))
                continue;
            IReadOnlyList<int> holes = grid.Patches[patch].Holes;
            double precision = holes.Count / WithinVariance;
            sum += new Evidence(precision, precision * (holes.Average(hole => RatePlanner.Logit(grid.Holes[hole], CtfCalibration.Default)) - Mean)).Upwards(PatchVariance);
        }
        return sum;
    }

    private Evidence OfImage(Grid grid, int image)
    {
        var sum = default(Evidence);
        foreach (int square in grid.GridImages[image].Squares)
            sum += _squares[square].Upwards(SquareVariance);
        return sum;
    }

    /// <summary>Mean and standard deviation, in logits, of what a hole of an unsurveyed patch of a square may show.</summary>
    public (double Mean, double Sd) Of(Grid grid, int square)
    {
        Belief above = _squares[square].Under(_images[grid.Squares[square].GridImage].Under(default, ImageVariance), SquareVariance);
        return (Mean + above.Mean, Math.Sqrt(above.Variance + PatchVariance + WithinVariance));
    }

    /// <summary>Log odds of the holes of an unsurveyed patch, falling: quantiles of what any one of them may show. The worth of the best of them above
    /// a price is a sum over holes, so its expectation needs no more than this.</summary>
    public void Write(Grid grid, int patch, Span<double> logits)
    {
        (double mean, double sd) = Of(grid, grid.SquareOfPatch(patch));
        for (int i = 0; i < logits.Length; i++)
            logits[i] = Math.Clamp(mean + sd * Quantile(i, logits.Length), -Limit, Limit);
    }

    /// <summary>By how many standard deviations the i-th best of so many holes lies above the mean.</summary>
    public static double Quantile(int i, int holes) => LogisticSd * CtfCalibration.Logit(1 - (i + 0.5) / holes);
}
