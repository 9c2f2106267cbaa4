using Bridge.Contracts;
using Bridge.Domain.Sessions;

namespace Bridge.AgentHost.Serving;

/// <summary>What a silent second planner advised beside the one in charge, and what became of it.</summary>
public sealed class ShadowRecord
{
    private readonly Dictionary<int, double> _instead = []; // holes that only the shadow advised, with its probability
    private readonly HashSet<int> _taken = [];              // holes that were taken when the shadow advised another

    /// <summary>Its name; empty if there never was one.</summary>
    public string Planner { get; private set; } = "";

    /// <summary>Suggestions that it was asked for, and those in which it agreed.</summary>
    public int Asked { get; private set; }

    /// <inheritdoc cref="Asked"/>
    public int Same { get; private set; }

    /// <summary>Suggestions at which one of the two would have stopped and the other not.</summary>
    public int Stops { get; private set; }

    /// <summary>Keeps one piece of advice.</summary>
    /// <param name="given">Position of the hole that was suggested by the planner in charge, or -1 for none.</param>
    /// <param name="advised">That of the shadow, or -1.</param>
    public void Add(ShadowAdvice advice, int given, int advised)
    {
        Planner = advice.Planner;
        Asked++;
        if (given == advised)
            Same++;
        else if (given < 0 || advised < 0)
            Stops++;
        else
        {
            _instead[advised] = advice.Probability;
            _taken.Add(given);
        }
    }

    /// <summary>The comparison, as far as results tell.</summary>
    public ShadowComparison Compare(CollectionState state)
    {
        (int measured, int good, double expected) = (0, 0, 0);
        foreach ((int hole, double probability) in _instead)
        {
            if (double.IsNaN(state.MeasuredCtfA(hole)))
                continue;
            (measured, expected) = (measured + 1, expected + probability);
            good += CollectionState.IsGood(state.MeasuredCtfA(hole)) ? 1 : 0;
        }
        (int taken, int takenGood) = (0, 0);
        foreach (int hole in _taken)
        {
            if (double.IsNaN(state.MeasuredCtfA(hole)))
                continue;
            (taken, takenGood) = (taken + 1, takenGood + (CollectionState.IsGood(state.MeasuredCtfA(hole)) ? 1 : 0));
        }
        return new ShadowComparison(Planner, Asked, Same, Stops, _instead.Count, measured, good, expected, taken, takenGood);
    }
}
