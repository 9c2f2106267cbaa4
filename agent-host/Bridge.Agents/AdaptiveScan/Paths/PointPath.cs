using Bridge.Contracts;

namespace Bridge.Agents.AdaptiveScan.Paths;

/// <summary>A fixed path of single points: every segment has one position. Points that do not lie one behind another need a beam that can jump.</summary>
public sealed class PointPath : IScanPolicy
{
    private readonly ScanSegment[] _points;

    private PointPath(string name, ScanGeometry geometry, IEnumerable<(double X, double Y)> points)
    {
        if (geometry.Positions != 1)
            throw new ContractException(FaultCode.BadField, $"path '{name}' goes from point to point: 'positions' must be 1, not {geometry.Positions}");
        Name = name;
        _points = [.. points.Take(geometry.Segments).Select(point => new ScanSegment(point.X, point.Y, 0))];
    }

    public string Name { get; }

    /// <summary>An even grid, as nearly square as the number of points allows, in lines.</summary>
    public static PointPath Grid(ScanGeometry geometry) => new(ScanPolicies.Grid, geometry, Cells(geometry));

    /// <summary>A point anywhere in each cell of the grid.</summary>
    public static PointPath Jittered(ScanGeometry geometry, int seed)
    {
        var random = new Random(seed);
        (double across, double down) = CellSize(geometry);
        return new PointPath(ScanPolicies.Jittered, geometry,
            Cells(geometry).Select(point => (point.X + (random.NextDouble() - 0.5) * across, point.Y + (random.NextDouble() - 0.5) * down)));
    }

    /// <summary>Whole lines, evenly apart, to and fro, with positions sqrt(2) px apart.</summary>
    public static PointPath Raster(ScanGeometry geometry)
    {
        int lines = Math.Max(1, (int)Math.Round(geometry.Segments * ScanGeometry.Pitch / geometry.Width));
        return new PointPath(ScanPolicies.Raster, geometry, Enumerable.Range(0, geometry.Segments).Select(i =>
        {
            // Shares of the positions that are as equal as can be, so that every line is whole.
            int line = (int)((long)i * lines / geometry.Segments);
            long first = ((long)line * geometry.Segments + lines - 1) / lines, next = ((long)(line + 1) * geometry.Segments + lines - 1) / lines;
            double along = (i - first + 0.5) / (next - first) * geometry.Width - 0.5;
            return (line % 2 == 0 ? along : geometry.Width - 1 - along, (line + 0.5) * geometry.Height / lines - 0.5);
        }));
    }

    public ScanSegment Next(PartialScan scan) => _points[scan.Segments.Count];

    public void Observe(PartialScan scan)
    {
    }

    private static (double Across, double Down) CellSize(ScanGeometry geometry)
    {
        int rows = Rows(geometry);
        return ((double)geometry.Width * rows / geometry.Segments, (double)geometry.Height / rows);
    }

    private static int Rows(ScanGeometry geometry) => Math.Max(1, (int)Math.Round(Math.Sqrt((double)geometry.Segments * geometry.Height / geometry.Width)));

    private static IEnumerable<(double X, double Y)> Cells(ScanGeometry geometry)
    {
        int rows = Rows(geometry);
        for (int i = 0; i < geometry.Segments; i++)
        {
            int row = (int)((long)i * rows / geometry.Segments);
            long first = ((long)row * geometry.Segments + rows - 1) / rows, next = ((long)(row + 1) * geometry.Segments + rows - 1) / rows;
            yield return ((i - first + 0.5) / (next - first) * geometry.Width - 0.5, (row + 0.5) * geometry.Height / rows - 0.5);
        }
    }
}
