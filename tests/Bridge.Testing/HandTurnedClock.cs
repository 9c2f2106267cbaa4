namespace Bridge.Testing;

/// <summary>A clock that stands still until it is turned.</summary>
public sealed class HandTurnedClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _set;

    public override DateTimeOffset GetUtcNow() => _now + _set;

    public override long GetTimestamp() => _now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _now += by;

    /// <summary>Somebody sets the clock; no time passes.</summary>
    public void Set(TimeSpan by) => _set += by;
}
