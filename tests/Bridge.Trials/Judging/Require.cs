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

    /// <summary>Waits for players, and passes on what one of them lost.</summary>
    /// <exception cref="TrialLossException">One lost something, or they did not end in time.</exception>
    public static void End(Task players, TimeSpan limit, string otherwise)
    {
        try
        {
            That(players.Wait(limit), otherwise);
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions.OfType<TrialLossException>().FirstOrDefault() is { } loss)
        {
            throw new TrialLossException(loss.Message);
        }
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
