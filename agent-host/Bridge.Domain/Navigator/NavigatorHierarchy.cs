using Bridge.Contracts;

namespace Bridge.Domain.Navigator;

/// <summary>
/// Finds patch, square and grid-level image of every target. The file says some of it outright, some by position, some not at all; the
/// first rule that applies wins. Levels of maps and polygons: see <see cref="View"/>. Everything is linear in the number of items.
/// <para>Patch: the patch map that the point was drawn on (<c>DrawnID</c>); else its group, if the points of that <c>GroupID</c> on that
/// map are two or more and span at most 30 µm; else the smallest patch map around it; else a tile of 15 µm (the width of a medium
/// magnification view) in its square.</para>
/// <para>Square, of a patch or of a single point: the square map that the patch map was drawn on or acquired at; else the polygon around
/// it (grid squares contoured by hand or by AutoContour); else the square map it was drawn on; else the smallest square map around it;
/// else its group, if that spans at most 300 µm; else by nearness: points closer than 8 µm are in one square, and a gap of more than
/// 22.6 µm parts squares (the bars between squares of 400 to 200 mesh grids are 20 to 35 µm, holes are 1 to 5 µm apart). A square map
/// whose middle lies in a polygon, or two square maps that show each other's middle, are one square.</para>
/// <para>Grid-level image, of a square: the map it was drawn on; else the smallest grid-level map around it; else the grid-level map that
/// its first point was drawn on; else by nearness, with gaps of 200 to 566 µm.</para>
/// </summary>
internal sealed class NavigatorHierarchy
{
    private const double PatchGroupUm = 30;
    private const double SquareGroupUm = 300;
    private const double PatchTileUm = 15;
    private const double SquareLinkUm = 8;
    private const double GridImageLinkUm = 200;

    private readonly List<NavigatorPoint> _points;
    private readonly List<string> _warnings;
    private readonly Dictionary<int, NavigatorItem> _itemById = [];
    private readonly Dictionary<int, View> _viewById = [];
    private readonly Dictionary<View, View> _sameSquare = [];
    private readonly ViewIndex _patches;
    private readonly ViewIndex _polygons;
    private readonly ViewIndex _squareMaps;
    private readonly ViewIndex _gridImages;
    private readonly LevelIds _ids = new();

    public NavigatorHierarchy(IReadOnlyList<NavigatorItem> items, List<NavigatorPoint> points, List<string> warnings)
    {
        (_points, _warnings) = (points, warnings);
        var views = new List<View>();
        foreach (NavigatorItem item in items)
        {
            int id = item.MapId;
            if (id != 0)
                _itemById.TryAdd(id, item);
            if (View.Of(item) is not { } view)
                continue;
            views.Add(view);
            if (id != 0)
                _viewById.TryAdd(id, view);
        }
        _patches = new ViewIndex(views.Where(view => view.Level == ViewLevel.Patch), View.SquareFromUm);
        _polygons = new ViewIndex(views.Where(view => view.Level == ViewLevel.Square && view.IsPolygon), View.GridImageFromUm);
        _squareMaps = new ViewIndex(views.Where(view => view.Level == ViewLevel.Square && !view.IsPolygon), View.GridImageFromUm);
        _gridImages = new ViewIndex(views.Where(view => view.Level == ViewLevel.GridImage), View.LargestUm / 4);
        foreach (View view in views)
        {
            if (view.Level == ViewLevel.Square && !view.IsPolygon && !view.IsTold)
                _sameSquare[view] = SquareOf(view);
        }
    }

    /// <summary>One a point, in their order.</summary>
    public IReadOnlyList<Place> Places()
    {
        Dictionary<(int Group, int Drawn), GroupSpan> groups = Groups();
        List<Unit> units = Units(groups);
        int near = LinkSquares(units, groups);
        LinkGridImages(units);
        if (near > 0)
            _warnings.Add($"{near} of {_points.Count} targets have no map, polygon or group that tells their square; it was found by distance");
        return Name(units);
    }

    private Dictionary<(int, int), GroupSpan> Groups()
    {
        var groups = new Dictionary<(int, int), GroupSpan>();
        foreach (NavigatorPoint point in _points)
        {
            if (point.GroupId == 0)
                continue;
            if (!groups.TryGetValue((point.GroupId, point.DrawnId), out GroupSpan? span))
                groups.Add((point.GroupId, point.DrawnId), span = new GroupSpan());
            span.Add(point.Stage);
        }
        return groups;
    }

    /// <summary>A unit is a patch, or a single point whose patch is still to be found.</summary>
    private List<Unit> Units(Dictionary<(int, int), GroupSpan> groups)
    {
        var units = new List<Unit>();
        var byPatch = new Dictionary<object, Unit>();
        for (int i = 0; i < _points.Count; i++)
        {
            NavigatorPoint point = _points[i];
            GroupSpan? group = groups.GetValueOrDefault((point.GroupId, point.DrawnId));
            object? patch = Drawn(point.DrawnId, ViewLevel.Patch) ?? (group is { Count: > 1 } && group.SpanUm <= PatchGroupUm ? (object)group : _patches.At(point.Stage));
            if (patch is not null && byPatch.TryGetValue(patch, out Unit? unit))
            {
                unit.Points.Add(i);
                continue;
            }
            unit = new Unit(patch, patch switch { View view => view.Outline.Centre, GroupSpan span => span.Centre, _ => point.Stage });
            unit.Points.Add(i);
            unit.Square = patch is View map ? SquareOfPatchMap(map) : SquareAt(unit.At, point.DrawnId);
            units.Add(unit);
            if (patch is not null)
                byPatch.Add(patch, unit);
        }
        return units;
    }

