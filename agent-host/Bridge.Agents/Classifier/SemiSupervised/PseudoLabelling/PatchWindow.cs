using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>
/// CryoRL's elimination for a policy that goes on until the end: the candidates are always as many of the best-ranked patches as a session of the given minutes would
/// keep, counted by the holes called good that are still there. Without it every patch is a candidate at every one of some thousand steps.
/// </summary>
internal sealed class PatchWindow
{
    private readonly Grid _grid;
    private readonly PatchRanking _ranking;
    private readonly int[] _left;      // by patch: unvisited holes called good
    private readonly long _needed;

    public PatchWindow(Grid grid, MoveMinutes minutes, double budgetMinutes)
    {
        (_grid, _ranking) = (grid, new PatchRanking(grid));
        _left = [.. _ranking.Called];
        foreach (int patch in PatchElimination.For(grid, minutes, budgetMinutes, PatchElimination.BetaInUse).Patches)
            _needed += _left[patch];
        Patches = Find();
    }

    /// <summary>The candidates now; none once no hole called good is left.</summary>
    public PatchElimination Patches { get; private set; }

    /// <summary>A hole was visited.</summary>
    /// <returns>True if <see cref="Patches"/> changed.</returns>
    public bool Visit(int hole)
    {
        Hole visited = _grid.Holes[hole];
        if (!HoleCalls.IsCalledGood(visited) || --_left[visited.Patch] > 0)
            return false;
        Patches = Find();
        return true;
    }

    private PatchElimination Find()
    {
        var patches = new List<int>();
        long called = 0;
        for (int i = 0; i < _ranking.Patches.Count && called < _needed; i++)
        {
            int patch = _ranking.Patches[i];
            if (_left[patch] == 0)
                continue;
            patches.Add(patch);
            called += _left[patch];
        }
        return PatchElimination.Of(_grid, patches);
    }
}
