namespace Bridge.Client;

/// <summary>Starts the agent host when nobody answers.</summary>
public interface IHostStarter
{
    /// <summary>Starts it, unless it was started a short while ago. Returns at once, and does not throw.</summary>
    /// <returns>What happened, in words, for the log; null if there was nothing to do.</returns>
    string? TryStart();
}
