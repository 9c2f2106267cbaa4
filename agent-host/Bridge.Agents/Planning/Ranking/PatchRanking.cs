using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Ranking;

/// <summary>
/// CryoRL's order of the patches (sections 4.3 and 5.2): grid-level images by their number of holes called good, from high to low, and the
/// patches of each in the same way. Ties go to what comes first.
/// </summary>
public sealed class PatchRanking
{
    private readonly int[] _called;
    private readonly int[] _patches;

    public PatchRanking(Grid grid)
    {
        _called = HoleCalls.ByPatch(grid);
        _patches =
        [
            .. grid.GridImages
                .Select(image => (image.Index, Patches: image.Squares.SelectMany(square => grid.Squares[square].Patches).ToArray()))
                .OrderByDescending(image => image.Patches.Sum(patch => _called[patch])).ThenBy(image => image.Index)
                .SelectMany(image => image.Patches.OrderByDescending(patch => _called[patch]).ThenBy(patch => patch)),
        ];
    }

    /// <summary>All patches, best first.</summary>
    public IReadOnlyList<int> Patches => _patches;

    /// <summary>Number of holes called good, by patch.</summary>
    public IReadOnlyList<int> Called => _called;
}
