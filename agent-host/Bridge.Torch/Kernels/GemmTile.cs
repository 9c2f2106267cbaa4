using System.Runtime.CompilerServices;

namespace Bridge.Torch.Kernels;

/// <summary>A row count known to the JIT.</summary>
internal interface IRows
{
    static abstract int Count { get; }
}

internal readonly struct Rows1 : IRows { public static int Count => 1; }
internal readonly struct Rows2 : IRows { public static int Count => 2; }
internal readonly struct Rows3 : IRows { public static int Count => 3; }
internal readonly struct Rows4 : IRows { public static int Count => 4; }
internal readonly struct Rows5 : IRows { public static int Count => 5; }
internal readonly struct Rows6 : IRows { public static int Count => 6; }
internal readonly struct Rows7 : IRows { public static int Count => 7; }
internal readonly struct Rows8 : IRows { public static int Count => 8; }
internal readonly struct Rows9 : IRows { public static int Count => 9; }
internal readonly struct Rows10 : IRows { public static int Count => 10; }
internal readonly struct Rows11 : IRows { public static int Count => 11; }
internal readonly struct Rows12 : IRows { public static int Count => 12; }

/// <summary>How the rows of B follow each other, known to the JIT.</summary>
internal interface ISteps
{
    static abstract bool Table { get; }
}

/// <summary>Evenly, one step apart.</summary>
internal readonly struct EvenSteps : ISteps { public static bool Table => false; }

/// <summary>Each where a table says: the taps of a convolution in an image.</summary>
internal readonly struct TableSteps : ISteps { public static bool Table => true; }

/// <summary>
/// The innermost step of the matrix product: a tile of C of up to 12 rows by two registers, all of it in registers while k runs. One source for every
/// number of rows and every register; the JIT drops the rows and the masks that a version does not have.
/// </summary>
internal static unsafe class GemmTile<V, TLane, TSteps> where V : unmanaged where TLane : struct, ILane<V> where TSteps : struct, ISteps
{
    /// <summary>
    /// C = start + A B for <paramref name="rows"/> rows (1 to the lane's) and <paramref name="columns"/> columns (1 to two registers).
    /// A(i, p) = a[i rowA + p stepA], B(p, j) = b[p stepB + j] or b[table[p] + j], C(i, j) = c[i rowC + j], start(i, j) = start[i rowStart + j] or 0 where start is null.
    /// With <paramref name="relu"/>, max(C, 0). Strides in floats. Each element is one chain of fused multiply-adds in the order of p: the same bits however C is cut into tiles.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int rows, int columns, int k, float* a, nint rowA, nint stepA, float* b, nint stepB, nint* table, float* c, nint rowC, float* start, nint rowStart, bool relu = false)
    {
        switch (rows)
        {
            case 1: Pick<Rows1>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 2: Pick<Rows2>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 3: Pick<Rows3>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 4: Pick<Rows4>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 5: Pick<Rows5>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 6: Pick<Rows6>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 7: Pick<Rows7>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 8: Pick<Rows8>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 9: Pick<Rows9>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 10: Pick<Rows10>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 11: Pick<Rows11>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
            case 12: Pick<Rows12>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pick<R>(int columns, int k, float* a, nint rowA, nint stepA, float* b, nint stepB, nint* table, float* c, nint rowC, float* start, nint rowStart, bool relu)
        where R : struct, IRows
    {
        if (columns == 2 * TLane.Width)
            Tile<R, Rows2, Rows1>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu);
        else if (columns > TLane.Width)
            Tile<R, Rows2, Rows2>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu);
        else
            Tile<R, Rows1, Rows2>(columns, k, a, rowA, stepA, b, stepB, table, c, rowC, start, rowStart, relu);
    }

