namespace Bridge.Torch.Kernels;

/// <summary>Copies between two layouts of one shape.</summary>
internal static class StridedCopy
{
    private const int Tile = 16;

    /// <summary>target[i…] = source[i…], with strides in elements from the start of each span; a source stride may be 0.</summary>
    public static void Run<T>(ReadOnlySpan<long> sizes, Span<T> target, ReadOnlySpan<long> targetStrides, ReadOnlySpan<T> source, ReadOnlySpan<long> sourceStrides)
        where T : unmanaged
    {
        var walk = new RowWalk(sizes, targetStrides, sourceStrides);
        int n = walk.Length, to = walk.RowStride(0), from = walk.RowStride(1);
        if (to == 1 && from is not (0 or 1) && walk.OuterRank > 0 && walk.OuterStride(1) is 0 or 1)
        {
            Transposing(ref walk, target, source);
            return;
        }
        while (walk.MoveNext())
        {
            if (to == 1 && from == 1)
                source.Slice(walk.Offset(1), n).CopyTo(target[walk.Offset(0)..]);
            else if (to == 1 && from == 0)
                target.Slice(walk.Offset(0), n).Fill(source[walk.Offset(1)]);
            else
                for (int i = 0, t = walk.Offset(0), s = walk.Offset(1); i < n; i++, t += to, s += from)
                    target[t] = source[s];
        }
    }

    /// <summary>Rows of the target are columns of the source: in tiles, so that both stay in cache.</summary>
    private static unsafe void Transposing<T>(ref RowWalk walk, Span<T> target, ReadOnlySpan<T> source) where T : unmanaged
    {
        int rows = walk.OuterLength, n = walk.Length, from = walk.RowStride(1);
        int toRow = walk.OuterStride(0), fromRow = walk.OuterStride(1);
        walk.TakeOuter();
        while (walk.MoveNext())
        {
            int t0 = walk.Offset(0), s0 = walk.Offset(1);
            if (typeof(T) == typeof(float) && fromRow == 1)
            {
                fixed (T* to = &target[t0], origin = &source[s0])
                    Transpose.Copy((float*)origin, from, n, rows, (float*)to, toRow);
                continue;
            }
            for (int r0 = 0; r0 < rows; r0 += Tile)
            {
                int r1 = Math.Min(r0 + Tile, rows);
                for (int c0 = 0; c0 < n; c0 += Tile)
                {
                    int c1 = Math.Min(c0 + Tile, n);
                    for (int r = r0; r < r1; r++)
                    {
                        Span<T> row = target.Slice(t0 + r * toRow + c0, c1 - c0);
                        int s = s0 + r * fromRow + c0 * from;
                        for (int c = 0; c < row.Length; c++, s += from)
                            row[c] = source[s];
                    }
                }
            }
        }
    }
}
