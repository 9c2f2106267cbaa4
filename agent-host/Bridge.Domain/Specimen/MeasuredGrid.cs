namespace Bridge.Domain.Specimen;

/// <summary>A grid whose truth is known: recorded by somebody, or simulated. Planners see <see cref="Grid"/>; the truth only answers
/// visits.</summary>
/// <param name="Grid">What is known before any visit.</param>
/// <param name="CtfA">Measured CTF value in Å of every hole, in the order of <see cref="Specimen.Grid.Holes"/>.</param>
public sealed record MeasuredGrid(Grid Grid, IReadOnlyList<double> CtfA)
{
    /// <summary>What a visit of each hole is worth to whoever learns on the grid, 0 to 1, where not every hole was measured: pseudo-rewards (SSL²-RL, section 3). Null:
    /// 1 where the measured value is good, else 0. Numbers of good holes never look at it.</summary>
    public IReadOnlyList<double>? Worth { get; init; }
}
