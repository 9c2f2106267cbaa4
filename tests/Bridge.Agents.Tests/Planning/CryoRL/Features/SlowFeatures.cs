using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL.Features;

/// <summary>The features written down plainly, counting everything anew: the judge of the fast table.</summary>
internal static class SlowFeatures
{
    /// <summary>The input of one candidate: three steps of the past, then its own.</summary>
    public static float[] Input(CollectionState state, int hole)
    {
        var input = new List<float>();
        for (int back = 3; back >= 1; back--)
        {
            int at = state.Path.Count - back;
            input.AddRange(at < 0 ? new float[FeatureTable.StepWidth] : Step(state, state.Path[at], at == 0 ? -1 : state.Path[at - 1]));
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
            (float)Worth(grid.Holes[hole]), Flag(state.IsVisited(hole)),
            .. Level(inPatch, 25), .. Level(inSquare, 150), .. Level(inImage, 500),
            Flag(fromPatch != patch), Flag(from < 0 || grid.SquareOfPatch(fromPatch) != square), Flag(from < 0 || grid.GridImageOfPatch(fromPatch) != image),
        ];

        double Worth(Hole other) => double.IsNaN(state.MeasuredCtfA(other.Index)) || !state.IsVisited(other.Index) ? P(other) : CollectionState.IsGood(state.MeasuredCtfA(other.Index)) ? 1 : 0;

        float[] Level(Hole[] holes, double cap)
        {
            Hole[] visited = [.. holes.Where(other => state.IsVisited(other.Index))], unvisited = [.. holes.Except(visited)];
            double[] counts = [unvisited.Length, unvisited.Sum(P), visited.Length, visited.Sum(Worth)];
            Hole[] measured = [.. visited.Where(other => !double.IsNaN(state.MeasuredCtfA(other.Index)))];
            double[] ends = [.. new[] { 10, 8, 6, 4 }.Select(ctfA => CtfCalibration.Default.Probability(ctfA)), 2];
            return
            [
                .. counts.Select(count => (float)Math.Min(count / cap, 1)),
                (float)(measured.Sum(other => Worth(other) - P(other)) / (measured.Length + 4)),
                .. ends.Select((end, bin) => unvisited.Length == 0 ? 0 : (float)unvisited.Count(other => P(other) < end && (bin == 0 || P(other) >= ends[bin - 1])) / unvisited.Length),
            ];
        }
    }

    private static double P(Hole hole) => CtfCalibration.Default.Probability(hole);

    private static float Flag(bool value) => value ? 1 : 0;
}
