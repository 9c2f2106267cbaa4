using Bridge.Contracts;

namespace Bridge.Agents.Planning.Simulation;

/// <summary>
/// Where the holes of a simulated grid lie: holes on a lattice inside their patch, patches in cells of their square, squares on the mesh of the grid,
/// grid-level images beside each other; everything turned by one angle, as a grid lies in its holder.
/// </summary>
internal static class SimulatedGeometry
{
    private const double HolePitchUm = 2.5;       // a common support film: 1.2 µm holes, 1.3 µm apart
    private const double MinSquarePitchUm = 100;  // between 200 and 300 mesh
    private const double OpenPart = 0.8;          // of the pitch; the rest is grid bar
    private const double JitterUm = 0.05;         // accuracy of a hole finder
    private const double LatticeFill = 0.85;      // some lattice places hold no usable hole

    /// <returns>Stage position of each hole, in µm.</returns>
    public static StageUm[] Place(int[] gridImageOfSquare, int[] squareOfPatch, int[] patchOfHole, Random random)
    {
        int[] squaresOfImage = Counts(gridImageOfSquare), patchesOfSquare = Counts(squareOfPatch), holesOfPatch = Counts(patchOfHole);
        int[] holesAcross = Array.ConvertAll(holesOfPatch, holes => Across(holes / LatticeFill));
        int patchesAcross = Across(patchesOfSquare.Max());
        int squaresAcross = Across(squaresOfImage.Max()), imagesAcross = Across(squaresOfImage.Length);
        double cellUm = (holesAcross.Max() + 1) * HolePitchUm;
        double squareUm = Math.Max(MinSquarePitchUm, patchesAcross * cellUm / OpenPart);
        cellUm = squareUm * OpenPart / patchesAcross;
        double imageUm = squaresAcross * squareUm;
        (double sin, double cos) = Math.SinCos(random.NextDouble() * Math.PI / 2);

        int[] imageCell = Shuffled(imagesAcross * imagesAcross, random);
        int[] squareCell = CellsWithin(gridImageOfSquare, _ => squaresAcross, random);
        int[] patchCell = CellsWithin(squareOfPatch, _ => patchesAcross, random);
        int[] holeCell = CellsWithin(patchOfHole, patch => holesAcross[patch], random);
        var stage = new StageUm[patchOfHole.Length];
        for (int hole = 0; hole < stage.Length; hole++)
        {
            int patch = patchOfHole[hole], square = squareOfPatch[patch], image = gridImageOfSquare[square];
            (double u, double v) = (0, 0);
            Add(imageCell[image], imagesAcross, imageUm);
            Add(squareCell[square], squaresAcross, squareUm);
            Add(patchCell[patch], patchesAcross, cellUm);
            Add(holeCell[hole], holesAcross[patch], HolePitchUm);
            u += JitterUm * SimulatedCtf.Normal(random);
            v += JitterUm * SimulatedCtf.Normal(random);
            stage[hole] = new StageUm(Math.Round(cos * u - sin * v, 3), Math.Round(sin * u + cos * v, 3), 0);

            void Add(int cell, int across, double pitch)
            {
                u += (cell % across - (across - 1) / 2.0) * pitch;
                v += (cell / across - (across - 1) / 2.0) * pitch;
            }
        }
        return stage;
    }

    private static int Across(double count) => (int)Math.Ceiling(Math.Sqrt(count));

    private static int[] Counts(int[] parents)
    {
        int[] counts = new int[parents[^1] + 1];
        foreach (int parent in parents)
            counts[parent]++;
        return counts;
    }

    private static int[] Shuffled(int count, Random random)
    {
        int[] cells = [.. Enumerable.Range(0, count)];
        random.Shuffle(cells);
        return cells;
    }

    /// <summary>A cell of its parent's square lattice for each child, no cell twice in a parent.</summary>
    /// <param name="parents">Rising.</param>
    /// <param name="across">Cells along one side, by parent.</param>
    private static int[] CellsWithin(int[] parents, Func<int, int> across, Random random)
    {
        int[] cells = new int[parents.Length], free = [];
        for (int child = 0, used = 0; child < parents.Length; child++, used++)
        {
            if (child == 0 || parents[child] != parents[child - 1])
            {
                int side = across(parents[child]);
                (free, used) = (Shuffled(side * side, random), 0);
            }
            cells[child] = free[used];
        }
        return cells;
    }
}
