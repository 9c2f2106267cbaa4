namespace Bridge.Agents.Alignment.Simulation;

/// <summary>Whether an episode ended, and how.</summary>
public enum AlignmentStepEnd
{
    GoesOn,

    /// <summary>Within the tolerance: ended by itself.</summary>
    Aligned,

    /// <summary>The beam left the picture: ended by itself.</summary>
    OutOfBounds,

    /// <summary>Cut off by the limit of steps: what would have followed is not known to be nothing.</summary>
    TimeUp,
}
