namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>Simulated specimens: sizes and dose.</summary>
public sealed record SpecimenSettings
{
    /// <summary>Pixels, from 16.</summary>
    public int Width { get; init; } = 96;

    /// <summary>Pixels, from 16.</summary>
    public int Height { get; init; } = 96;

    /// <summary>Electrons counted in a pixel of mean brightness: drawn between these two, evenly in the logarithm.</summary>
    public double LeastCounts { get; init; } = 5;

    /// <inheritdoc cref="LeastCounts"/>
    public double MostCounts { get; init; } = 2000;

    /// <summary>Period of a lattice, px: drawn between these two.</summary>
    public double LeastPeriodPx { get; init; } = 7;

    /// <inheritdoc cref="LeastPeriodPx"/>
    public double MostPeriodPx { get; init; } = 24;
}
