using System.Globalization;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;
using Bridge.Domain.Images;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>
/// Writes a set of holes as SerialEM leaves a night: a Navigator file with the holes and a medium-magnification map of every patch, and one MRC stack of all maps. On the map of a patch its holes lie side
/// by side as their crops show them, so that whoever cuts the crops out again has them back but for scale and slope of the grey values.
/// </summary>
public static class SimulatedMaps
{
    public const string NavigatorName = "night.nav", StackName = "maps.mrc";

    /// <summary>Grey values of the maps: the set's 0, and its 1 above that.</summary>
    private const float Zero = 1000, One = 100;

    /// <summary>Between two maps, and two squares, on the stage.</summary>
    private const double GapUm = 4, BarUm = 25;

    /// <summary>First of the ids that link items and maps.</summary>
    private const int FirstId = 1000;

    /// <param name="set">Every hole has a crop; items are numbered from 1.</param>
    /// <param name="fieldUm">What a crop shows along a side.</param>
    /// <param name="folder">Exists.</param>
    /// <returns>Path of the Navigator file.</returns>
    /// <exception cref="ContractException">The maps are more than one MRC file holds.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static string Write(HoleSet set, double fieldUm, string folder)
    {
        int columns = (int)Math.Ceiling(Math.Sqrt(set.Grid.Patches.Max(patch => patch.Holes.Count))), side = columns * set.CropSize;
        MrcWriter.Write(Path.Combine(folder, StackName), [.. set.Grid.Patches.Select(patch => Map(set, patch, columns, side))], "simulated maps");
        string navigator = Path.Combine(folder, NavigatorName);
        OutputFile.Replace(navigator, Encoding.UTF8.GetBytes(Navigator(set, fieldUm, columns, side)));
        return navigator;
    }

    /// <summary>The first row of an MRC file is the lowest of the shown image.</summary>
    private static Picture Map(HoleSet set, Patch patch, int columns, int side)
    {
        float[] values = new float[side * side];
        Array.Fill(values, Zero);
        for (int i = 0; i < patch.Holes.Count; i++)
        {
            ReadOnlySpan<float> crop = set.CropOf(patch.Holes[i]);
            int left = i % columns * set.CropSize, top = i / columns * set.CropSize;
            for (int pixel = 0; pixel < crop.Length; pixel++)
                values[(side - 1 - top - pixel / set.CropSize) * side + left + pixel % set.CropSize] = Zero + One * crop[pixel];
        }
        return new Picture(side, side, values);
    }

    private static string Navigator(HoleSet set, double fieldUm, int columns, int side)
    {
        double mapUm = columns * fieldUm, pitchUm = mapUm + GapUm, half = mapUm / 2;
        int mapsAcross = (int)Math.Ceiling(Math.Sqrt(set.Grid.Squares.Max(square => square.Patches.Count))), squaresAcross = (int)Math.Ceiling(Math.Sqrt(set.Grid.Squares.Count));
        double squareUm = mapsAcross * pitchUm, squarePitchUm = squareUm + BarUm;
        var middles = new (double X, double Y)[set.Grid.Patches.Count];
        var maps = new StringBuilder();
        foreach (Square square in set.Grid.Squares)
        {
            double left = square.Index % squaresAcross * squarePitchUm, low = square.Index / squaresAcross * squarePitchUm;
            AddMap(maps, $"square {square.Index}", "Bridge square", SquareId(square.Index), 0, left + squareUm / 2, low + squareUm / 2, squareUm / 2, "");
            for (int i = 0; i < square.Patches.Count; i++)
            {
                (double x, double y) = (left + (i % mapsAcross + 0.5) * pitchUm, low + (i / mapsAcross + 0.5) * pitchUm);
                middles[square.Patches[i]] = (x, y);
                AddMap(maps, $"patch {square.Patches[i]}", "Bridge patch", PatchId(set, square.Patches[i]), SquareId(square.Index), x, y, half,
                    string.Create(CultureInfo.InvariantCulture, $"MapFile = {StackName}\nMapMontage = 0\nMapSection = {square.Patches[i]}\nMapScaleMat = {side / mapUm:R} 0 0 {-side / mapUm:R}\nMapWidthHeight = {side} {side}\n"));
            }
        }
        var text = new StringBuilder("AdocVersion = 2.00\n");
        int[] place = new int[set.Count]; // of a hole on the map of its patch
        foreach (Patch patch in set.Grid.Patches)
        {
            for (int i = 0; i < patch.Holes.Count; i++)
                place[patch.Holes[i]] = i;
        }
        foreach (Hole hole in set.Grid.Holes)
        {
            (double x, double y) = middles[hole.Patch];
            (x, y) = (x - half + (place[hole.Index] % columns + 0.5) * fieldUm, y + half - (place[hole.Index] / columns + 0.5) * fieldUm);
            text.Append(CultureInfo.InvariantCulture, $"\n[Item = {hole.Item}]\nStageXYZ = {x:R} {y:R} 0\nNumPts = 1\nRegis = 1\nType = 0\nAcquire = 1\nDrawnID = {PatchId(set, hole.Patch)}\nPtsX = {x:R}\nPtsY = {y:R}\n");
        }
        return text.Append(maps).ToString();
    }

    private static void AddMap(StringBuilder text, string label, string note, int id, int drawnId, double x, double y, double half, string picture)
        => text.Append(CultureInfo.InvariantCulture, $"\n[Item = {label}]\nStageXYZ = {x:R} {y:R} 0\nNumPts = 5\nRegis = 1\nType = 2\nNote = {note}\nMapID = {id}\nDrawnID = {drawnId}\n{picture}")
            .Append(CultureInfo.InvariantCulture, $"PtsX = {x - half:R} {x + half:R} {x + half:R} {x - half:R} {x - half:R}\nPtsY = {y - half:R} {y - half:R} {y + half:R} {y + half:R} {y - half:R}\n");

    private static int SquareId(int square) => FirstId + square;

    private static int PatchId(HoleSet set, int patch) => FirstId + set.Grid.Squares.Count + patch;
}
