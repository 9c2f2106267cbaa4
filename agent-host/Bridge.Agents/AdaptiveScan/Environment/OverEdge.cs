namespace Bridge.Agents.AdaptiveScan.Environment;

/// <summary>Positions that are not in the image: what they read is the pixel of its edge, so nothing is learned there (Ede 2021, section 2.3).</summary>
public static class OverEdge
{
    /// <summary>A position of the segment is further out than half a pixel. It is straight, so its two ends say it.</summary>
    public static bool Has(ScanGeometry geometry, ScanSegment segment)
    {
        (double endX, double endY) = ScanGeometry.PositionOf(segment, geometry.Positions - 1);
        return IsOut(geometry, segment.X, segment.Y) || IsOut(geometry, endX, endY);
    }

    private static bool IsOut(ScanGeometry geometry, double x, double y) => x < -0.5 || y < -0.5 || x > geometry.Width - 0.5 || y > geometry.Height - 0.5;
}
