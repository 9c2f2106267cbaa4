using Bridge.Contracts;
using Bridge.Domain.Navigator;

namespace Bridge.Agents.Classifier.Crops;

/// <summary>
/// One map of a Navigator file: where on it a stage position lies. SerialEM's <c>MapScaleMat</c> takes stage µm from the map's own position to pixels of the shown image, whose Y runs down from the top:
/// x = width / 2 + xpx dX + xpy dY, y = height / 2 + ypx dX + ypy dY.
/// </summary>
public sealed class MapView
{
    private readonly double[] _matrix;
    private readonly StageUm _stage;

    private MapView(NavigatorItem item, double[] matrix, StageUm stage, (int Width, int Height) size)
    {
        (Item, _matrix, _stage, Width, Height) = (item, matrix, stage, size.Width, size.Height);
        PixelsPerUm = Math.Sqrt(Math.Abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
    }

    public NavigatorItem Item { get; }

    /// <summary>Size of the image to which the matrix belongs.</summary>
    public int Width { get; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; }

    public double PixelsPerUm { get; }

    public bool IsMontage => Item.Section.Integer("MapMontage") is not (null or 0);

    /// <summary>Section of the file that the map is.</summary>
    public int Section => Math.Max(0, Item.Section.Integer("MapSection") ?? 0);

    /// <summary>The view of a map item that names its file, place, matrix and size; null of anything else.</summary>
    public static MapView? Of(NavigatorItem item)
    {
        if (item.Type != NavigatorItemType.Map || item.MapFile is not { Length: > 0 } || item.Stage is not { } stage || item.MapScaleMat is not { } matrix || item.MapWidthHeight is not { } size)
            return null;
        var view = new MapView(item, matrix, stage, size);
        return view.PixelsPerUm is > 1e-6 and < 1e6 ? view : null;
    }

    /// <summary>Where a stage position lies, in pixels from the top left corner of the shown image; it may lie outside.</summary>
    public (double X, double Y) PixelOf(StageUm at)
    {
        double dx = at.X - _stage.X, dy = at.Y - _stage.Y;
        return (Width / 2.0 + _matrix[0] * dx + _matrix[1] * dy, Height / 2.0 + _matrix[2] * dx + _matrix[3] * dy);
    }

    public bool Contains(StageUm at)
    {
        (double x, double y) = PixelOf(at);
        return x >= 0 && y >= 0 && x <= Width && y <= Height;
    }

    /// <summary>The map's file: as the Navigator names it, or under the same name beside the Navigator file, where the folder was moved.</summary>
    /// <exception cref="ContractException">There is no such file.</exception>
    public string FindFile(string navigator)
    {
        string named = Item.MapFile!, beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(navigator))!, named[(named.LastIndexOfAny(['/', '\\']) + 1)..]);
        return File.Exists(named) ? named : File.Exists(beside) ? beside
            : throw new ContractException(FaultCode.UnreadableFile, $"{navigator} line {Item.Line}: 'MapFile' of item {Item.Index}, '{Item.Label}', is {named}, which is neither there nor beside the Navigator file; copy it there");
    }
}
