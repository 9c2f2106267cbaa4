using Bridge.Contracts;

namespace Bridge.Domain.Navigator;

/// <summary>
/// Groups stage positions by nearness in linear time: positions in the same or in neighbouring cells of a lattice belong together, and so
/// on from cell to cell. Positions nearer than one cell always do; further than 2.83 cells only through others between them.
/// </summary>
internal sealed class StageClusters(double cellUm)
{
    private readonly Dictionary<(int X, int Y), int> _cells = [];
    private readonly List<int> _parent = [];

    /// <summary>Adds a position and returns its node for <see cref="Join"/> and <see cref="ClusterOf"/>.</summary>
    public int Add(StageUm at)
    {
        (int x, int y) = ((int)Math.Floor(at.X / cellUm), (int)Math.Floor(at.Y / cellUm));
        if (_cells.TryGetValue((x, y), out int known))
            return known;
        int node = _parent.Count;
        _parent.Add(node);
        _cells.Add((x, y), node);
        for (int dx = -1; dx <= 1; dx++)
        {
            for (int dy = -1; dy <= 1; dy++)
            {
                if (_cells.TryGetValue((x + dx, y + dy), out int neighbour))
                    Join(node, neighbour);
            }
        }
        return node;
    }

    /// <summary>Two nodes that belong together for another reason.</summary>
    public void Join(int a, int b) => _parent[ClusterOf(a)] = ClusterOf(b);

    /// <summary>One number for all nodes of a cluster; final when all positions are added.</summary>
    public int ClusterOf(int node)
    {
        while (_parent[node] != node)
            node = _parent[node] = _parent[_parent[node]];
        return node;
    }
}
