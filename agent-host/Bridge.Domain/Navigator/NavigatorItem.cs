using Bridge.Contracts;
using Bridge.Domain.Autodoc;

namespace Bridge.Domain.Navigator;

/// <summary>
/// One item of the Navigator's table: a typed view of its section. What is missing or cannot be read is null (ids: 0), never a guess.
/// Names and meanings are SerialEM's (NavAdocPuts.h, NavigatorDlg.cpp). Stage coordinates are µm.
/// </summary>
public sealed class NavigatorItem
{
    /// <summary>SerialEM keeps eight free texts an item.</summary>
    public const int UserValues = 8;

    internal NavigatorItem(int index, AdocSection section) => (Index, Section) = (index, section);

    /// <summary>Position in the table from 1: the number by which scripts name it.</summary>
    public int Index { get; }

    /// <summary>All of it, with the keys that have no property here.</summary>
    public AdocSection Section { get; }

    public string Label => Section.Name;

    /// <summary>Line of its header in the file, from 1.</summary>
    public int Line => Section.Line;

    public NavigatorItemType? Type => Section.Integer("Type") is { } type ? (NavigatorItemType)type : null;

    public string Note => Section["Note"] ?? "";

    /// <summary>Where it is; null if there are no three coordinates of at most ±<see cref="StageUm.Limit"/> µm.</summary>
    public StageUm? Stage
    {
        get
        {
            Span<double> xyz = stackalloc double[3];
            return Section.Numbers("StageXYZ", xyz) == 3 && Believable(xyz[0]) && Believable(xyz[1]) && Believable(xyz[2])
                ? new StageUm(xyz[0], xyz[1], xyz[2])
                : null;
        }
    }

    /// <summary>Marked for acquisition.</summary>
    public bool Acquire => Section.Integer("Acquire") is not (null or 0);

    /// <summary>Registration: positions of different registrations cannot be compared.</summary>
    public int? Registration => Section.Integer("Regis");

    /// <summary>Points added together have one group; 0 for none.</summary>
    public int GroupId => Section.Integer("GroupID") ?? 0;

    /// <summary><see cref="MapId"/> of the map that it was drawn on; 0 for none.</summary>
    public int DrawnId => Section.Integer("DrawnID") ?? 0;

    /// <summary><see cref="MapId"/> of the item at which this map was acquired; 0 for none.</summary>
    public int AcquiredAtId => Section.Integer("AcquiredAtID") ?? 0;

    /// <summary>The item's own id, unique in the file; maps always have one, others may. 0 for none.</summary>
    public int MapId => Section.Integer("MapID") ?? 0;

    public string? MapFile => Section["MapFile"];

    public int? MapMagIndex => Section.Integer("MapMagInd");

    /// <summary>Stage to map pixels, pixels per µm: xpx, xpy, ypx, ypy; null if there are no four numbers.</summary>
    public double[]? MapScaleMat => Section.Numbers("MapScaleMat", 4) is { Length: 4 } matrix ? matrix : null;

    /// <summary>Width and height of the map in pixels.</summary>
    public (int Width, int Height)? MapWidthHeight
    {
        get
        {
            Span<double> size = stackalloc double[2];
            return Section.Numbers("MapWidthHeight", size) == 2 && size[0] is >= 1 and <= 1e6 && size[1] is >= 1 and <= 1e6
                ? ((int)size[0], (int)size[1])
                : null;
        }
    }

    /// <summary>Holes in X and Y that this one stage position covers by image shift; null for a plain point.</summary>
    public (int X, int Y)? HoleArray
    {
        get
        {
            Span<double> count = stackalloc double[2];
            return Section.Numbers("HoleArray", count) == 2 && count[0] is >= 1 and <= 1000 && count[1] is >= 1 and <= 1000
                ? ((int)count[0], (int)count[1])
                : null;
        }
    }

    /// <summary>Pairs of X, Y positions in the hole array that are left out.</summary>
    public double[] SkipHoles => Section.Numbers("SkipHoles");

    /// <summary>Image shift between holes along the array's X: two components and a third of SerialEM's own use.</summary>
    public double[] HoleIsXSpacing => Section.Numbers("HoleISXspacing", 3);

    /// <inheritdoc cref="HoleIsXSpacing"/>
    public double[] HoleIsYSpacing => Section.Numbers("HoleISYspacing", 3);

    /// <summary>X of the outline (map, polygon) or of the point.</summary>
    public double[] PtsX => Section.Numbers("PtsX");

    /// <inheritdoc cref="PtsX"/>
    public double[] PtsY => Section.Numbers("PtsY");

    /// <param name="number">1 to <see cref="UserValues"/>.</param>
    public string? UserValue(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, UserValues);
        return Section[$"UserValue{number}"];
    }

    internal double? UserNumber(string key) => Section.Number(key);

    private static bool Believable(double value) => Math.Abs(value) <= StageUm.Limit;
}
