namespace Bridge.Domain.Specimen;

/// <summary>One medium-magnification view with its holes (CryoRL: hole-level image).</summary>
/// <param name="Index">Position in <see cref="Grid.Patches"/>.</param>
/// <param name="Id">Name, unique over the specimen.</param>
/// <param name="Square">Position of its square in <see cref="Grid.Squares"/>.</param>
/// <param name="Holes">Positions of its holes in <see cref="Grid.Holes"/>; never empty.</param>
public sealed record Patch(int Index, string Id, int Square, IReadOnlyList<int> Holes);
