using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bridge.Torch.Kernels;

/// <summary>Transposing copies.</summary>
internal static unsafe class Transpose
{
    /// <summary>to[c stepTo + r] = from[r rowFrom + c] for r below <paramref name="rows"/>, c below <paramref name="columns"/>; strides in floats. The two must not overlap.</summary>
    public static void Copy(float* from, nint rowFrom, int rows, int columns, float* to, nint stepTo)
    {
        int r = 0;
        if (Avx.IsSupported)
        {
            for (; r + 8 <= rows; r += 8)
            {
                int c = 0;
                for (; c + 8 <= columns; c += 8)
                    Block8(from + r * rowFrom + c, rowFrom, to + c * stepTo + r, stepTo);
                for (; c < columns; c++)
                    for (int i = r; i < r + 8; i++)
                        to[c * stepTo + i] = from[i * rowFrom + c];
            }
            for (; r + 4 <= rows; r += 4)
            {
                int c = 0;
                for (; c + 4 <= columns; c += 4)
                    Block4(from + r * rowFrom + c, rowFrom, to + c * stepTo + r, stepTo);
                for (; c < columns; c++)
                    for (int i = r; i < r + 4; i++)
                        to[c * stepTo + i] = from[i * rowFrom + c];
            }
        }
        for (; r < rows; r++)
            for (int c = 0; c < columns; c++)
                to[c * stepTo + r] = from[r * rowFrom + c];
    }

    private static void Block8(float* from, nint row, float* to, nint step)
    {
        // Lower and upper halves are paired by the loads, so two rounds of in-lane shuffles are enough.
        Vector256<float> r0 = Pair(from, from + 4 * row), r1 = Pair(from + row, from + 5 * row), r2 = Pair(from + 2 * row, from + 6 * row), r3 = Pair(from + 3 * row, from + 7 * row);
        Vector256<float> r4 = Pair(from + 4, from + 4 * row + 4), r5 = Pair(from + row + 4, from + 5 * row + 4), r6 = Pair(from + 2 * row + 4, from + 6 * row + 4), r7 = Pair(from + 3 * row + 4, from + 7 * row + 4);
        Quad(r0, r1, r2, r3, to, step);
        Quad(r4, r5, r6, r7, to + 4 * step, step);
    }

    private static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    private static void Quad(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* to, nint step)
    {
        Vector256<float> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
        Avx.Shuffle(ab0, cd0, 0b01_00_01_00).Store(to);
        Avx.Shuffle(ab0, cd0, 0b11_10_11_10).Store(to + step);
        Avx.Shuffle(ab1, cd1, 0b01_00_01_00).Store(to + 2 * step);
        Avx.Shuffle(ab1, cd1, 0b11_10_11_10).Store(to + 3 * step);
    }

    private static void Block4(float* from, nint row, float* to, nint step)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + row), c = Vector128.Load(from + 2 * row), d = Vector128.Load(from + 3 * row);
        Vector128<float> ab0 = Sse.UnpackLow(a, b), ab1 = Sse.UnpackHigh(a, b), cd0 = Sse.UnpackLow(c, d), cd1 = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab0, cd0).Store(to);
        Sse.MoveHighToLow(cd0, ab0).Store(to + step);
        Sse.MoveLowToHigh(ab1, cd1).Store(to + 2 * step);
        Sse.MoveHighToLow(cd1, ab1).Store(to + 3 * step);
    }
}
