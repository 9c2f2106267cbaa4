using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>Softmax of one row, shifted by its largest so that nothing overflows.</summary>
internal static class SoftmaxKernels
{
    /// <summary>y = exp(x - max) / Σ.</summary>
    public static void Row(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
        TensorPrimitives.Exp(y, y);
        TensorPrimitives.Divide(y, Sums.Sum(y), y);
    }

    /// <summary>y = x - max - log Σ exp(x - max).</summary>
    public static void LogRow(ReadOnlySpan<float> x, Span<float> y)
    {
        float top = TensorPrimitives.Max(x);
        TensorPrimitives.Subtract(x, top, y);
        TensorPrimitives.Exp(y, y);
        float log = MathF.Log(Sums.Sum(y));
        TensorPrimitives.Subtract(x, top, y);
        TensorPrimitives.Subtract(y, log, y);
    }

    /// <summary>log Σ exp x; of nothing it is -∞.</summary>
    public static float LogSumExp(ReadOnlySpan<float> x)
    {
        if (x.Length == 0)
            return float.NegativeInfinity;
        float top = TensorPrimitives.Max(x);
        if (!float.IsFinite(top))
            return top;
        float[] shifted = Memory.BufferPool.Rent<float>(x.Length);
        Span<float> y = shifted.AsSpan(0, x.Length);
        TensorPrimitives.Subtract(x, top, y);
        TensorPrimitives.Exp(y, y);
        float result = top + MathF.Log(Sums.Sum(y));
        Memory.BufferPool.Return(shifted);
        return result;
    }

    /// <summary>dx = y (g - Σ g y).</summary>
    public static void RowGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> g, Span<float> dx)
    {
        TensorPrimitives.Subtract(g, Sums.Dot(g, y), dx);
        TensorPrimitives.Multiply(dx, y, dx);
    }

    /// <summary>dx = g - exp(y) Σ g.</summary>
    public static void LogRowGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> g, Span<float> dx)
    {
        float sum = Sums.Sum(g);
        TensorPrimitives.Exp(y, dx);
        TensorPrimitives.Multiply(dx, -sum, dx);
        TensorPrimitives.Add(dx, g, dx);
    }
}
