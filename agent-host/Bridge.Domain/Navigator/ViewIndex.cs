using Bridge.Contracts;

namespace Bridge.Domain.Navigator;

/// <summary>Finds the views that contain a stage position, smallest first, without looking at all of them.</summary>
internal sealed class ViewIndex
{
    /// <summary>Views kept in one cell of the lattice: bounds the work on a file that has thousands in one place.</summary>
    private const int MostInACell = 64;

    private const int MostCells = 200;
    private readonly double _cellUm;
    private readonly Dictionary<(int, int), List<View>> _cells = [];

    public ViewIndex(IEnumerable<View> views, double cellUm)
    {
        _cellUm = cellUm;
        foreach (View view in views.OrderBy(view => view.Outline.AreaUm2))
            Add(view);
    }

    /// <summary>The smallest view that contains the position, or null.</summary>
    public View? At(StageUm at)
    {
        foreach (View view in Candidates(at))
        {
            if (view.Outline.Contains(at))
                return view;
        }
        return null;
    }

    /// <summary>The views whose box may hold the position.</summary>
    public IReadOnlyList<View> Candidates(StageUm at)
        => _cells.TryGetValue((Cell(at.X), Cell(at.Y)), out List<View>? views) ? views : [];

    private void Add(View view)
    {
        StageOutline outline = view.Outline;
        int fromX = Cell(outline.MinX), toX = Cell(outline.MaxX), fromY = Cell(outline.MinY), toY = Cell(outline.MaxY);
        if ((toX - fromX + 1L) * (toY - fromY + 1L) > MostCells)
            return;
        for (int x = fromX; x <= toX; x++)
        {
            for (int y = fromY; y <= toY; y++)
            {
                if (!_cells.TryGetValue((x, y), out List<View>? views))
                    _cells.Add((x, y), views = []);
                if (views.Count < MostInACell)
                    views.Add(view);
            }
        }
    }

    private int Cell(double um) => (int)Math.Floor(um / _cellUm);
}
