namespace Bridge.Trials.Faults;

/// <summary>One run of one fault.</summary>
/// <param name="Tries">How often.</param>
/// <param name="Random">Everything random of it.</param>
/// <param name="Stop">Asks to end after the trial that is under way.</param>
internal sealed record FaultRun(int Tries, Random Random, CancellationToken Stop)
{
    /// <summary>Waits for a random time.</summary>
    public void Pause(double fromMs, double toMs) => Thread.Sleep(TimeSpan.FromMilliseconds(fromMs + (toMs - fromMs) * Random.NextDouble()));
}
