using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>
/// The candidates of a policy that goes on until the end: the patches whose unvisited holes are good with the highest mean probability. With all patches each of some
/// thousand steps would cost ten times as much; with CryoRL's elimination, which ranks grid-level images by their number of holes called good, the order would be that of their sizes.
/// </summary>
internal sealed class PatchWindow
{
    private readonly Grid _grid;
    private readonly int _size;
    private readonly double[] _sum;    // by patch, over the unvisited holes
    private readonly int[] _unvisited; // by patch
    private readonly double[] _rank;
    private readonly int[] _order;

    /// <param name="grid">With P(good) of every hole.</param>
    /// <param name="size">Patches that are candidates, 1 or more.</param>
    public PatchWindow(Grid grid, int size)
    {
        (_grid, _size) = (grid, size);
        (_sum, _unvisited) = (new double[grid.Patches.Count], new int[grid.Patches.Count]);
        (_rank, _order) = (new double[grid.Patches.Count], new int[grid.Patches.Count]);
        foreach (Hole hole in grid.Holes)
        {
            _sum[hole.Patch] += hole.GivenProbability;
            _unvisited[hole.Patch]++;
        }
    }

    /// <summary>A hole was visited.</summary>
    public void Visit(int hole)
    {
        Hole visited = _grid.Holes[hole];
        _sum[visited.Patch] -= visited.GivenProbability;
        _unvisited[visited.Patch]--;
    }

    /// <summary>The candidates now.</summary>
    public PatchElimination Patches()
    {
        for (int patch = 0; patch < _order.Length; patch++)
            (_order[patch], _rank[patch]) = (patch, _unvisited[patch] == 0 ? double.PositiveInfinity : -_sum[patch] / _unvisited[patch]);
        Array.Sort(_rank, _order);
        return PatchElimination.Of(_grid, _order.Take(_size).Where(patch => _unvisited[patch] > 0));
    }
}
