namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>How an adaptive path is planned.</summary>
public sealed record PlannerSettings
{
    /// <summary>Share of the segments that go out in a spiral before any is planned, 0 to 1: what is read there shows where the structure is.</summary>
    public double SpiralShare { get; init; } = 0.5;

    /// <summary>Directions that are tried for a segment.</summary>
    public int Directions { get; init; } = 24;

    /// <summary>Paths that are kept at each step of the search.</summary>
    public int Beams { get; init; } = 3;

    /// <summary>Segments ahead.</summary>
    public int Horizon { get; init; } = 10;

    /// <summary>Segments between what a decision knows and what it decides. 0: it is made when the segment before was scanned; 1: while that one is being scanned.</summary>
    public int Lag { get; init; } = 1;
}
