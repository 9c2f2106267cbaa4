using System.Runtime.Intrinsics;

namespace Bridge.Torch.Kernels;

/// <summary>The product of a few rows with a transposed matrix, C(i, j) = dot(A(i), B(j)): what a layer does with one sample. Nothing is packed.</summary>
internal static unsafe class GemmDot<V, TLane> where V : unmanaged where TLane : struct, ILane<V>
{
    /// <summary>With more rows it pays to pack B.</summary>
    public const int MostRows = 4;

    /// <summary>C(i, j) = start(i, j) + sum over p of a[i rowA + p] b[j rowB + p]. C and start have column strides too: few columns are done as few rows of the transpose.</summary>
    public static void Run(int m, int n, int k, float* a, nint rowA, float* b, nint rowB, float* c, nint rowC, nint columnC, float* start, nint rowStart, nint columnStart)
    {
        for (int j = 0; j < n; j += 4)
        {
            int columns = Math.Min(4, n - j);
            int i = 0;
            for (; i + 2 <= m; i += 2)
                Pair(columns, k, a + i * rowA, rowA, b + j * rowB, rowB, c + i * rowC + j * columnC, rowC, columnC, start == null ? null : start + i * rowStart + j * columnStart, rowStart, columnStart);
            if (i < m)
                Single(columns, k, a + i * rowA, b + j * rowB, rowB, c + i * rowC + j * columnC, columnC, start == null ? null : start + i * rowStart + j * columnStart, columnStart);
        }
    }

    // The rows behind the last column are read again from column 0 instead, so that the loop has no branches; their sums are dropped.
    private static void Single(int columns, int k, float* a, float* b, nint rowB, float* c, nint columnC, float* start, nint columnStart)
    {
        float* b1 = columns > 1 ? b + rowB : b, b2 = columns > 2 ? b + 2 * rowB : b, b3 = columns > 3 ? b + 3 * rowB : b;
        V s0 = default, s1 = default, s2 = default, s3 = default;
        int p = 0;
        for (; p + TLane.Width <= k; p += TLane.Width)
        {
            V x = TLane.Load(a + p);
            s0 = TLane.MultiplyAdd(x, TLane.Load(b + p), s0);
            s1 = TLane.MultiplyAdd(x, TLane.Load(b1 + p), s1);
            s2 = TLane.MultiplyAdd(x, TLane.Load(b2 + p), s2);
            s3 = TLane.MultiplyAdd(x, TLane.Load(b3 + p), s3);
        }
        if (p < k)
        {
            V mask = TLane.Mask(k - p), x = TLane.MaskLoad(a + p, mask);
            s0 = TLane.MultiplyAdd(x, TLane.MaskLoad(b + p, mask), s0);
            s1 = TLane.MultiplyAdd(x, TLane.MaskLoad(b1 + p, mask), s1);
            s2 = TLane.MultiplyAdd(x, TLane.MaskLoad(b2 + p, mask), s2);
            s3 = TLane.MultiplyAdd(x, TLane.MaskLoad(b3 + p, mask), s3);
        }
        Put(columns, TLane.Sums(s0, s1, s2, s3), c, columnC, start, columnStart);
    }

    private static void Pair(int columns, int k, float* a, nint rowA, float* b, nint rowB, float* c, nint rowC, nint columnC, float* start, nint rowStart, nint columnStart)
    {
        float* b1 = columns > 1 ? b + rowB : b, b2 = columns > 2 ? b + 2 * rowB : b, b3 = columns > 3 ? b + 3 * rowB : b;
        V s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
        int p = 0;
        for (; p + TLane.Width <= k; p += TLane.Width)
        {
            V x = TLane.Load(a + p), y = TLane.Load(a + rowA + p), z = TLane.Load(b + p);
            s0 = TLane.MultiplyAdd(x, z, s0);
            t0 = TLane.MultiplyAdd(y, z, t0);
            z = TLane.Load(b1 + p);
            s1 = TLane.MultiplyAdd(x, z, s1);
            t1 = TLane.MultiplyAdd(y, z, t1);
            z = TLane.Load(b2 + p);
            s2 = TLane.MultiplyAdd(x, z, s2);
            t2 = TLane.MultiplyAdd(y, z, t2);
            z = TLane.Load(b3 + p);
            s3 = TLane.MultiplyAdd(x, z, s3);
            t3 = TLane.MultiplyAdd(y, z, t3);
        }
        if (p < k)
        {
            V mask = TLane.Mask(k - p), x = TLane.MaskLoad(a + p, mask), y = TLane.MaskLoad(a + rowA + p, mask), z = TLane.MaskLoad(b + p, mask);
            s0 = TLane.MultiplyAdd(x, z, s0);
            t0 = TLane.MultiplyAdd(y, z, t0);
            z = TLane.MaskLoad(b1 + p, mask);
            s1 = TLane.MultiplyAdd(x, z, s1);
            t1 = TLane.MultiplyAdd(y, z, t1);
            z = TLane.MaskLoad(b2 + p, mask);
            s2 = TLane.MultiplyAdd(x, z, s2);
            t2 = TLane.MultiplyAdd(y, z, t2);
            z = TLane.MaskLoad(b3 + p, mask);
            s3 = TLane.MultiplyAdd(x, z, s3);
            t3 = TLane.MultiplyAdd(y, z, t3);
        }
        Put(columns, TLane.Sums(s0, s1, s2, s3), c, columnC, start, columnStart);
        Put(columns, TLane.Sums(t0, t1, t2, t3), c + rowC, columnC, start == null ? null : start + rowStart, columnStart);
    }

    private static void Put(int columns, Vector128<float> sums, float* c, nint columnC, float* start, nint columnStart)
    {
        if (columns == 4 && columnC == 1 && (start == null || columnStart == 1))
        {
            (start == null ? sums : sums + Vector128.Load(start)).Store(c);
            return;
        }
        for (int j = 0; j < columns; j++)
            c[j * columnC] = sums[j] + (start == null ? 0 : start[j * columnStart]);
    }
}
