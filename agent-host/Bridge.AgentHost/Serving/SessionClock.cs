namespace Bridge.AgentHost.Serving;

/// <summary>
/// The clock of one session, in minutes. If the session was opened with the client's clock, that counts, and a message without one
/// happens "just now"; otherwise the host's clock counts, also over a restart. It never runs backwards. Somebody who sets the computer's
/// clock while the host runs changes nothing: time is measured, not read. Read is how long no host ran.
/// </summary>
public sealed class SessionClock(bool clientKeepsTime, TimeProvider time)
{
    private readonly DateTimeOffset _startUtc = time.GetUtcNow();
    private readonly long _startAt = time.GetTimestamp();
    private double _nowMin;
    private (double AtMin, DateTimeOffset Utc)? _resumedFrom;

    /// <summary>The minute at which a message arrives; nothing is changed.</summary>
    public double Read(double? clockMin)
        => Math.Max(_nowMin, clientKeepsTime ? clockMin ?? _nowMin : HostMinute());

    /// <param name="atMin">The minute at which something happened.</param>
    /// <param name="utc">What the computer's clock showed then, of something that an earlier host wrote; else null.</param>
    public void Advance(double atMin, DateTimeOffset? utc)
    {
        _nowMin = Math.Max(_nowMin, atMin);
        if (utc is { } shown)
            _resumedFrom = (_nowMin, shown);
    }

    private double HostMinute()
    {
        // A clock that was set back meanwhile would make the pause negative.
        double startMin = _resumedFrom is { } last
            ? last.AtMin + Math.Max(0, (_startUtc - last.Utc).TotalMinutes)
            : (_startUtc - DateTimeOffset.UnixEpoch).TotalMinutes;
        return startMin + time.GetElapsedTime(_startAt).TotalMinutes;
    }
}