    /// <summary>Gives every unit without a square one by group or nearness.</summary>
    private int LinkSquares(List<Unit> units, Dictionary<(int, int), GroupSpan> groups)
    {
        var clusters = new StageClusters(SquareLinkUm);
        var linked = new List<(Unit Unit, int Node)>();
        int near = 0;
        foreach (Unit unit in units)
        {
            if (unit.Square is not null)
                continue;
            NavigatorPoint first = _points[unit.Points[0]];
            if (unit.Patch is null && groups.TryGetValue((first.GroupId, first.DrawnId), out GroupSpan? group) && group.Count > 1 && group.SpanUm <= SquareGroupUm)
            {
                unit.Square = group;
                continue;
            }
            int node = clusters.Add(first.Stage);
            foreach (int point in unit.Points)
                clusters.Join(node, clusters.Add(_points[point].Stage));
            linked.Add((unit, node));
            near += unit.Points.Count;
        }
        var squares = new Dictionary<int, GroupSpan>();
        foreach ((Unit unit, int node) in linked)
        {
            int cluster = clusters.ClusterOf(node);
            if (!squares.TryGetValue(cluster, out GroupSpan? square))
                squares.Add(cluster, square = new GroupSpan());
            square.Add(unit.At);
            unit.Square = square;
        }
        return near;
    }

    private void LinkGridImages(List<Unit> units)
    {
        var known = new Dictionary<object, object?>();
        var clusters = new StageClusters(GridImageLinkUm);
        var linked = new Dictionary<object, int>();
        foreach (Unit unit in units)
        {
            object square = unit.Square!;
            if (known.ContainsKey(square))
                continue;
            StageUm at = square is View view ? view.Outline.Centre : ((GroupSpan)square).Centre;
            object? gridImage = (square is View map ? Drawn(map.Item.DrawnId, ViewLevel.GridImage) : null)
                ?? _gridImages.At(at) ?? Drawn(_points[unit.Points[0]].DrawnId, ViewLevel.GridImage);
            known.Add(square, gridImage);
            if (gridImage is null)
                linked.Add(square, clusters.Add(at));
        }
        var found = new Dictionary<int, GroupSpan>();
        foreach ((object square, int node) in linked)
        {
            int cluster = clusters.ClusterOf(node);
            if (!found.TryGetValue(cluster, out GroupSpan? gridImage))
                found.Add(cluster, gridImage = new GroupSpan());
            gridImage.Add(square is View view ? view.Outline.Centre : ((GroupSpan)square).Centre);
            known[square] = gridImage;
        }
        foreach (Unit unit in units)
            unit.GridImage = known[unit.Square!];
    }

    private Place[] Name(List<Unit> units)
    {
        var tiles = new Dictionary<object, (double X, double Y)>();  // lower left of the points that a square cuts into tiles
        foreach (Unit unit in units)
        {
            if (unit.Patch is not null)
                continue;
            (double x, double y) = tiles.GetValueOrDefault(unit.Square!, (double.PositiveInfinity, double.PositiveInfinity));
            tiles[unit.Square!] = (Math.Min(x, unit.At.X), Math.Min(y, unit.At.Y));
        }
        var places = new Place[_points.Count];
        foreach (Unit unit in units)
        {
            string gridImage = _ids.GridImage(unit.GridImage!);
            string square = _ids.Square(unit.Square!);
            string patch = unit.Patch is { } known ? _ids.Patch(known, _points[unit.Points[0]].GroupId) : _ids.Tile(unit.Square!, square, Tile(unit.At, tiles[unit.Square!]));
            foreach (int point in unit.Points)
                places[point] = new Place(gridImage, square, patch);
        }
        return places;
    }

    private static (int, int) Tile(StageUm at, (double X, double Y) corner)
        => ((int)((at.X - corner.X) / PatchTileUm), (int)((at.Y - corner.Y) / PatchTileUm));

    private View? Drawn(int id, ViewLevel level)
        => id != 0 && _viewById.TryGetValue(id, out View? view) && view.Level == level ? view : null;

    private View? SquareOfPatchMap(View patch)
    {
        View? named = Drawn(patch.Item.DrawnId, ViewLevel.Square) ?? Drawn(patch.Item.AcquiredAtId, ViewLevel.Square);
        if (named is null && _itemById.TryGetValue(patch.Item.AcquiredAtId, out NavigatorItem? at))
            named = Drawn(at.DrawnId, ViewLevel.Square);
        return named is null ? SquareAt(patch.Outline.Centre, drawnId: 0) : Same(named);
    }

    private View? SquareAt(StageUm at, int drawnId)
        => _polygons.At(at) ?? ((Drawn(drawnId, ViewLevel.Square) ?? _squareMaps.At(at)) is { } map ? Same(map) : null);

    private View Same(View square) => _sameSquare.GetValueOrDefault(square, square);

    /// <summary>The one view that stands for the square of this map; views before it in the table are settled already.</summary>
    private View SquareOf(View map)
    {
        StageUm middle = map.Outline.Centre;
        if (_polygons.At(middle) is { } polygon)
            return polygon;
        foreach (View other in _squareMaps.Candidates(middle))
        {
            if (other.Item.Index < map.Item.Index && !other.IsTold && other.Outline.Contains(middle) && map.Outline.Contains(other.Outline.Centre))
                return Same(other);
        }
        return map;
    }

    /// <param name="Patch">A view or a group; null for a single point.</param>
    /// <param name="At">Its middle.</param>
    private sealed record Unit(object? Patch, StageUm At)
    {
        public List<int> Points { get; } = [];

        /// <summary>A view, a group or a cluster.</summary>
        public object? Square { get; set; }

        public object? GridImage { get; set; }
    }
}