    // R rows, N registers a row; M = 1: whole registers, 2: the last register of a row is masked.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<R, N, M>(int columns, int k, float* a, nint rowA, nint stepA, float* b, nint stepB, nint* table, float* c, nint rowC, float* start, nint rowStart, bool relu)
        where R : struct, IRows where N : struct, IRows where M : struct, IRows
    {
        V mask = M.Count == 2 ? TLane.Mask(columns - (N.Count - 1) * TLane.Width) : default;
        V c00 = default, c01 = default;
        V c10 = default, c11 = default;
        V c20 = default, c21 = default;
        V c30 = default, c31 = default;
        V c40 = default, c41 = default;
        V c50 = default, c51 = default;
        V c60 = default, c61 = default;
        V c70 = default, c71 = default;
        V c80 = default, c81 = default;
        V c90 = default, c91 = default;
        V c100 = default, c101 = default;
        V c110 = default, c111 = default;
        if (start != null)
        {
            if (R.Count > 0) { c00 = First<N, M>(start, mask); if (N.Count == 2) c01 = Last<M>(start + TLane.Width, mask); }
            if (R.Count > 1) { c10 = First<N, M>(start + rowStart * 1, mask); if (N.Count == 2) c11 = Last<M>(start + rowStart * 1 + TLane.Width, mask); }
            if (R.Count > 2) { c20 = First<N, M>(start + rowStart * 2, mask); if (N.Count == 2) c21 = Last<M>(start + rowStart * 2 + TLane.Width, mask); }
            if (R.Count > 3) { c30 = First<N, M>(start + rowStart * 3, mask); if (N.Count == 2) c31 = Last<M>(start + rowStart * 3 + TLane.Width, mask); }
            if (R.Count > 4) { c40 = First<N, M>(start + rowStart * 4, mask); if (N.Count == 2) c41 = Last<M>(start + rowStart * 4 + TLane.Width, mask); }
            if (R.Count > 5) { c50 = First<N, M>(start + rowStart * 5, mask); if (N.Count == 2) c51 = Last<M>(start + rowStart * 5 + TLane.Width, mask); }
            if (R.Count > 6) { c60 = First<N, M>(start + rowStart * 6, mask); if (N.Count == 2) c61 = Last<M>(start + rowStart * 6 + TLane.Width, mask); }
            if (R.Count > 7) { c70 = First<N, M>(start + rowStart * 7, mask); if (N.Count == 2) c71 = Last<M>(start + rowStart * 7 + TLane.Width, mask); }
            if (R.Count > 8) { c80 = First<N, M>(start + rowStart * 8, mask); if (N.Count == 2) c81 = Last<M>(start + rowStart * 8 + TLane.Width, mask); }
            if (R.Count > 9) { c90 = First<N, M>(start + rowStart * 9, mask); if (N.Count == 2) c91 = Last<M>(start + rowStart * 9 + TLane.Width, mask); }
            if (R.Count > 10) { c100 = First<N, M>(start + rowStart * 10, mask); if (N.Count == 2) c101 = Last<M>(start + rowStart * 10 + TLane.Width, mask); }
            if (R.Count > 11) { c110 = First<N, M>(start + rowStart * 11, mask); if (N.Count == 2) c111 = Last<M>(start + rowStart * 11 + TLane.Width, mask); }
        }
        float* a3 = a + 3 * rowA, a6 = a + 6 * rowA, a9 = a + 9 * rowA, at = b;
        for (int p = 0; p < k; p++)
        {
            if (TSteps.Table)
                at = b + table[p];
            V b0 = First<N, M>(at, mask), b1 = N.Count == 2 ? Last<M>(at + TLane.Width, mask) : default, x;
            if (R.Count > 0) { x = TLane.Broadcast(a); c00 = TLane.MultiplyAdd(x, b0, c00); if (N.Count == 2) c01 = TLane.MultiplyAdd(x, b1, c01); }
            if (R.Count > 1) { x = TLane.Broadcast(a + rowA); c10 = TLane.MultiplyAdd(x, b0, c10); if (N.Count == 2) c11 = TLane.MultiplyAdd(x, b1, c11); }
            if (R.Count > 2) { x = TLane.Broadcast(a + 2 * rowA); c20 = TLane.MultiplyAdd(x, b0, c20); if (N.Count == 2) c21 = TLane.MultiplyAdd(x, b1, c21); }
            if (R.Count > 3) { x = TLane.Broadcast(a3); c30 = TLane.MultiplyAdd(x, b0, c30); if (N.Count == 2) c31 = TLane.MultiplyAdd(x, b1, c31); }
            if (R.Count > 4) { x = TLane.Broadcast(a3 + rowA); c40 = TLane.MultiplyAdd(x, b0, c40); if (N.Count == 2) c41 = TLane.MultiplyAdd(x, b1, c41); }
            if (R.Count > 5) { x = TLane.Broadcast(a3 + 2 * rowA); c50 = TLane.MultiplyAdd(x, b0, c50); if (N.Count == 2) c51 = TLane.MultiplyAdd(x, b1, c51); }
            if (R.Count > 6) { x = TLane.Broadcast(a6); c60 = TLane.MultiplyAdd(x, b0, c60); if (N.Count == 2) c61 = TLane.MultiplyAdd(x, b1, c61); }
            if (R.Count > 7) { x = TLane.Broadcast(a6 + rowA); c70 = TLane.MultiplyAdd(x, b0, c70); if (N.Count == 2) c71 = TLane.MultiplyAdd(x, b1, c71); }
            if (R.Count > 8) { x = TLane.Broadcast(a6 + 2 * rowA); c80 = TLane.MultiplyAdd(x, b0, c80); if (N.Count == 2) c81 = TLane.MultiplyAdd(x, b1, c81); }
            if (R.Count > 9) { x = TLane.Broadcast(a9); c90 = TLane.MultiplyAdd(x, b0, c90); if (N.Count == 2) c91 = TLane.MultiplyAdd(x, b1, c91); }
            if (R.Count > 10) { x = TLane.Broadcast(a9 + rowA); c100 = TLane.MultiplyAdd(x, b0, c100); if (N.Count == 2) c101 = TLane.MultiplyAdd(x, b1, c101); }
            if (R.Count > 11) { x = TLane.Broadcast(a9 + 2 * rowA); c110 = TLane.MultiplyAdd(x, b0, c110); if (N.Count == 2) c111 = TLane.MultiplyAdd(x, b1, c111); }
            a += stepA;
            if (R.Count > 3) a3 += stepA;
            if (R.Count > 6) a6 += stepA;
            if (R.Count > 9) a9 += stepA;
            if (!TSteps.Table)
                at += stepB;
        }
        if (relu)
        {
            if (R.Count > 0) { c00 = TLane.Rectified(c00); if (N.Count == 2) c01 = TLane.Rectified(c01); }
            if (R.Count > 1) { c10 = TLane.Rectified(c10); if (N.Count == 2) c11 = TLane.Rectified(c11); }
            if (R.Count > 2) { c20 = TLane.Rectified(c20); if (N.Count == 2) c21 = TLane.Rectified(c21); }
            if (R.Count > 3) { c30 = TLane.Rectified(c30); if (N.Count == 2) c31 = TLane.Rectified(c31); }
            if (R.Count > 4) { c40 = TLane.Rectified(c40); if (N.Count == 2) c41 = TLane.Rectified(c41); }
            if (R.Count > 5) { c50 = TLane.Rectified(c50); if (N.Count == 2) c51 = TLane.Rectified(c51); }
            if (R.Count > 6) { c60 = TLane.Rectified(c60); if (N.Count == 2) c61 = TLane.Rectified(c61); }
            if (R.Count > 7) { c70 = TLane.Rectified(c70); if (N.Count == 2) c71 = TLane.Rectified(c71); }
            if (R.Count > 8) { c80 = TLane.Rectified(c80); if (N.Count == 2) c81 = TLane.Rectified(c81); }
            if (R.Count > 9) { c90 = TLane.Rectified(c90); if (N.Count == 2) c91 = TLane.Rectified(c91); }
            if (R.Count > 10) { c100 = TLane.Rectified(c100); if (N.Count == 2) c101 = TLane.Rectified(c101); }
            if (R.Count > 11) { c110 = TLane.Rectified(c110); if (N.Count == 2) c111 = TLane.Rectified(c111); }
        }
        if (R.Count > 0) Put<N, M>(c, mask, c00, c01);
        if (R.Count > 1) Put<N, M>(c + rowC * 1, mask, c10, c11);
        if (R.Count > 2) Put<N, M>(c + rowC * 2, mask, c20, c21);
        if (R.Count > 3) Put<N, M>(c + rowC * 3, mask, c30, c31);
        if (R.Count > 4) Put<N, M>(c + rowC * 4, mask, c40, c41);
        if (R.Count > 5) Put<N, M>(c + rowC * 5, mask, c50, c51);
        if (R.Count > 6) Put<N, M>(c + rowC * 6, mask, c60, c61);
        if (R.Count > 7) Put<N, M>(c + rowC * 7, mask, c70, c71);
        if (R.Count > 8) Put<N, M>(c + rowC * 8, mask, c80, c81);
        if (R.Count > 9) Put<N, M>(c + rowC * 9, mask, c90, c91);
        if (R.Count > 10) Put<N, M>(c + rowC * 10, mask, c100, c101);
        if (R.Count > 11) Put<N, M>(c + rowC * 11, mask, c110, c111);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V First<N, M>(float* p, V mask) where N : struct, IRows where M : struct, IRows => N.Count == 1 && M.Count == 2 ? TLane.MaskLoad(p, mask) : TLane.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Last<M>(float* p, V mask) where M : struct, IRows => M.Count == 2 ? TLane.MaskLoad(p, mask) : TLane.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<N, M>(float* c, V mask, V first, V last) where N : struct, IRows where M : struct, IRows
    {
        if (N.Count == 1 && M.Count == 2)
            TLane.MaskStore(c, mask, first);
        else
            TLane.Store(c, first);
        if (N.Count == 2 && M.Count == 2)
            TLane.MaskStore(c + TLane.Width, mask, last);
        else if (N.Count == 2)
            TLane.Store(c + TLane.Width, last);
    }
}
