using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>What actor and critic see of a step: the values of the segment in units of the target, the action, and where it ended, from -1 to 1.</summary>
internal static class ScanView
{
    public static int Width(ScanGeometry geometry) => geometry.Positions + 4;

    public static void Write(ScanGeometry geometry, ScanImage image, ScanSegment segment, ReadOnlySpan<double> values, Span<float> view)
    {
        for (int k = 0; k < values.Length; k++)
            view[k] = (float)((values[k] - image.Offset) / image.HalfRange);
        (double sin, double cos) = Math.SinCos(segment.DirectionRad);
        view[values.Length] = (float)cos;
        view[values.Length + 1] = (float)sin;
        view[values.Length + 2] = (float)(2 * (segment.X + geometry.SegmentLength * cos) / (geometry.Width - 1) - 1);
        view[values.Length + 3] = (float)(2 * (segment.Y + geometry.SegmentLength * sin) / (geometry.Height - 1) - 1);
    }
}
