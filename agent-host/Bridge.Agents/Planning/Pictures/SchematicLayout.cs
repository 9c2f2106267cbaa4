using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Pictures;

/// <summary>
/// Where a picture shows the holes of a grid: grid-level images as boxes, squares as boxes in them, patches in those, and the holes of a patch
/// as they lie to each other. Not to scale: on a real grid the holes would be specks on an empty page.
/// </summary>
internal sealed class SchematicLayout
{
    private readonly (double X, double Y)[] _holes;

    public SchematicLayout(Grid grid, Box page)
    {
        _holes = new (double, double)[grid.Holes.Count];
        GridImages = page.Split(grid.GridImages.Count, margin: 0.02);
        Squares = new Box[grid.Squares.Count];
        foreach (GridImage image in grid.GridImages)
        {
            Box[] squares = GridImages[image.Index].Split(image.Squares.Count, margin: 0.03);
            for (int i = 0; i < squares.Length; i++)
            {
                Squares[image.Squares[i]] = squares[i];
                IReadOnlyList<int> patches = grid.Squares[image.Squares[i]].Patches;
                Box[] boxes = squares[i].Split(patches.Count, margin: 0.1);
                for (int j = 0; j < boxes.Length; j++)
                    Place(grid, grid.Patches[patches[j]], boxes[j]);
            }
        }
    }

    public IReadOnlyList<Box> GridImages { get; }

    public Box[] Squares { get; }

    /// <summary>Where a hole is, in pixels.</summary>
    public (double X, double Y) this[int hole] => _holes[hole];

    /// <summary>The stage positions of a patch, fitted into its box with one scale for both axes, y upwards as on the stage.</summary>
    private void Place(Grid grid, Patch patch, Box box)
    {
        double left = double.PositiveInfinity, right = double.NegativeInfinity, low = left, high = right;
        foreach (int hole in patch.Holes)
        {
            (double x, double y) = (grid.Holes[hole].Stage.X, grid.Holes[hole].Stage.Y);
            (left, right, low, high) = (Math.Min(left, x), Math.Max(right, x), Math.Min(low, y), Math.Max(high, y));
        }
        double scale = Math.Min(box.Width / Math.Max(right - left, 1e-9), box.Height / Math.Max(high - low, 1e-9));
        foreach (int hole in patch.Holes)
        {
            _holes[hole] = (
                box.Left + box.Width / 2 + (grid.Holes[hole].Stage.X - (left + right) / 2) * scale,
                box.Top + box.Height / 2 - (grid.Holes[hole].Stage.Y - (low + high) / 2) * scale);
        }
    }
}
