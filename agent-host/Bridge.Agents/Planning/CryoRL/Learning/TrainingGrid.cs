using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>A grid to learn on.</summary>
/// <param name="Elimination">The patches that are candidates while learning.</param>
internal sealed record TrainingGrid(MeasuredGrid Truth, PatchElimination Elimination);
