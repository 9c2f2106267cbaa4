using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>
/// Layer normalisation, Ba, Kiros and Hinton 2016, over each row of contiguous x (rows, inner): y = (x - mean) / sqrt(var + eps) weight + bias.
/// An empty weight stands for ones, an empty bias for zeros.
/// </summary>
internal static class LayerNorm
{
    /// <summary>y, and each row's mean and 1 / sqrt(var + eps).</summary>
    public static void Forward(int rows, int inner, float eps, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, Span<float> mean, Span<float> invStd)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = x.Slice(row * inner, inner);
            Span<float> to = y.Slice(row * inner, inner);
            float m = TensorPrimitives.Sum(from) / inner, s = (float)(1 / Math.Sqrt(Moments.SquaredDeviations(from, m) / inner + eps));
            mean[row] = m;
            invStd[row] = s;
            Moments.Affine(from, s, -m * s, to);
            if (!weight.IsEmpty)
                TensorPrimitives.Multiply(to, weight, to);
            if (!bias.IsEmpty)
                TensorPrimitives.Add(to, bias, to);
        }
    }

    /// <summary>
    /// With g = dy weight and xhat = (x - mean) / std: dx = (g - mean(g) - xhat mean(g xhat)) / std, dw = sum over rows of dy xhat, db = sum over rows of dy.
    /// <paramref name="work"/> has room for one row.
    /// </summary>
    public static void Backward(int rows, int inner, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> mean, ReadOnlySpan<float> invStd, ReadOnlySpan<float> weight,
        Span<float> dx, Span<float> dw, Span<float> db, Span<float> work)
    {
        dw.Clear();
        db.Clear();
        Span<float> hat = work[..inner];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = x.Slice(row * inner, inner), g = dy.Slice(row * inner, inner);
            Span<float> to = dx.Slice(row * inner, inner);
            float m = mean[row], s = invStd[row];
            Moments.Affine(from, s, -m * s, hat);
            TensorPrimitives.Add(db, g, db);
            TensorPrimitives.MultiplyAdd(g, hat, dw, dw);
            if (weight.IsEmpty)
                g.CopyTo(to);
            else
                TensorPrimitives.Multiply(g, weight, to);
            float a = TensorPrimitives.Sum<float>(to) / inner, b = TensorPrimitives.Dot<float>(to, hat) / inner;
            Moments.Combine(to, s, hat, -b * s, -a * s, to);
        }
    }
}
