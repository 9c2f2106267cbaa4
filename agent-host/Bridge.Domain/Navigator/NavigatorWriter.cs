using System.Globalization;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;
using Bridge.Domain.Specimen;

namespace Bridge.Domain.Navigator;

/// <summary>
/// Writes a grid as a fresh Navigator file (autodoc form) that SerialEM loads and that reads back as the same grid: holes are points
/// marked Acquire at their own item number, with group, map, <c>UserValue1</c> (predicted CTF value in Å) and <c>UserValue2</c>
/// (probability); every patch, square and grid-level image is a map whose note tells its level. The maps have no image file: SerialEM
/// says so once and goes on. Image shift groups are not written.
/// </summary>
public static class NavigatorWriter
{
    /// <summary>Pixels along a side of the maps that are written.</summary>
    private const int MapPixels = 1000;

    /// <summary>First of the ids that link items and maps; SerialEM's own are random and much larger.</summary>
    private const int FirstId = 1000;

    /// <exception cref="ContractException">There would be more items than a Navigator file may have.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    public static void Write(string path, Grid grid) => OutputFile.Replace(path, ToBytes(grid));

    /// <inheritdoc cref="Write"/>
    public static byte[] ToBytes(Grid grid)
    {
        int last = Math.Max(grid.Holes.Max(hole => hole.Item), grid.Holes.Count + grid.Patches.Count + grid.Squares.Count + grid.GridImages.Count);
        if (last > NavigatorFile.MaxItems)
            throw new ContractException(FaultCode.TooLarge, $"the grid needs {last} Navigator items, the limit is {NavigatorFile.MaxItems}; number its holes from 1, or split it");
        var text = new StringBuilder("AdocVersion = 2.00\r\n");
        using IEnumerator<Map> maps = Maps(grid).GetEnumerator();
        for (int item = 1; item <= last; item++)
        {
            // Maps go where no hole has the number; if numbers are left over, points that nobody acquires keep the place.
            if (grid.FindItem(item) is { } hole)
                WriteHole(text, grid, hole);
            else if (maps.MoveNext())
                WriteMap(text, maps.Current);
            else
                WritePoint(text, "-", new StageUm(0, 0, 0), "Draw = 0");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void WriteHole(StringBuilder text, Grid grid, Hole hole)
    {
        var keys = new List<string> { $"GroupID = {PatchId(grid, hole.Patch)}", $"DrawnID = {PatchId(grid, hole.Patch)}", "Acquire = 1" };
        if (!double.IsNaN(hole.PredictedCtfA))
            keys.Add(string.Create(CultureInfo.InvariantCulture, $"UserValue1 = {hole.PredictedCtfA:R}"));
        if (!double.IsNaN(hole.GivenProbability))
            keys.Add(string.Create(CultureInfo.InvariantCulture, $"UserValue2 = {hole.GivenProbability:R}"));
        WritePoint(text, hole.Id, hole.Stage, [.. keys]);
    }

    private static void WritePoint(StringBuilder text, string label, StageUm at, params string[] keys)
    {
        text.Append(CultureInfo.InvariantCulture, $"\r\n[Item = {Label(label)}]\r\nColor = 0\r\nStageXYZ = {at.X:R} {at.Y:R} {at.Z:R}\r\nNumPts = 1\r\nRegis = 1\r\nType = 0\r\n");
        foreach (string key in keys)
            text.Append(key).Append("\r\n");
        text.Append(CultureInfo.InvariantCulture, $"PtsX = {at.X:R}\r\nPtsY = {at.Y:R}\r\n");
    }

    private static void WriteMap(StringBuilder text, Map map)
    {
        (double x, double y, double half) = (map.At.X, map.At.Y, map.HalfUm);
        text.Append(CultureInfo.InvariantCulture, $"\r\n[Item = {Label(map.Id)}]\r\nColor = 2\r\nStageXYZ = {x:R} {y:R} {map.At.Z:R}\r\nNumPts = 5\r\nRegis = 1\r\nType = 2\r\nNote = {View.Notes[(int)map.Level]}\r\n");
        if (map.DrawnId > 0)
            text.Append(CultureInfo.InvariantCulture, $"DrawnID = {map.DrawnId}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"MapFile = bridge-{map.MapId}.mrc\r\nMapID = {map.MapId}\r\nMapMontage = 0\r\nMapSection = 0\r\nMapBinning = 1\r\nMapMagInd = 1\r\nMapCamera = 0\r\n");
        text.Append(CultureInfo.InvariantCulture, $"MapScaleMat = {MapPixels / (2 * half):R} 0 0 {MapPixels / (2 * half):R}\r\nMapWidthHeight = {MapPixels} {MapPixels}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"PtsX = {x - half:R} {x + half:R} {x + half:R} {x - half:R} {x - half:R}\r\nPtsY = {y - half:R} {y - half:R} {y + half:R} {y + half:R} {y - half:R}\r\n");
    }

    private static IEnumerable<Map> Maps(Grid grid)
    {
        foreach (GridImage image in grid.GridImages)
            yield return Around(grid, HolesOf(grid, image.Squares), ViewLevel.GridImage, image.Id, GridImageId(image.Index), drawnId: 0, leastHalfUm: 250, marginUm: 50);
        foreach (Square square in grid.Squares)
            yield return Around(grid, HolesOfPatches(grid, square.Patches), ViewLevel.Square, square.Id, SquareId(grid, square.Index), GridImageId(square.GridImage), leastHalfUm: 25, marginUm: 5);
        foreach (Patch patch in grid.Patches)
            yield return Around(grid, patch.Holes, ViewLevel.Patch, patch.Id, PatchId(grid, patch.Index), SquareId(grid, patch.Square), leastHalfUm: 5, marginUm: 1);
    }

    private static Map Around(Grid grid, IEnumerable<int> holes, ViewLevel level, string id, int mapId, int drawnId, double leastHalfUm, double marginUm)
    {
        var span = new GroupSpan();
        foreach (int hole in holes)
            span.Add(grid.Holes[hole].Stage);
        return new Map(level, id, mapId, drawnId, span.Centre, Math.Max(leastHalfUm, span.SpanUm / 2 + marginUm));
    }

    private static IEnumerable<int> HolesOf(Grid grid, IEnumerable<int> squares) => squares.SelectMany(square => HolesOfPatches(grid, grid.Squares[square].Patches));

    private static IEnumerable<int> HolesOfPatches(Grid grid, IEnumerable<int> patches) => patches.SelectMany(patch => grid.Patches[patch].Holes);

    private static int GridImageId(int index) => FirstId + index;

    private static int SquareId(Grid grid, int index) => FirstId + grid.GridImages.Count + index;

    private static int PatchId(Grid grid, int index) => FirstId + grid.GridImages.Count + grid.Squares.Count + index;

    /// <summary>A label is one line and does not begin or end in a blank.</summary>
    private static string Label(string id)
    {
        string line = string.Concat(id.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return line.Length > 0 ? line : "-";
    }

    private sealed record Map(ViewLevel Level, string Id, int MapId, int DrawnId, StageUm At, double HalfUm);
}
