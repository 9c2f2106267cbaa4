namespace Bridge.AgentHost.Serving;

/// <summary>
/// The clock of one session, in minutes. If the session was opened with the client's clock, that counts, and a message without one
/// happens "just now"; otherwise the host's clock counts, also over a restart. It never runs backwards. Somebody who sets the computer's
/// clock while the host runs changes nothing: from the first reading on time is measured, not read.
/// </summary>
public sealed class SessionClock(bool clientKeepsTime, TimeProvider time)
{
    private double _nowMin;
    private double _originMin = double.NaN;
    private long _originAt;

    /// <summary>The minute at which a message arrives; nothing is changed.</summary>
    public double Read(double? clockMin)
        => Math.Max(_nowMin, clientKeepsTime ? clockMin ?? _nowMin : HostMinute());

    public void Advance(double atMin) => _nowMin = Math.Max(_nowMin, atMin);

    private double HostMinute()
    {
        if (double.IsNaN(_originMin))
        {
            // A resumed session goes on from its last minute at the latest, should the clock have been set back meanwhile.
            _originMin = Math.Max(_nowMin, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMinutes);
            _originAt = time.GetTimestamp();
        }
        return _originMin + time.GetElapsedTime(_originAt).TotalMinutes;
    }
}
