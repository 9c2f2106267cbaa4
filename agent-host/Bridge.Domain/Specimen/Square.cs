namespace Bridge.Domain.Specimen;

/// <summary>A grid square with its patches.</summary>
/// <param name="Index">Position in <see cref="Grid.Squares"/>.</param>
/// <param name="Id">Name, unique over the specimen.</param>
/// <param name="GridImage">Position of its grid-level image in <see cref="Grid.GridImages"/>.</param>
/// <param name="Patches">Positions of its patches in <see cref="Grid.Patches"/>; never empty.</param>
public sealed record Square(int Index, string Id, int GridImage, IReadOnlyList<int> Patches);
