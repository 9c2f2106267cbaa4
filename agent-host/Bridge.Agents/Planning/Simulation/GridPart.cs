using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Simulation;

/// <summary>
/// Makes other grids of a recorded one: random choices of its grid-level images, squares and patches, with predictions that err more. A classifier is surer of the holes that
/// it was trained on than of new ones, and few grid-level images are soon known by heart; a planner that learns on such parts relies on neither.
/// </summary>
/// <param name="Keep">Share of the grid-level images, of the squares in them and of the patches in those that is kept, above 0 to 1; at least one patch.</param>
/// <param name="PatchError">Standard deviation of the normal error in the logarithm of the predictions, common to the holes of a patch.</param>
/// <param name="SquareError">Likewise, common to a square.</param>
/// <param name="HoleError">Likewise, each hole's own.</param>
/// <param name="Scale">Factor of all predictions.</param>
public sealed record GridPart(double Keep, double PatchError, double SquareError, double HoleError, double Scale = 1)
{
    /// <summary>A part of a grid. The same random numbers give the same part.</summary>
    public MeasuredGrid Of(MeasuredGrid whole, Random random)
    {
        bool[] images = Choose(whole.Grid.GridImages.Count, random), squares = Choose(whole.Grid.Squares.Count, random), patches = Choose(whole.Grid.Patches.Count, random);
        double[] ofPatch = [.. patches.Select(_ => PatchError * SimulatedCtf.Normal(random))];
        double[] ofSquare = [.. squares.Select(_ => SquareError * SimulatedCtf.Normal(random))];
        double[] ofHole = [.. whole.Grid.Holes.Select(_ => HoleError * SimulatedCtf.Normal(random))];
        int one = random.Next(whole.Grid.Patches.Count); // kept in any case
        Hole[] holes = [.. whole.Grid.Holes.Where(hole => hole.Patch == one || (patches[hole.Patch] && squares[whole.Grid.SquareOfPatch(hole.Patch)] && images[whole.Grid.GridImageOfPatch(hole.Patch)]))];
        return new MeasuredGrid(GridBuilder.FromTargets(holes.Select(Target)), [.. holes.Select(hole => whole.CtfA[hole.Index])]);

        Target Target(Hole hole)
        {
            Target target = whole.Grid.TargetOf(hole.Index);
            return target.PredictedCtfA is { } predictedA
                ? target with { PredictedCtfA = predictedA * Scale * Math.Exp(ofPatch[hole.Patch] + ofSquare[whole.Grid.SquareOfPatch(hole.Patch)] + ofHole[hole.Index]) }
                : target;
        }
    }

    private bool[] Choose(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < Keep)];
}
