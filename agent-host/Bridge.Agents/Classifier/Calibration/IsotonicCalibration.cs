using System.Globalization;

namespace Bridge.Agents.Classifier.Calibration;

/// <summary>A rising curve through the shares that were good, by pool-adjacent-violators (Zadrozny and Elkan 2002); straight between the middles of the pools, so that holes keep an order.</summary>
public sealed class IsotonicCalibration : ICalibration
{
    public const string Name = "isotonic";

    private readonly double[] _logOdds, _probabilities;

    /// <param name="logOdds">Rising.</param>
    /// <param name="probabilities">Never falling, 0 to 1, as many.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public IsotonicCalibration(double[] logOdds, double[] probabilities)
    {
        bool rises = logOdds.Length > 0 && logOdds.Length == probabilities.Length;
        for (int i = 0; i < logOdds.Length && rises; i++)
            rises = double.IsFinite(logOdds[i]) && probabilities[i] is >= 0 and <= 1 && (i == 0 || (logOdds[i] > logOdds[i - 1] && probabilities[i] >= probabilities[i - 1]));
        if (!rises)
            throw new ArgumentException("an isotonic calibration needs rising log odds and probabilities of 0 to 1 that never fall, as many of both");
        (_logOdds, _probabilities) = (logOdds, probabilities);
    }

    public double Probability(double logOdds)
    {
        int at = Array.BinarySearch(_logOdds, logOdds);
        if (at >= 0)
            return _probabilities[at];
        at = ~at;
        if (at == 0 || at == _logOdds.Length)
            return _probabilities[Math.Min(at, _logOdds.Length - 1)];
        double part = (logOdds - _logOdds[at - 1]) / (_logOdds[at] - _logOdds[at - 1]);
        return _probabilities[at - 1] + part * (_probabilities[at] - _probabilities[at - 1]);
    }

    public string ToText() => $"{Name} " + string.Join(' ', _logOdds.Zip(_probabilities, (x, p) => string.Create(CultureInfo.InvariantCulture, $"{x:R}:{p:R}")));

    /// <summary>Pools, from holes ordered by log odds, until no pool has a smaller share of good holes than the one before it. One good and one bad hole in a thousand keep shares off 0 and 1.</summary>
    /// <exception cref="ArgumentException">There is no hole, or the lengths differ.</exception>
    public static IsotonicCalibration Fit(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> good)
    {
        Calibrations.Check(logOdds, good);
        double[] keys = logOdds.ToArray();
        bool[] outcomes = good.ToArray();
        Array.Sort(keys, outcomes);
        var pools = new List<(double Sum, double Good, int Count)>();
        for (int from = 0, to; from < keys.Length; from = to)
        {
            to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
                to++;
            pools.Add((keys[from] * (to - from), outcomes.AsSpan(from, to - from).Count(true), to - from));
            while (pools.Count > 1 && pools[^2].Good * pools[^1].Count >= pools[^1].Good * pools[^2].Count)
            {
                (double sum, double goods, int count) = pools[^1];
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = (pools[^1].Sum + sum, pools[^1].Good + goods, pools[^1].Count + count);
            }
        }
        return new IsotonicCalibration([.. pools.Select(pool => pool.Sum / pool.Count)], [.. pools.Select(pool => Math.Clamp(pool.Good / pool.Count, 0.001, 0.999))]);
    }
}
