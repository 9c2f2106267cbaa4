using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL.Features;

/// <summary>Table 1 written down plainly, counting everything anew: the judge of the fast table.</summary>
internal static class SlowFeatures
{
    /// <summary>The input of one candidate: three steps of the past, then its own.</summary>
    public static float[] Input(CollectionState state, int hole)
    {
        var input = new List<float>();
        for (int back = 3; back >= 1; back--)
        {
            int at = state.Path.Count - back;
            input.AddRange(at < 0 ? new float[17] : Step(state, state.Path[at], at == 0 ? -1 : state.Path[at - 1]));
        }
        input.AddRange(Step(state, hole, state.Current));
        return [.. input];
    }

    private static float[] Step(CollectionState state, int hole, int from)
    {
        Grid grid = state.Grid;
        int patch = grid.Holes[hole].Patch, square = grid.SquareOfPatch(patch), image = grid.GridImageOfPatch(patch);
        Hole[] inPatch = [.. grid.Holes.Where(other => other.Patch == patch)];
        Hole[] inSquare = [.. grid.Holes.Where(other => grid.SquareOfPatch(other.Patch) == square)];
        Hole[] inImage = [.. grid.Holes.Where(other => grid.GridImageOfPatch(other.Patch) == image)];
        int fromPatch = from < 0 ? -1 : grid.Holes[from].Patch;
        return
        [
            Flag(HoleCalls.IsCalledGood(grid.Holes[hole])), Flag(state.IsVisited(hole)),
            .. Counts(inPatch, 25), .. Counts(inSquare, 150), .. Counts(inImage, 500),
            Flag(fromPatch != patch), Flag(from < 0 || grid.SquareOfPatch(fromPatch) != square), Flag(from < 0 || grid.GridImageOfPatch(fromPatch) != image),
        ];

        float[] Counts(Hole[] holes, float cap)
        {
            Hole[] visited = [.. holes.Where(other => state.IsVisited(other.Index))], unvisited = [.. holes.Except(visited)];
            int[] counts = [unvisited.Length, unvisited.Count(HoleCalls.IsCalledGood), visited.Length, visited.Count(HoleCalls.IsCalledGood)];
            return [.. counts.Select(count => Math.Min(count / cap, 1))];
        }
    }

    private static float Flag(bool value) => value ? 1 : 0;
}
