using Bridge.Agents.Alignment;
using Bridge.Contracts;

namespace Bridge.StandIn.Microscope;

/// <summary>One image in a buffer.</summary>
/// <param name="Area">Camera set: V, F, T, R, L or S.</param>
/// <param name="Stage">Where the stage really was, in µm.</param>
/// <param name="Hole">Position among the grid's holes of the hole that it shows, or -1.</param>
/// <param name="DefocusUm">Defocus, negative for underfocus.</param>
/// <param name="Beam">Where the beam is in it, in px from its middle; null if it is outside or blanked.</param>
internal sealed record Shot(string Area, StageUm Stage, int Hole, double DefocusUm, Xy? Beam);
