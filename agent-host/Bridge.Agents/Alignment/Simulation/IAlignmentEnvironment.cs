namespace Bridge.Agents.Alignment.Simulation;

/// <summary>What an agent learns an alignment on: states in, actions out. One thread at a time.</summary>
public interface IAlignmentEnvironment
{
    /// <summary>Numbers of a state.</summary>
    int Observations { get; }

    /// <summary>Numbers of an action, each -1 to 1.</summary>
    int Actions { get; }

    /// <summary>Begins an episode.</summary>
    /// <param name="state">(<see cref="Observations"/>), written.</param>
    void Start(Span<float> state);

    /// <summary>Takes a step.</summary>
    /// <param name="action">(<see cref="Actions"/>).</param>
    /// <param name="state">The state that follows, written.</param>
    AlignmentStep Step(ReadOnlySpan<float> action, Span<float> state);
}
