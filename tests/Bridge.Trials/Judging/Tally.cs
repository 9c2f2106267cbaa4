using Bridge.Contracts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Bridge.Trials.Judging;

/// <summary>Counts the trials of one fault: how many were tried and how many survived, and what was lost in the others.</summary>
internal sealed class Tally(string fault, IProgress<double> progress, int planned)
{
    private readonly List<string> _losses = [];

    public string Fault => fault;

    public int Tried { get; private set; }

    public int Survived => Tried - Lost;

    public int Lost { get; private set; }

    /// <summary>What was lost, the first fifty.</summary>
    public IReadOnlyList<string> Losses => _losses;

    /// <summary>Why nothing was tried, or null.</summary>
    public string? Skipped { get; set; }

    /// <summary>What a technician reads of it: where, and the number of the line.</summary>
    public string Told { get; set; } = "";

    /// <summary>One trial. Whatever ends it with an exception has lost it.</summary>
    /// <param name="tries">Faults that the trial consists of.</param>
    /// <param name="trial">Returns what was lost beside; every such line is one fault that was not survived.</param>
    public void Try(int tries, Func<IReadOnlyList<string>> trial)
    {
        IReadOnlyList<string> losses;
        try
        {
            losses = trial();
        }
        catch (Exception e) when (e is TrialLossException or ContractException or IOException or TimeoutException or InvalidOperationException or AssertFailedException or UnauthorizedAccessException)
        {
            losses = [e is TrialLossException ? e.Message : $"{e.GetType().Name}: {e.Message}"];
        }
        Tried += tries;
        Lost += Math.Min(tries, losses.Count);
        _losses.AddRange(losses.Take(50 - _losses.Count));
        progress.Report((double)Tried / Math.Max(1, planned));
    }

    /// <inheritdoc cref="Try(int, Func{IReadOnlyList{string}})"/>
    public void Try(Action trial) => Try(1, () =>
    {
        trial();
        return [];
    });
}
