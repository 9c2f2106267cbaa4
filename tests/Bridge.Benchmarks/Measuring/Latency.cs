using System.Diagnostics;

namespace Bridge.Benchmarks.Measuring;

/// <summary>Durations of one kind of call, every one kept, so that the worst is not lost in a mean.</summary>
internal sealed class Latency
{
    private readonly List<double> _us = [];
    private bool _sorted;

    public int Count => _us.Count;

    public double P50Us => Quantile(0.50);

    public double P99Us => Quantile(0.99);

    public double WorstUs => Quantile(1);

    /// <summary>Time since a <see cref="Stopwatch"/> timestamp.</summary>
    public void AddSince(long timestamp) => Add(Stopwatch.GetElapsedTime(timestamp).TotalMicroseconds);

    /// <param name="us">Microseconds.</param>
    public void Add(double us)
    {
        _us.Add(us);
        _sorted = false;
    }

    public void Add(Latency others)
    {
        _us.AddRange(others._us);
        _sorted = false;
    }

    /// <summary>The smallest value that so large a part does not exceed; NaN of nothing.</summary>
    public double Quantile(double part)
    {
        if (_us.Count == 0)
            return double.NaN;
        if (!_sorted)
        {
            _us.Sort();
            _sorted = true;
        }
        return _us[Math.Clamp((int)Math.Ceiling(part * _us.Count) - 1, 0, _us.Count - 1)];
    }
}
