using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>The holes of each patch, most probable first, and which of them is the first unvisited one. Cheap while holes are only visited.</summary>
internal sealed class PatchOrder
{
    private readonly int[][] _holes; // by patch
    private readonly int[] _first;   // by patch: all before it are visited

    /// <param name="probabilities">By hole. Ties go to the hole that comes first.</param>
    public PatchOrder(Grid grid, float[] probabilities)
    {
        _holes = new int[grid.Patches.Count][];
        _first = new int[_holes.Length];
        for (int patch = 0; patch < _holes.Length; patch++)
        {
            _holes[patch] = [.. grid.Patches[patch].Holes];
            Array.Sort(_holes[patch], (a, b) => probabilities[a] != probabilities[b] ? probabilities[b].CompareTo(probabilities[a]) : a.CompareTo(b));
        }
    }

    /// <summary>The most probable unvisited hole of a patch; -1 if all are visited.</summary>
    public int Best(int patch, ReadOnlySpan<bool> visited)
    {
        int[] holes = _holes[patch];
        ref int first = ref _first[patch];
        while (first < holes.Length && visited[holes[first]])
            first++;
        return first < holes.Length ? holes[first] : -1;
    }

    /// <summary>A hole of the patch was put back.</summary>
    public void Reset(int patch) => _first[patch] = 0;
}
