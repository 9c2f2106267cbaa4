using System.Numerics;
using System.Runtime.InteropServices;

namespace Bridge.Torch.Kernels;

/// <summary>The vector loops of the normalisations.</summary>
internal static class Moments
{
    /// <summary>Sum of (x - mean)².</summary>
    public static double SquaredDeviations(ReadOnlySpan<float> x, float mean)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(x);
        var sum = Vector<float>.Zero;
        var m = new Vector<float>(mean);
        foreach (Vector<float> v in vectors)
            sum += (v - m) * (v - m);
        double total = Vector.Sum(sum);
        for (int i = vectors.Length * Vector<float>.Count; i < x.Length; i++)
            total += (x[i] - mean) * (x[i] - mean);
        return total;
    }

    /// <summary>Sum of a (x - mean).</summary>
    public static double DotDeviations(ReadOnlySpan<float> a, ReadOnlySpan<float> x, float mean)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vx = MemoryMarshal.Cast<float, Vector<float>>(x)[..va.Length];
        var sum = Vector<float>.Zero;
        var m = new Vector<float>(mean);
        for (int i = 0; i < va.Length; i++)
            sum += va[i] * (vx[i] - m);
        double total = Vector.Sum(sum);
        for (int i = va.Length * Vector<float>.Count; i < a.Length; i++)
            total += a[i] * (x[i] - mean);
        return total;
    }

    /// <summary>y = x scale + shift.</summary>
    public static void Affine(ReadOnlySpan<float> x, float scale, float shift, Span<float> y)
    {
        ReadOnlySpan<Vector<float>> vx = MemoryMarshal.Cast<float, Vector<float>>(x);
        Span<Vector<float>> vy = MemoryMarshal.Cast<float, Vector<float>>(y)[..vx.Length];
        var s = new Vector<float>(scale);
        var t = new Vector<float>(shift);
        for (int i = 0; i < vx.Length; i++)
            vy[i] = vx[i] * s + t;
        for (int i = vx.Length * Vector<float>.Count; i < x.Length; i++)
            y[i] = x[i] * scale + shift;
    }

    /// <summary>y = a p + x q + r.</summary>
    public static void Combine(ReadOnlySpan<float> a, float p, ReadOnlySpan<float> x, float q, float r, Span<float> y)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vx = MemoryMarshal.Cast<float, Vector<float>>(x)[..va.Length];
        Span<Vector<float>> vy = MemoryMarshal.Cast<float, Vector<float>>(y)[..va.Length];
        Vector<float> vp = new(p), vq = new(q), vr = new(r);
        for (int i = 0; i < va.Length; i++)
            vy[i] = va[i] * vp + vx[i] * vq + vr;
        for (int i = va.Length * Vector<float>.Count; i < a.Length; i++)
            y[i] = a[i] * p + x[i] * q + r;
    }
}
