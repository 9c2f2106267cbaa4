using System.Numerics;
using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>Where the largest or smallest of each row lies: the first of equals, and the first NaN before all.</summary>
internal static class ArgExtremes
{
    /// <summary>index[o, i] = the place along n of the extreme of x (outer, n, inner).</summary>
    public static void Run<T>(ReadOnlySpan<T> x, int outer, int n, int inner, bool largest, Span<long> index) where T : unmanaged, INumber<T>
    {
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> part = x.Slice(o * n * inner, n * inner);
            Span<long> to = index.Slice(o * inner, inner);
            if (inner == 1)
                to[0] = largest ? TensorPrimitives.IndexOfMax(part) : TensorPrimitives.IndexOfMin(part);
            else
                Columns(part, n, inner, largest, to);
        }
    }

    private static void Columns<T>(ReadOnlySpan<T> x, int n, int inner, bool largest, Span<long> index) where T : unmanaged, INumber<T>
    {
        index.Clear();
        for (int i = 1; i < n; i++)
        {
            ReadOnlySpan<T> row = x.Slice(i * inner, inner);
            for (int j = 0; j < inner; j++)
            {
                T best = x[(int)index[j] * inner + j];
                if ((largest ? row[j] > best : row[j] < best) || (T.IsNaN(row[j]) && !T.IsNaN(best)))
                    index[j] = i;
            }
        }
    }
}
