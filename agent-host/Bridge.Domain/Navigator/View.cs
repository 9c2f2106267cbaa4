namespace Bridge.Domain.Navigator;

/// <summary>A map or polygon that stands for a patch, a square or a grid-level image.</summary>
internal sealed record View(NavigatorItem Item, ViewLevel Level, StageOutline Outline)
{
    /// <summary>Maps from this field of view (side in µm) to the next are patches: medium-magnification views of 10 to 20 µm. Smaller
    /// ones show a hole or two and are no level of their own.</summary>
    public const double PatchFromUm = 4;

    /// <summary>From here on a map or polygon is a grid square: the open squares of 400 to 200 mesh grids are 35 to 100 µm wide, and
    /// their maps somewhat larger.</summary>
    public const double SquareFromUm = 25;

    /// <summary>From here on a map is a grid-level image (atlas).</summary>
    public const double GridImageFromUm = 300;

    /// <summary>A whole grid is 3 050 µm across; what is larger than three of them is no view of one.</summary>
    public const double LargestUm = 10_000;

    /// <summary>Maps that Bridge writes say their level in their note, and then nothing else counts.</summary>
    public static readonly string[] Notes = ["Bridge patch", "Bridge square", "Bridge grid image"];

    public bool IsPolygon => Item.Type == NavigatorItemType.Polygon;

    /// <summary>True if the note says the level.</summary>
    public bool IsTold { get; init; }

    /// <summary>Null for a point, and for a map or polygon that is no level.</summary>
    public static View? Of(NavigatorItem item)
    {
        if (item.Type is not (NavigatorItemType.Map or NavigatorItemType.Polygon) || StageOutline.Of(item) is not { } outline)
            return null;
        int told = Array.IndexOf(Notes, item.Note);
        if (told >= 0)
            return new View(item, (ViewLevel)told, outline) { IsTold = true };
        double view = outline.ViewUm;
        ViewLevel level = view < SquareFromUm ? ViewLevel.Patch : view < GridImageFromUm ? ViewLevel.Square : ViewLevel.GridImage;
        double longest = level switch { ViewLevel.Patch => 4 * SquareFromUm, ViewLevel.Square => 4 * GridImageFromUm, _ => LargestUm };
        bool isLevel = view >= PatchFromUm && outline.LongestSideUm <= longest && (item.Type == NavigatorItemType.Map || level == ViewLevel.Square);
        return isLevel ? new View(item, level, outline) : null;
    }
}
