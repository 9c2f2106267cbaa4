using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>Distances of cells from straight pieces of a path, and what is still to be learned there. Spans have whole vectors.</summary>
internal static class PathDistance
{
    /// <summary>nearest = min(before, squared distance from the piece).</summary>
    /// <param name="length">Of the piece, px.</param>
    public static void Shorten(ReadOnlySpan<float> before, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ScanSegment segment, double length, Span<float> nearest)
    {
        Check(before, x, y, nearest, nearest);
        var piece = new Piece(segment.X, segment.Y, Math.Cos(segment.DirectionRad), Math.Sin(segment.DirectionRad), length);
        ref float old = ref MemoryMarshal.GetReference(before), atX = ref MemoryMarshal.GetReference(x), atY = ref MemoryMarshal.GetReference(y), to = ref MemoryMarshal.GetReference(nearest);
        Vector<float> fromX = new(piece.X), fromY = new(piece.Y), cos = new(piece.Cos), sin = new(piece.Sin), longest = new(piece.Length);
        for (nuint i = 0; i < (nuint)nearest.Length; i += (nuint)Vector<float>.Count)
            Vector.Min(Vector.LoadUnsafe(ref old, i), Squared(Vector.LoadUnsafe(ref atX, i), Vector.LoadUnsafe(ref atY, i), fromX, fromY, cos, sin, longest)).StoreUnsafe(ref to, i);
    }

    /// <summary>The error that is left if the piece is scanned too: sum over cells of amplitude * d² / (d² + reach²), d the distance from the nearest piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float ErrorLeft(ReadOnlySpan<float> before, ReadOnlySpan<float> x, ReadOnlySpan<float> y, in Piece piece, ReadOnlySpan<float> amplitude, ReadOnlySpan<float> reachSquared)
    {
        Check(before, x, y, amplitude, reachSquared);
        ref float old = ref MemoryMarshal.GetReference(before), atX = ref MemoryMarshal.GetReference(x), atY = ref MemoryMarshal.GetReference(y);
        ref float height = ref MemoryMarshal.GetReference(amplitude), reach = ref MemoryMarshal.GetReference(reachSquared);
        Vector<float> fromX = new(piece.X), fromY = new(piece.Y), cos = new(piece.Cos), sin = new(piece.Sin), longest = new(piece.Length);
        Vector<float> sum = Vector<float>.Zero;
        for (nuint i = 0; i < (nuint)before.Length; i += (nuint)Vector<float>.Count)
        {
            Vector<float> nearest = Vector.Min(Vector.LoadUnsafe(ref old, i), Squared(Vector.LoadUnsafe(ref atX, i), Vector.LoadUnsafe(ref atY, i), fromX, fromY, cos, sin, longest));
            sum += Vector.LoadUnsafe(ref height, i) * nearest / (nearest + Vector.LoadUnsafe(ref reach, i));
        }
        return Vector.Sum(sum);
    }

    private static void Check(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, ReadOnlySpan<float> e)
    {
        if (a.Length % Vector<float>.Count != 0 || b.Length != a.Length || c.Length != a.Length || d.Length != a.Length || e.Length != a.Length)
            throw new ArgumentException($"{a.Length}, {b.Length}, {c.Length}, {d.Length} and {e.Length} cells: not the same number of whole vectors");
    }

    /// <summary>Squared distances of cells from a piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Squared(Vector<float> x, Vector<float> y, Vector<float> fromX, Vector<float> fromY, Vector<float> cos, Vector<float> sin, Vector<float> length)
    {
        Vector<float> dx = x - fromX, dy = y - fromY;
        Vector<float> along = Vector.Min(Vector.Max(dx * cos + dy * sin, Vector<float>.Zero), length);
        (dx, dy) = (dx - along * cos, dy - along * sin);
        return dx * dx + dy * dy;
    }

    /// <summary>A straight piece of a path, px.</summary>
    public readonly struct Piece(double x, double y, double cos, double sin, double length)
    {
        public readonly float X = (float)x, Y = (float)y, Cos = (float)cos, Sin = (float)sin, Length = (float)length;
    }
}
