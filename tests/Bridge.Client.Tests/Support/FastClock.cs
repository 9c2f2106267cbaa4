namespace Bridge.Client.Tests.Support;

/// <summary>A clock on which every wait is over a thousand times as fast.</summary>
internal sealed class FastClock : TimeProvider
{
    private const int Factor = 1000;
    private readonly long _start = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + System.GetElapsedTime(_start) * Factor;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => base.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : dueTime / Factor, period < TimeSpan.Zero ? period : period / Factor);
}
