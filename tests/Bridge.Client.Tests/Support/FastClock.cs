namespace Bridge.Client.Tests.Support;

/// <summary>A clock on which every wait is over a thousand times as fast, and which remembers the longest.</summary>
internal sealed class FastClock : TimeProvider
{
    private const int Factor = 1000;
    private readonly long _start = System.GetTimestamp();

    /// <summary>Longest wait that was asked for.</summary>
    public TimeSpan Longest { get; private set; }

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + System.GetElapsedTime(_start) * Factor;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Longest = dueTime > Longest ? dueTime : Longest;
        return base.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : dueTime / Factor, period < TimeSpan.Zero ? period : period / Factor);
    }
}
