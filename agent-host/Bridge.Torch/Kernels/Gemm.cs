using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bridge.Torch.Kernels;

/// <summary>Where an element of a matrix lies: element (i, j) is at i <paramref name="Row"/> + j <paramref name="Column"/>, in floats, neither negative.</summary>
internal readonly record struct MatrixStrides(nint Row, nint Column)
{
    /// <summary>Row after row without gaps.</summary>
    public static MatrixStrides RowMajor(int columns) => new(columns, 1);

    /// <summary>The transpose of a row-major matrix that has <paramref name="rows"/> elements in each of its own rows.</summary>
    public static MatrixStrides Transposed(int rows) => new(1, rows);

    /// <summary>Index behind the last element of a matrix of that size.</summary>
    public nint Extent(int rows, int columns) => rows == 0 || columns == 0 ? 0 : (rows - 1) * Row + (columns - 1) * Column + 1;
}

/// <summary>
/// The matrix product of floats, after Goto and van de Geijn 2008: B is packed in panels, A is read in tiles of rows, and the innermost tile of C stays in
/// registers (<see cref="GemmTile{V, TLane, TSteps}"/>). Transposes are strides and need no copy. The result has the same bits for any number of threads: how k is
/// cut depends only on the sizes.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>C = A B, or C += A B where <paramref name="accumulate"/>. A is m x k, B is k x n, C is m x n with rows <paramref name="rowC"/> floats apart.</summary>
    /// <exception cref="ArgumentException">A size is negative, or a span is too short for its size and strides.</exception>
    public static void Multiply(int m, int n, int k, ReadOnlySpan<float> a, MatrixStrides stridesA, ReadOnlySpan<float> b, MatrixStrides stridesB, Span<float> c, nint rowC, bool accumulate = false)
    {
        Check(m, n, k, a, stridesA, b, stridesB, c, rowC);
        fixed (float* pa = a, pb = b, pc = c)
            Run(m, n, k, pa, stridesA, pb, stridesB, pc, rowC, accumulate ? pc : null, rowC);
    }

    /// <summary>C = A B + bias, with the n floats of <paramref name="bias"/> (or none) added to each row; max(C, 0) with <paramref name="relu"/>.</summary>
    /// <exception cref="ArgumentException">A size is negative, or a span is too short for its size and strides.</exception>
    public static void MultiplyAdd(int m, int n, int k, ReadOnlySpan<float> a, MatrixStrides stridesA, ReadOnlySpan<float> b, MatrixStrides stridesB, ReadOnlySpan<float> bias, Span<float> c, nint rowC, bool relu = false)
    {
        Check(m, n, k, a, stridesA, b, stridesB, c, rowC);
        if (bias.Length > 0 && bias.Length < n)
            throw new ArgumentException($"matrix product: {n} columns need as many biases, not {bias.Length}");
        fixed (float* pa = a, pb = b, pc = c, start = bias)
            Run(m, n, k, pa, stridesA, pb, stridesB, pc, rowC, start, 0, relu);
    }

    /// <summary>C = start + A B over memory that stays where it is; start's rows are <paramref name="rowStart"/> floats apart, null means 0. max(C, 0) with <paramref name="relu"/>.</summary>
    public static void Run(int m, int n, int k, float* a, MatrixStrides sa, float* b, MatrixStrides sb, float* c, nint rowC, float* start, nint rowStart, bool relu = false)
    {
        if (m == 0 || n == 0)
            return;
        if (Avx512F.IsSupported)
            GemmBlocks<Vector512<float>, Lane512>.Run(m, n, k, a, sa, b, sb, c, rowC, start, rowStart, null, relu);
        else if (Fma.IsSupported && Avx2.IsSupported)
            GemmBlocks<Vector256<float>, Lane256>.Run(m, n, k, a, sa, b, sb, c, rowC, start, rowStart, null, relu);
        else
            GemmBlocks<float, Lane1>.Run(m, n, k, a, sa, b, sb, c, rowC, start, rowStart, null, relu);
    }

    /// <summary>Floats that <see cref="Pack"/> writes.</summary>
    public static nint PackedCount(int n, int k) => Avx512F.IsSupported ? GemmBlocks<Vector512<float>, Lane512>.PackedCount(n, k)
        : Fma.IsSupported && Avx2.IsSupported ? GemmBlocks<Vector256<float>, Lane256>.PackedCount(n, k) : GemmBlocks<float, Lane1>.PackedCount(n, k);

    /// <summary>Packs B (k x n) once, for products with several A.</summary>
    public static void Pack(int n, int k, float* b, MatrixStrides sb, float* to)
    {
        if (Avx512F.IsSupported)
            GemmBlocks<Vector512<float>, Lane512>.Pack(n, k, b, sb, to);
        else if (Fma.IsSupported && Avx2.IsSupported)
            GemmBlocks<Vector256<float>, Lane256>.Pack(n, k, b, sb, to);
        else
            GemmBlocks<float, Lane1>.Pack(n, k, b, sb, to);
    }

    /// <summary>C = start + A B, where <paramref name="packed"/> is B from <see cref="Pack"/>.</summary>
    public static void RunPacked(int m, int n, int k, float* a, MatrixStrides sa, float* packed, float* c, nint rowC, float* start, nint rowStart)
    {
        if (m == 0 || n == 0)
            return;
        if (Avx512F.IsSupported)
            GemmBlocks<Vector512<float>, Lane512>.Run(m, n, k, a, sa, null, default, c, rowC, start, rowStart, packed);
        else if (Fma.IsSupported && Avx2.IsSupported)
            GemmBlocks<Vector256<float>, Lane256>.Run(m, n, k, a, sa, null, default, c, rowC, start, rowStart, packed);
        else
            GemmBlocks<float, Lane1>.Run(m, n, k, a, sa, null, default, c, rowC, start, rowStart, packed);
    }

    private static void Check(int m, int n, int k, ReadOnlySpan<float> a, MatrixStrides sa, ReadOnlySpan<float> b, MatrixStrides sb, ReadOnlySpan<float> c, nint rowC)
    {
        if (m < 0 || n < 0 || k < 0)
            throw new ArgumentException($"matrix product: [{m}, {k}] x [{k}, {n}]: a size is negative");
        if (a.Length < sa.Extent(m, k) || b.Length < sb.Extent(k, n) || c.Length < new MatrixStrides(rowC, 1).Extent(m, n))
            throw new ArgumentException($"matrix product: [{m}, {k}] x [{k}, {n}]: {a.Length}, {b.Length} and {c.Length} floats are too few for these strides");
    }
}
