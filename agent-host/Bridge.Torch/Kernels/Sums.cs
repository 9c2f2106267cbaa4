using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Bridge.Torch.Kernels;

/// <summary>
/// Sums in an order that depends on the length only. (TensorPrimitives.Sum and Dot begin at an aligned address, so that their last bits depend on where the
/// garbage collector has put the array.)
/// </summary>
internal static class Sums
{
    /// <summary>Elements added one after the other; longer spans are cut into such blocks, whose sums are added in pairs.</summary>
    private const int Block = 4096;

    /// <summary>Σ x.</summary>
    public static float Sum(ReadOnlySpan<float> x)
    {
        if (x.Length <= Block)
            return SumBlock(x);
        int half = Half(x.Length);
        return Sum(x[..half]) + Sum(x[half..]);
    }

    /// <summary>Σ a b.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length <= Block)
            return DotBlock(a, b);
        int half = Half(a.Length);
        return Dot(a[..half], b[..half]) + Dot(a[half..], b[half..]);
    }

    /// <summary>y[j] = Σ x[i, j] over the rows of x (rows, y.Length), row-major.</summary>
    public static void Columns(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        const int RowBlock = 256;
        int n = y.Length;
        if (rows <= RowBlock)
        {
            ColumnBlock(x, rows, y);
            return;
        }
        float[] partial = Memory.BufferPool.Rent<float>(n);
        y.Clear();
        for (int r = 0; r < rows; r += RowBlock)
        {
            int count = Math.Min(RowBlock, rows - r);
            ColumnBlock(x.Slice(r * n, count * n), count, partial.AsSpan(0, n));
            TensorPrimitives.Add(y, partial.AsSpan(0, n), y);
        }
        Memory.BufferPool.Return(partial);
    }

    private static void ColumnBlock(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        int n = y.Length;
        y.Clear();
        for (int r = 0; r < rows; r++)
            TensorPrimitives.Add(y, x.Slice(r * n, n), y);
    }

    private static int Half(int length) => ((length / 2 + Block - 1) / Block) * Block;

    private static float SumBlock(ReadOnlySpan<float> x)
    {
        int n = x.Length, lanes = Vector<float>.Count, i = 0;
        ref float from = ref MemoryMarshal.GetReference(x);
        Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (; i <= n - 4 * lanes; i += 4 * lanes)
        {
            s0 += Vector.LoadUnsafe(ref from, (nuint)i);
            s1 += Vector.LoadUnsafe(ref from, (nuint)(i + lanes));
            s2 += Vector.LoadUnsafe(ref from, (nuint)(i + 2 * lanes));
            s3 += Vector.LoadUnsafe(ref from, (nuint)(i + 3 * lanes));
        }
        for (; i <= n - lanes; i += lanes)
            s0 += Vector.LoadUnsafe(ref from, (nuint)i);
        float sum = Vector.Sum((s0 + s1) + (s2 + s3));
        for (; i < n; i++)
            sum += x[i];
        return sum;
    }

    private static float DotBlock(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int n = a.Length, lanes = Vector<float>.Count, i = 0;
        ref float fromA = ref MemoryMarshal.GetReference(a), fromB = ref MemoryMarshal.GetReference(b[..n]);
        Vector<float> s0 = default, s1 = default;
        for (; i <= n - 2 * lanes; i += 2 * lanes)
        {
            s0 += Vector.LoadUnsafe(ref fromA, (nuint)i) * Vector.LoadUnsafe(ref fromB, (nuint)i);
            s1 += Vector.LoadUnsafe(ref fromA, (nuint)(i + lanes)) * Vector.LoadUnsafe(ref fromB, (nuint)(i + lanes));
        }
        for (; i <= n - lanes; i += lanes)
            s0 += Vector.LoadUnsafe(ref fromA, (nuint)i) * Vector.LoadUnsafe(ref fromB, (nuint)i);
        float sum = Vector.Sum(s0 + s1);
        for (; i < n; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
