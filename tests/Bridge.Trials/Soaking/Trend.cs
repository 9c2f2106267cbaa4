namespace Bridge.Trials.Soaking;

/// <summary>How much something grows over the samples of one window: the slope of the straight line through them (least squares), times the window's length.</summary>
/// <param name="What">With its unit.</param>
/// <param name="Mean">Over the window.</param>
/// <param name="Growth">From the window's start to its end; below 0 it shrinks.</param>
/// <param name="Limit">More growth than this counts as growing without bound.</param>
internal sealed record Trend(string What, double Mean, double Growth, double Limit)
{
    public bool IsBounded => Growth <= Limit;

    /// <param name="share">Of the mean that growth may reach: memory goes up and down with the garbage collector.</param>
    /// <param name="atLeast">Growth that is always allowed.</param>
    public static Trend Of(string what, IReadOnlyList<Sample> window, Func<Sample, double> value, double share, double atLeast)
    {
        double meanX = window.Average(sample => (double)sample.Exchanges), meanY = window.Average(value), xx = 0, xy = 0;
        foreach (Sample sample in window)
        {
            double dx = sample.Exchanges - meanX;
            xx += dx * dx;
            xy += dx * (value(sample) - meanY);
        }
        return new Trend(what, meanY, xx == 0 ? 0 : xy / xx * (window[^1].Exchanges - window[0].Exchanges), Math.Max(atLeast, share * meanY));
    }
}
