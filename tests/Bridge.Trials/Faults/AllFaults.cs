using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>Every kind of fault, in the order of the table.</summary>
internal static class AllFaults
{
    public static IReadOnlyList<IFault> Kinds { get; } =
    [
        new KilledHost(), new KilledClient(), new SuspendedHost(), new SuspendedClient(), new TornJournal(), new FlippedJournal(), new FullDisk(),
        new ReadOnlyFolder(), new ClockSet(), new SilentConnections(), new FaultyFrames(), new CutConnections(), new SwappedModels(),
    ];

    /// <summary>Runs one kind.</summary>
    /// <param name="tries">How often.</param>
    /// <param name="seed">Of everything random; each kind has its own random numbers of it.</param>
    public static Tally Run(IFault fault, int tries, int seed, IProgress<double> progress, CancellationToken stop)
    {
        var tally = new Tally(fault.Name, progress, tries);
        // A failure of the trial's own set-up counts as one lost trial: it must be seen.
        int index = Kinds.ToList().IndexOf(fault);
        try
        {
            fault.Run(new FaultRun(tries, new Random(seed * 31 + index), stop), tally);
        }
        catch (Exception e) when (e is TrialLossException or IOException or UnauthorizedAccessException or Microsoft.VisualStudio.TestTools.UnitTesting.AssertFailedException)
        {
            tally.Try(() => throw new TrialLossException($"the trial could not be set up: {e.Message}"));
        }
        return tally;
    }
}
