using Bridge.Contracts;

namespace Bridge.Agents.AdaptiveScan;

/// <summary>The frame of a partial scan: an image, and T segments of S positions that lie sqrt(2) px apart (Ede 2021, section 2). Position 0, 0 is
/// the middle of the first pixel.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Segments">T.</param>
/// <param name="Positions">S.</param>
public sealed record ScanGeometry(int Width, int Height, int Segments, int Positions)
{
    /// <summary>Distance of two positions, in px.</summary>
    public const double Pitch = 1.4142135623730951;

    /// <summary>From the first position of a segment to that of the next, in px.</summary>
    public double SegmentLength => Positions * Pitch;

    /// <param name="coverage">Positions as a fraction of the pixels; the number of segments is rounded, and at least 1.</param>
    /// <exception cref="ContractException">A segment does not fit into the image, or there would be too many positions.</exception>
    public static ScanGeometry For(int width, int height, double coverage, int positions)
    {
        double length = positions * Pitch;
        if (length > Math.Min(width, height) / 2.0)
            throw new ContractException(FaultCode.BadField,
                $"begin_scan: a segment of {positions} positions is {length:0.#} px long, more than half of {width} x {height}; 'positions' may be at most {(int)(Math.Min(width, height) / (2 * Pitch))}");
        double segments = Math.Max(1, Math.Round(coverage * width * height / positions));
        return segments * positions <= ScanBegunReply.MostPositions
            ? new ScanGeometry(width, height, (int)segments, positions)
            : throw new ContractException(FaultCode.TooLarge, $"begin_scan: {segments * positions:0} positions, the limit is {ScanBegunReply.MostPositions}; choose a smaller 'coverage'");
    }

    /// <summary>Position k of a segment, in px; it may lie outside the image.</summary>
    public static (double X, double Y) PositionOf(ScanSegment segment, int k)
        => (segment.X + k * Pitch * Math.Cos(segment.DirectionRad), segment.Y + k * Pitch * Math.Sin(segment.DirectionRad));

    /// <summary>The pixel read at a position: the nearest one of the image. Row-major index.</summary>
    public int PixelAt(double x, double y)
        => (int)Math.Clamp(Math.Round(y), 0, Height - 1) * Width + (int)Math.Clamp(Math.Round(x), 0, Width - 1);
}
