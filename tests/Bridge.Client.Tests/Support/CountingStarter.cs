namespace Bridge.Client.Tests.Support;

/// <summary>Counts how often it is asked, and does what the test says.</summary>
internal sealed class CountingStarter(Action? start = null) : IHostStarter
{
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public string? TryStart()
    {
        int count = Interlocked.Increment(ref _asked);
        start?.Invoke();
        return $"start {count}";
    }
}
