using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>The session's own time in minutes from its start. It moves only when something takes time.</summary>
internal sealed class SimulatedClock(double limitMinutes)
{
    /// <summary>As many decimals as the evaluation of planners keeps, so that sums come out the same.</summary>
    private const int Decimals = 6;

    public double Minutes { get; private set; }

    /// <exception cref="LimitReached">The session has lasted as long as it may.</exception>
    public void Advance(double minutes)
    {
        Minutes = Math.Round(Minutes + minutes, Decimals);
        if (Minutes > limitMinutes || double.IsNaN(Minutes))
            throw new LimitReached($"the simulated session reached its limit of {limitMinutes} min (--limit-minutes)");
    }
}
