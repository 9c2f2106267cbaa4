namespace Bridge.AgentHost.Serving;

/// <summary>
/// The clock of one session, in minutes. If the session was opened with the client's clock, that counts, and a message without one
/// happens "just now"; otherwise the host's clock counts, also over a restart. It never runs backwards.
/// </summary>
public sealed class SessionClock(bool clientKeepsTime, TimeProvider time)
{
    private double _nowMin;

    /// <summary>The minute at which a message arrives; nothing is changed.</summary>
    public double Read(double? clockMin)
        => Math.Max(_nowMin, clientKeepsTime ? clockMin ?? _nowMin : (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMinutes);

    public void Advance(double atMin) => _nowMin = Math.Max(_nowMin, atMin);
}
