using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning;

/// <summary>Random parts of a recorded grid, with errors on its predictions: many sessions out of one.</summary>
internal static class Y1Parts
{
    /// <summary>60 % of the patches, with predictions that are scaled and have normal errors in their logarithm: common to a patch, to a
    /// square, or each hole's own.</summary>
    public static MeasuredGrid Draw(MeasuredGrid whole, double scale, double patchError, double squareError, double holeError, Random random)
    {
        bool[] kept = [.. whole.Grid.Patches.Select(_ => random.NextDouble() < 0.6)];
        double[] ofPatch = [.. kept.Select(_ => patchError * SimulatedCtf.Normal(random))];
        double[] ofSquare = [.. whole.Grid.Squares.Select(_ => squareError * SimulatedCtf.Normal(random))];
        Hole[] holes = [.. whole.Grid.Holes.Where(hole => kept[hole.Patch])];
        Target[] targets = [.. whole.Grid.ToTargets()];
        Grid grid = GridBuilder.FromTargets(holes.Select(hole => targets[hole.Index] with
        {
            PredictedCtfA = hole.PredictedCtfA * scale
                * Math.Exp(ofPatch[hole.Patch] + ofSquare[whole.Grid.SquareOfPatch(hole.Patch)] + holeError * SimulatedCtf.Normal(random)),
        }));
        return new MeasuredGrid(grid, [.. holes.Select(hole => whole.CtfA[hole.Index])]);
    }
}
