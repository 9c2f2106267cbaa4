using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>Looks at the clocks every few seconds, and tells the log when the host stood still or the computer's clock was set: nobody could tell it
/// from the journals afterwards.</summary>
public sealed class ClockWatch(TimeProvider time, ILogger<ClockWatch> logger) : BackgroundService
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>What is shorter is a busy computer, or one that keeps its clock right.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(5);

    private long _at = time.GetTimestamp();
    private DateTimeOffset _utc = time.GetUtcNow();

    /// <summary>Compares both clocks with the look before.</summary>
    public void Look()
    {
        TimeSpan passed = time.GetElapsedTime(_at), onTheClock = time.GetUtcNow() - _utc;
        (_at, _utc) = (time.GetTimestamp(), time.GetUtcNow());
        if (passed - Interval >= Worth)
            logger.StoodStill((passed - Interval).TotalSeconds);
        TimeSpan set = onTheClock - passed;
        if (set.Duration() >= Worth)
            logger.ClockWasSet(set > TimeSpan.Zero ? "forward" : "back", set.Duration().TotalSeconds);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
