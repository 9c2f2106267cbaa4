using System.Numerics;

namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>Distances of cells from straight pieces of a path, and what is still to be learned there. Spans have whole vectors.</summary>
internal static class PathDistance
{
    /// <summary>nearest = min(before, squared distance from the piece).</summary>
    /// <param name="length">Of the piece, px.</param>
    public static void Shorten(ReadOnlySpan<float> before, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ScanSegment segment, double length, Span<float> nearest)
    {
        var piece = new Piece(segment.X, segment.Y, Math.Cos(segment.DirectionRad), Math.Sin(segment.DirectionRad), length);
        for (int i = 0; i < nearest.Length; i += Vector<float>.Count)
            Vector.Min(new Vector<float>(before[i..]), piece.SquaredTo(new(x[i..]), new(y[i..]))).CopyTo(nearest[i..]);
    }

    /// <summary>The error that is left if the piece is scanned too: sum over cells of amplitude * d² / (d² + reach²), d the distance from the nearest piece.</summary>
    public static float ErrorLeft(ReadOnlySpan<float> before, ReadOnlySpan<float> x, ReadOnlySpan<float> y, in Piece piece, ReadOnlySpan<float> amplitude, ReadOnlySpan<float> reachSquared)
    {
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < before.Length; i += Vector<float>.Count)
        {
            Vector<float> nearest = Vector.Min(new Vector<float>(before[i..]), piece.SquaredTo(new(x[i..]), new(y[i..])));
            sum += new Vector<float>(amplitude[i..]) * nearest / (nearest + new Vector<float>(reachSquared[i..]));
        }
        return Vector.Sum(sum);
    }

    /// <summary>A straight piece, ready for many distances.</summary>
    public readonly struct Piece(double x, double y, double cos, double sin, double length)
    {
        private readonly Vector<float> _x = new((float)x), _y = new((float)y), _cos = new((float)cos), _sin = new((float)sin), _length = new((float)length);

        public Vector<float> SquaredTo(Vector<float> x, Vector<float> y)
        {
            Vector<float> dx = x - _x, dy = y - _y;
            Vector<float> along = Vector.Min(Vector.Max(dx * _cos + dy * _sin, Vector<float>.Zero), _length);
            (dx, dy) = (dx - along * _cos, dy - along * _sin);
            return dx * dx + dy * dy;
        }
    }
}
