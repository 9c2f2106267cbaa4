namespace Bridge.Client.Tests.Support;

/// <summary>A clock on which every wait is over at once, and which remembers the longest. Time passes by waits only, so that a busy computer changes nothing.</summary>
internal sealed class FastClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _ticks;

    /// <summary>Longest wait that was asked for.</summary>
    public TimeSpan Longest { get; private set; }

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>A wait takes a millisecond longer than was asked for: it never takes less.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Longest = dueTime > Longest ? dueTime : Longest;
        if (dueTime < TimeSpan.Zero)
            return base.CreateTimer(callback, state, dueTime, period);
        return base.CreateTimer(
            waited =>
            {
                Interlocked.Add(ref _ticks, dueTime.Ticks + TimeSpan.TicksPerMillisecond);
                callback(waited);
            },
            state, TimeSpan.Zero, period);
    }
}
