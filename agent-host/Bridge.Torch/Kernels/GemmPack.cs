using System.Runtime.Intrinsics;

namespace Bridge.Torch.Kernels;

/// <summary>Copies parts of a matrix to where the innermost kernel reads them in order.</summary>
internal static unsafe class GemmPack
{
    /// <summary>
    /// to[p panel + j] = from(p, j) for p below <paramref name="k"/>, j below <paramref name="width"/>, and 0 for the rest of the panel.
    /// </summary>
    public static void Panel(float* from, MatrixStrides strides, int k, int width, int panel, float* to)
    {
        if (width < panel)
            for (int p = 0; p < k; p++)
                new Span<float>(to + (nint)p * panel + width, panel - width).Clear();
        if (strides.Column == 1)
        {
            for (int p = 0; p < k; p++)
                Row(from + p * strides.Row, width, to + (nint)p * panel);
        }
        else if (strides.Row == 1)
        {
            Transpose.Copy(from, strides.Column, width, k, to, panel);
        }
        else
        {
            for (int p = 0; p < k; p++)
                for (int j = 0; j < width; j++)
                    to[(nint)p * panel + j] = from[p * strides.Row + j * strides.Column];
        }
    }

    // A tile of A is 4 to 12 wide: the last register overlaps the one before instead of leaving single floats.
    private static void Row(float* from, int width, float* to)
    {
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j + 16 <= width; j += 16)
                Vector512.Load(from + j).Store(to + j);
        }
        if (Vector256.IsHardwareAccelerated)
        {
            for (; j + 8 <= width; j += 8)
                Vector256.Load(from + j).Store(to + j);
        }
        if (Vector128.IsHardwareAccelerated && width >= 4)
        {
            if (j + 4 <= width)
            {
                Vector128.Load(from + j).Store(to + j);
                j += 4;
            }
            if (j < width)
                Vector128.Load(from + width - 4).Store(to + width - 4);
            return;
        }
        for (; j < width; j++)
            to[j] = from[j];
    }
}
