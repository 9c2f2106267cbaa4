namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>What was read of an image, in the order in which it was read.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">Row-major index of the pixel read at each position.</param>
/// <param name="Values">What was read there, in the detector's unit; as many.</param>
/// <param name="Run">So many positions each follow each other in a straight line; 1: single points.</param>
public sealed record ScanReads(int Width, int Height, int[] Pixels, float[] Values, int Run)
{
    /// <summary>The reads of a partial scan, of all its segments or the first ones.</summary>
    public static ScanReads Of(PartialScan scan, int? segments = null)
    {
        ScanGeometry geometry = scan.Geometry;
        int count = Math.Min(segments ?? int.MaxValue, scan.Segments.Count);
        int[] pixels = new int[count * geometry.Positions];
        float[] values = new float[pixels.Length];
        for (int s = 0; s < count; s++)
        {
            scan.ValuesOf(s).CopyTo(values.AsSpan(s * geometry.Positions));
            for (int k = 0; k < geometry.Positions; k++)
            {
                (double x, double y) = ScanGeometry.PositionOf(scan.Segments[s], k);
                pixels[s * geometry.Positions + k] = geometry.PixelAt(x, y);
            }
        }
        return new ScanReads(geometry.Width, geometry.Height, pixels, values, geometry.Positions);
    }

    /// <summary>Mean and standard deviation of the values.</summary>
    public (double Mean, double Deviation) Moments()
    {
        double sum = 0, squares = 0;
        foreach (float value in Values)
            sum += value;
        double mean = sum / Math.Max(1, Values.Length);
        foreach (float value in Values)
            squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / Math.Max(1, Values.Length)));
    }
}
