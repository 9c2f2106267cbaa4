using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// The patches of a grid, cut into parts of at most <see cref="MaxHoles"/> holes that lie together. Nearly all patches are one part; a
/// list without patches, which is one patch of any size, becomes many, so that what a result costs has a bound.
/// </summary>
internal sealed class Parts
{
    public const int MaxHoles = 48;

    private readonly int[] _holes;              // by part
    private readonly List<int> _start = [0];    // by part: where its holes start
    private readonly int[] _firstOfPatch;       // by patch, and one more
    private readonly int[] _partOfHole;
    private readonly int[] _placeOfHole;        // within its part

    public Parts(Grid grid)
    {
        Grid = grid;
        _holes = new int[grid.Holes.Count];
        (_partOfHole, _placeOfHole) = (new int[_holes.Length], new int[_holes.Length]);
        _firstOfPatch = new int[grid.Patches.Count + 1];
        int at = 0;
        for (int patch = 0; patch < grid.Patches.Count; patch++)
        {
            int start = at;
            foreach (int hole in grid.Patches[patch].Holes)
                _holes[at++] = hole;
            Cut(start, at);
            _firstOfPatch[patch + 1] = _start.Count - 1;
        }
        SquareOfPart = new int[Count];
        for (int patch = 0; patch < grid.Patches.Count; patch++)
            Array.Fill(SquareOfPart, grid.SquareOfPatch(patch), _firstOfPatch[patch], _firstOfPatch[patch + 1] - _firstOfPatch[patch]);
        for (int part = 0; part < Count; part++)
        {
            ReadOnlySpan<int> holes = Holes(part);
            for (int i = 0; i < holes.Length; i++)
                (_partOfHole[holes[i]], _placeOfHole[holes[i]]) = (part, i);
        }
    }

    public Grid Grid { get; }

    public int Count => _start.Count - 1;

    /// <summary>The square of each part.</summary>
    public int[] SquareOfPart { get; }

    public ReadOnlySpan<int> Holes(int part) => _holes.AsSpan(_start[part], _start[part + 1] - _start[part]);

    public (int First, int End) OfPatch(int patch) => (_firstOfPatch[patch], _firstOfPatch[patch + 1]);

    public int PartOf(int hole) => _partOfHole[hole];

    /// <summary>Position of a hole in <see cref="Holes"/> of its part.</summary>
    public int PlaceOf(int hole) => _placeOfHole[hole];

    /// <summary>Median distance from a hole of the part to its nearest, in µm; positive.</summary>
    public double PitchUm(int part)
    {
        ReadOnlySpan<int> holes = Holes(part);
        Span<double> nearest = stackalloc double[MaxHoles];
        nearest = nearest[..holes.Length];
        nearest.Fill(double.PositiveInfinity);
        for (int i = 0; i < holes.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = Grid.Holes[holes[i]].Stage.DistanceTo(Grid.Holes[holes[j]].Stage);
                (nearest[i], nearest[j]) = (Math.Min(nearest[i], distance), Math.Min(nearest[j], distance));
            }
        }
        nearest.Sort();
        double median = nearest[holes.Length / 2];
        return double.IsFinite(median) && median > 0 ? median : 1;
    }

    /// <summary>Halves a run of holes across its longer side until each piece is small enough.</summary>
    private void Cut(int start, int end)
    {
        if (end - start <= MaxHoles)
        {
            _start.Add(end);
            return;
        }
        Span<int> holes = _holes.AsSpan(start, end - start);
        (double x0, double x1, double y0, double y1) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
        foreach (int hole in holes)
        {
            var stage = Grid.Holes[hole].Stage;
            (x0, x1, y0, y1) = (Math.Min(x0, stage.X), Math.Max(x1, stage.X), Math.Min(y0, stage.Y), Math.Max(y1, stage.Y));
        }
        bool alongX = x1 - x0 >= y1 - y0;
        holes.Sort((a, b) => (alongX ? Grid.Holes[a].Stage.X : Grid.Holes[a].Stage.Y, a).CompareTo((alongX ? Grid.Holes[b].Stage.X : Grid.Holes[b].Stage.Y, b)));
        int middle = (start + end) / 2;
        Cut(start, middle);
        Cut(middle, end);
    }
}
