namespace Bridge.Agents.Planning.Evaluation;

/// <summary>How far probabilities can be believed: ten bins, each with what was said and what came. Sums are kept in whole billionths, so that
/// they do not depend on the order in which runs end.</summary>
public sealed class ReliabilityTable
{
    /// <summary>Number of bins, each as wide as the others.</summary>
    public const int Bins = 10;

    private const double Unit = 1e-9;

    private readonly long[] _count = new long[Bins], _good = new long[Bins], _said = new long[Bins];
    private long _squares;

    /// <summary>Holes whose outcome is known.</summary>
    public long Count => _count.Sum();

    /// <summary>Mean squared error of the probabilities (Brier 1950), 0 to 1; NaN without holes.</summary>
    public double Brier => Count == 0 ? double.NaN : _squares * Unit / Count;

    /// <summary>Expected calibration error: mean over holes of the distance, in their bin, between the mean probability and the share that was good; NaN
    /// without holes (Guo et al. 2017, equation 3).</summary>
    public double ExpectedCalibrationError => Count == 0 ? double.NaN : Rows.Sum(row => row.Count * Math.Abs(row.Said - row.Good)) / Count;

    /// <summary>The bins that hold anything: from which probability, holes, mean probability, share that was good.</summary>
    public IEnumerable<(double From, long Count, double Said, double Good)> Rows => Enumerable.Range(0, Bins).Where(bin => _count[bin] > 0)
        .Select(bin => ((double)bin / Bins, _count[bin], _said[bin] * Unit / _count[bin], (double)_good[bin] / _count[bin]));

    /// <param name="probability">That was given to good, 0 to 1.</param>
    public void Add(double probability, bool good)
    {
        int bin = Math.Min(Bins - 1, (int)(probability * Bins));
        double off = probability - (good ? 1 : 0);
        _count[bin]++;
        _good[bin] += good ? 1 : 0;
        _said[bin] += (long)Math.Round(probability / Unit);
        _squares += (long)Math.Round(off * off / Unit);
    }
}
