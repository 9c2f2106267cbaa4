using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Groups;

/// <summary>Parts the holes of a grid into groups, each within a longest image shift of its centre and inside one patch. Holes that the client has put into one group, and that are near enough, stay together.</summary>
public static class ShiftGroups
{
    /// <summary>Most holes of a group.</summary>
    public const int MostHoles = 100;

    /// <summary>Always the hole with the most free holes around it becomes the next centre (greedy disc cover). O(n (log n + holes within reach)).</summary>
    /// <param name="maxShiftUm">Longest image shift in µm, as a distance on the specimen, 0 or more; 0 makes every hole a group.</param>
    /// <returns>By patch; every hole is in one group.</returns>
    public static IReadOnlyList<ShiftGroup> Find(Grid grid, double maxShiftUm)
    {
        if (!(maxShiftUm >= 0 && double.IsFinite(maxShiftUm)))
            throw new ArgumentOutOfRangeException(nameof(maxShiftUm), maxShiftUm, "the longest image shift is a number of µm, 0 or more");
        var groups = new List<ShiftGroup>();
        foreach (Patch patch in grid.Patches)
        {
            foreach (IGrouping<int?, int> given in patch.Holes.GroupBy(hole => grid.Holes[hole].ImageShiftGroup))
                Cover(grid, [.. given], maxShiftUm, groups);
        }
        return groups;
    }

    private static void Cover(Grid grid, int[] holes, double maxShiftUm, List<ShiftGroup> groups)
    {
        var cells = new Dictionary<(long, long), List<int>>();
        foreach (int hole in holes)
        {
            if (!cells.TryGetValue(CellOf(hole), out List<int>? cell))
                cells.Add(CellOf(hole), cell = []);
            cell.Add(hole);
        }
        var free = new HashSet<int>(holes);
        // Counts only fall, so one that is still right when it comes to the top is the highest.
        var queue = new PriorityQueue<(int Hole, int Count), (int, int)>();
        foreach (int hole in holes)
            Push(hole, Around(hole).Count);
        while (queue.TryDequeue(out (int Hole, int Count) top, out _))
        {
            if (!free.Contains(top.Hole))
                continue;
            List<int> around = Around(top.Hole);
            if (around.Count < top.Count)
            {
                Push(top.Hole, around.Count);
                continue;
            }
            groups.Add(new ShiftGroup(top.Hole, [top.Hole, .. around.Where(hole => hole != top.Hole).Order()]));
            free.ExceptWith(around);
        }

        void Push(int hole, int count) => queue.Enqueue((hole, count), (-count, hole));

        (long X, long Y) CellOf(int hole) => maxShiftUm > 0
            ? ((long)Math.Floor(grid.Holes[hole].Stage.X / maxShiftUm), (long)Math.Floor(grid.Holes[hole].Stage.Y / maxShiftUm))
            : (hole, 0);

        List<int> Around(int centre)
        {
            var around = new List<int>();
            (long x, long y) = CellOf(centre);
            for (long i = x - 1; i <= x + 1; i++)
            {
                for (long j = y - 1; j <= y + 1; j++)
                {
                    foreach (int hole in cells.GetValueOrDefault((i, j)) ?? [])
                    {
                        if (hole == centre || (free.Contains(hole) && maxShiftUm > 0 && grid.Holes[hole].Stage.DistanceTo(grid.Holes[centre].Stage) <= maxShiftUm))
                            around.Add(hole);
                        if (around.Count == MostHoles)
                            return around;
                    }
                }
            }
            return around;
        }
    }
}
