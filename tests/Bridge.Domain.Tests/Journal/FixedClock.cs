namespace Bridge.Domain.Tests.Journal;

internal sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 12, 0, 0, 123, 456, TimeSpan.Zero);
}
