namespace Bridge.Domain.Specimen;

/// <summary>A grid whose truth is known: recorded by somebody, or simulated. Planners see <see cref="Grid"/>; the truth only answers
/// visits.</summary>
/// <param name="Grid">What is known before any visit.</param>
/// <param name="CtfA">Measured CTF value in Å of every hole, in the order of <see cref="Specimen.Grid.Holes"/>.</param>
public sealed record MeasuredGrid(Grid Grid, IReadOnlyList<double> CtfA);
