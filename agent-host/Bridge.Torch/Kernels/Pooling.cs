namespace Bridge.Torch.Kernels;

/// <summary>Pooling over contiguous planes and its gradients.</summary>
internal static class Pooling
{
    /// <summary>y = the largest pixel of each window, index = where it lies in its plane (the first of equals; a NaN wins, as in PyTorch).</summary>
    public static void Max(in PoolSize s, ReadOnlySpan<float> x, Span<float> y, Span<int> index)
    {
        int at = 0;
        for (int plane = 0; plane < s.Planes; plane++)
        {
            ReadOnlySpan<float> pixels = x.Slice(plane * s.Height * s.Width, s.Height * s.Width);
            for (int i = 0; i < s.OutHeight; i++)
                for (int j = 0; j < s.OutWidth; j++, at++)
                {
                    int top = i * s.StrideY - s.PadY, left = j * s.StrideX - s.PadX;
                    int firstU = top < 0 ? (-top + s.DilationY - 1) / s.DilationY : 0, firstV = left < 0 ? (-left + s.DilationX - 1) / s.DilationX : 0;
                    int best = (top + firstU * s.DilationY) * s.Width + left + firstV * s.DilationX;
                    float most = float.NegativeInfinity;
                    for (int u = firstU; u < s.KernelHeight && top + u * s.DilationY < s.Height; u++)
                        for (int v = firstV; v < s.KernelWidth && left + v * s.DilationX < s.Width; v++)
                        {
                            int here = (top + u * s.DilationY) * s.Width + left + v * s.DilationX;
                            float value = pixels[here];
                            if (value > most || float.IsNaN(value))
                            {
                                most = value;
                                best = here;
                            }
                        }
                    y[at] = most;
                    index[at] = best;
                }
        }
    }

    /// <summary>dx = dy where the largest pixels were, else 0.</summary>
    public static void MaxGradient(in PoolSize s, ReadOnlySpan<float> dy, ReadOnlySpan<int> index, Span<float> dx)
    {
        dx.Clear();
        int outputs = s.OutHeight * s.OutWidth, at = 0;
        for (int plane = 0; plane < s.Planes; plane++)
        {
            Span<float> to = dx.Slice(plane * s.Height * s.Width, s.Height * s.Width);
            for (int i = 0; i < outputs; i++, at++)
                to[index[at]] += dy[at];
        }
    }

    /// <summary>y = the mean of each window; the divisor counts the zeros of the padding where <paramref name="countPad"/>.</summary>
    public static void Average(in PoolSize s, bool countPad, ReadOnlySpan<float> x, Span<float> y)
    {
        int at = 0;
        for (int plane = 0; plane < s.Planes; plane++)
        {
            ReadOnlySpan<float> pixels = x.Slice(plane * s.Height * s.Width, s.Height * s.Width);
            for (int i = 0; i < s.OutHeight; i++)
                for (int j = 0; j < s.OutWidth; j++)
                {
                    (int top, int bottom, int rows) = Span(i, s.StrideY, s.PadY, s.KernelHeight, s.Height, countPad);
                    (int left, int right, int columns) = Span(j, s.StrideX, s.PadX, s.KernelWidth, s.Width, countPad);
                    float sum = 0;
                    for (int u = top; u < bottom; u++)
                        for (int v = left; v < right; v++)
                            sum += pixels[u * s.Width + v];
                    y[at++] = sum / (rows * columns);
                }
        }
    }

    /// <summary>dx = what each pixel got of the means.</summary>
    public static void AverageGradient(in PoolSize s, bool countPad, ReadOnlySpan<float> dy, Span<float> dx)
    {
        dx.Clear();
        int at = 0;
        for (int plane = 0; plane < s.Planes; plane++)
        {
            Span<float> to = dx.Slice(plane * s.Height * s.Width, s.Height * s.Width);
            for (int i = 0; i < s.OutHeight; i++)
                for (int j = 0; j < s.OutWidth; j++)
                {
                    (int top, int bottom, int rows) = Span(i, s.StrideY, s.PadY, s.KernelHeight, s.Height, countPad);
                    (int left, int right, int columns) = Span(j, s.StrideX, s.PadX, s.KernelWidth, s.Width, countPad);
                    float share = dy[at++] / (rows * columns);
                    for (int u = top; u < bottom; u++)
                        for (int v = left; v < right; v++)
                            to[u * s.Width + v] += share;
                }
        }
    }

    // First pixel, end and divisor of window i.
    private static (int First, int End, int Count) Span(int i, int stride, int pad, int kernel, int length, bool countPad)
    {
        int start = i * stride - pad, padded = Math.Min(start + kernel, length + pad);
        int first = Math.Max(start, 0), end = Math.Min(padded, length);
        return (first, Math.Max(first, end), countPad ? padded - start : Math.Max(end - first, 0));
    }

    /// <summary>y = the mean of window i of n, pixels floor(i length / n) to ceil((i + 1) length / n); kernel, stride and padding are not used.</summary>
    public static void Adaptive(in PoolSize s, ReadOnlySpan<float> x, Span<float> y)
    {
        int at = 0;
        for (int plane = 0; plane < s.Planes; plane++)
        {
            ReadOnlySpan<float> pixels = x.Slice(plane * s.Height * s.Width, s.Height * s.Width);
            for (int i = 0; i < s.OutHeight; i++)
                for (int j = 0; j < s.OutWidth; j++)
                {
                    (int top, int bottom) = AdaptiveSpan(i, s.OutHeight, s.Height);
                    (int left, int right) = AdaptiveSpan(j, s.OutWidth, s.Width);
                    float sum = 0;
                    for (int u = top; u < bottom; u++)
                        sum += System.Numerics.Tensors.TensorPrimitives.Sum(pixels.Slice(u * s.Width + left, right - left));
                    y[at++] = sum / ((bottom - top) * (right - left));
                }
        }
    }

    /// <summary>dx = what each pixel got of the means.</summary>
    public static void AdaptiveGradient(in PoolSize s, ReadOnlySpan<float> dy, Span<float> dx)
    {
        dx.Clear();
        int at = 0;
        for (int plane = 0; plane < s.Planes; plane++)
        {
            Span<float> to = dx.Slice(plane * s.Height * s.Width, s.Height * s.Width);
            for (int i = 0; i < s.OutHeight; i++)
                for (int j = 0; j < s.OutWidth; j++)
                {
                    (int top, int bottom) = AdaptiveSpan(i, s.OutHeight, s.Height);
                    (int left, int right) = AdaptiveSpan(j, s.OutWidth, s.Width);
                    float share = dy[at++] / ((bottom - top) * (right - left));
                    for (int u = top; u < bottom; u++)
                        for (int v = left; v < right; v++)
                            to[u * s.Width + v] += share;
                }
        }
    }

    private static (int First, int End) AdaptiveSpan(int i, int n, int length) => ((int)((long)i * length / n), (int)(((long)(i + 1) * length + n - 1) / n));
}
