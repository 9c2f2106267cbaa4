using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.AdaptiveScan.Environment;

/// <summary>One scan of an image that is known: the policy's segments read its pixels.</summary>
public static class ScanEpisode
{
    /// <summary>Scans the image to the end.</summary>
    public static PartialScan Run(IScanPolicy policy, ScanGeometry geometry, ScanImage image)
    {
        var scan = new PartialScan(geometry);
        double[] values = new double[geometry.Positions];
        for (int t = 0; t < geometry.Segments; t++)
        {
            ScanSegment segment = policy.Next(scan);
            Read(image, geometry, segment, values);
            scan.Add(segment, values);
            policy.Observe(scan);
        }
        return scan;
    }

    /// <summary>What a segment reads: the nearest pixel at each position; outside the image that of its edge.</summary>
    /// <param name="values">(positions).</param>
    public static void Read(ScanImage image, ScanGeometry geometry, ScanSegment segment, Span<double> values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            (double x, double y) = ScanGeometry.PositionOf(segment, k);
            values[k] = image.Values[geometry.PixelAt(x, y)];
        }
    }
}
