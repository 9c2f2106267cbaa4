namespace Bridge.Trials.Judging;

/// <summary>What must hold, or the trial counts as lost.</summary>
internal static class Require
{
    /// <exception cref="TrialLossException">It does not hold.</exception>
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new TrialLossException(otherwise);
    }

    /// <summary>Waits until it holds.</summary>
    /// <exception cref="TrialLossException">It did not hold in time.</exception>
    public static void Soon(Func<bool> holds, TimeSpan limit, string otherwise)
    {
        for (long began = Environment.TickCount64; !holds(); Thread.Sleep(5))
        {
            if (Environment.TickCount64 - began > limit.TotalMilliseconds)
                throw new TrialLossException(otherwise);
        }
    }
}
