using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Simulation;

/// <summary>
/// A specimen grid for people without data: grid-level images, squares, patches and holes at plausible stage positions, with CTF values that
/// vary between and within the levels as in SSL²-RL's Table 3, 33 % good holes as in Y1, and a classifier as good as CryoRL's.
/// The same settings give the same grid.
/// </summary>
public static class SimulatedGrid
{
    /// <exception cref="ArgumentOutOfRangeException">The settings contradict each other.</exception>
    public static MeasuredGrid Create(SimulatedGridSettings settings)
    {
        settings.Validate();
        var random = new Random(settings.Seed);
        int[] gridImageOfSquare = Parents(settings.GridImages, settings.Squares, random);
        int[] squareOfPatch = Parents(settings.Squares, settings.Patches, random);
        int[] patchOfHole = Parents(settings.Patches, settings.Holes, random);
        StageUm[] stage = SimulatedGeometry.Place(gridImageOfSquare, squareOfPatch, patchOfHole, random);
        (double[] ctfA, double[] predictedA) = SimulatedCtf.Draw(gridImageOfSquare, squareOfPatch, patchOfHole, stage, settings.Character, random);
        return new MeasuredGrid(GridBuilder.FromTargets(Targets()), ctfA);

        IEnumerable<Target> Targets()
        {
            for (int hole = 0, number = 0, lastPatch = -1; hole < patchOfHole.Length; hole++)
            {
                int patch = patchOfHole[hole], square = squareOfPatch[patch];
                number = patch == lastPatch ? number + 1 : 1;
                lastPatch = patch;
                string gridImageId = $"g{gridImageOfSquare[square] + 1:00}", squareId = $"{gridImageId}/s{square + 1:00}", patchId = $"{squareId}/p{patch + 1:000}";
                yield return new Target
                {
                    Item = hole + 1,
                    Id = $"{patchId}/h{number:00}",
                    GridImage = gridImageId,
                    Square = squareId,
                    Patch = patchId,
                    Stage = stage[hole],
                    PredictedCtfA = predictedA[hole],
                };
            }
        }
    }

    /// <summary>The parent of each child, rising: every parent has one, and the rest are shared out by weights between 0.5 and 1.5.</summary>
    private static int[] Parents(int parents, int children, Random random)
    {
        double[] ends = new double[parents];
        double total = 0;
        for (int parent = 0; parent < parents; parent++)
            ends[parent] = total += 0.5 + random.NextDouble();
        int[] result = new int[children];
        for (int child = 0, parent = 0; child < children; child++)
        {
            // The first child of each parent is set aside; the others follow the weights.
            while (parent < parents - 1 && (child - parent) >= (children - parents) * ends[parent] / total + 1)
                parent++;
            result[child] = parent;
        }
        return result;
    }
}
