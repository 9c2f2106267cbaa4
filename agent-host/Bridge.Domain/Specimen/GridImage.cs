namespace Bridge.Domain.Specimen;

/// <summary>A grid-level (atlas) image with its squares: one field of view at low magnification. "Grid" in CryoRL's data.</summary>
/// <param name="Index">Position in <see cref="Grid.GridImages"/>.</param>
/// <param name="Id">Name, unique over the specimen.</param>
/// <param name="Squares">Positions of its squares in <see cref="Grid.Squares"/>; never empty.</param>
public sealed record GridImage(int Index, string Id, IReadOnlyList<int> Squares);
