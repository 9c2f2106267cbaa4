using Bridge.Agents.Planning.Rate;

namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// What was believed of a square when some of its patches were worked out, and how much more a patch without results can promise by now. By one view, log odds rise by at most what the
/// square's mean does; so that view's bound is <see cref="LogOdds.Raised"/> of its mean then. The whole is the sum over views with the weights of now: either of that, or of
/// a share of what the whole was and the bounds of the views for the rest of their weights. The lower of both holds.
/// </summary>
/// <param name="version">Of the square's beliefs.</param>
internal sealed class BeliefSnapshot(double[] weights, Belief[] beliefs, int drawNumber, int version)
{
    /// <summary>A view with less weight does not decide about the share of the whole.</summary>
    private const double SmallWeight = 0.05;

    private readonly double[] _weights = new double[weights.Length]; // of now, times what flatter beliefs hid
    private readonly double[] _rest = new double[weights.Length];    // the same beyond the share of the whole
    private readonly double[] _decay = new double[weights.Length];   // exp(-rise of the log odds)
    private double _share, _shareDecay;

    public int DrawNumber => drawNumber;

    public int Version { get; } = version;

    /// <summary>Version of the beliefs that were last compared with.</summary>
    public int ComparedTo { get; private set; } = -1;

    /// <summary>Makes <see cref="Most"/> ready.</summary>
    /// <param name="nowWeights">By view.</param>
    /// <param name="now">By view.</param>
    /// <param name="deviations">Most standard deviations from the mean that are planned with.</param>
    public void Compare(ReadOnlySpan<double> nowWeights, ReadOnlySpan<Belief> now, double deviations, int nowVersion)
    {
        double share = double.PositiveInfinity, shareFactor = 1, shareRise = 0;
        for (int view = 0; view < weights.Length; view++)
        {
            double rise = 0, factor = 1;
            // Without weight then, it was not written: its mean counts as 1.
            if (weights[view] > 0 && nowWeights[view] > 0)
            {
                (rise, factor) = Growth(beliefs[view], now[view], deviations);
                (shareRise, shareFactor) = (Math.Max(shareRise, rise), Math.Max(shareFactor, factor));
                if (weights[view] >= SmallWeight)
                    share = Math.Min(share, nowWeights[view] / weights[view]);
            }
            (_weights[view], _decay[view]) = (nowWeights[view] * factor, Math.Exp(-rise));
        }
        share = double.IsFinite(share) ? share : 0;
        for (int view = 0; view < weights.Length; view++)
            _rest[view] = nowWeights[view] > 0 ? Math.Max(0, 1 - share * weights[view] / nowWeights[view]) * _weights[view] : 0;
        (_share, _shareDecay, ComparedTo) = (share * shareFactor, Math.Exp(-shareRise), nowVersion);
    }

    /// <inheritdoc cref="IPatchOdds.Most"/>
    public double Most(ReadOnlySpan<float> views, double all)
    {
        double most = 0, rest = 0;
        for (int view = 0; view < views.Length; view++)
        {
            if (_weights[view] == 0)
                continue;
            double raised = LogOdds.Raised(views[view], _decay[view]);
            most += _weights[view] * raised;
            rest += _rest[view] * raised;
        }
        return Math.Min(most, rest + _share * LogOdds.Raised(all, _shareDecay));
    }

    /// <summary>A mean adds its change to log odds, and a quantile so many deviations. A variance that shrinks sharpens: d log σ(x) / d log x is at most 0.28; one that grows has no bound.</summary>
    private static (double Rise, double Factor) Growth(Belief before, Belief now, double deviations)
    {
        double rise = Math.Max(0, now.Mean - before.Mean) + deviations * Math.Abs(Math.Sqrt(now.Variance) - Math.Sqrt(before.Variance));
        return now.Variance <= before.Variance ? (rise, Math.Pow(Belief.Flattening(before.Variance) / Belief.Flattening(now.Variance), 0.3)) : (double.PositiveInfinity, 1);
    }
}
