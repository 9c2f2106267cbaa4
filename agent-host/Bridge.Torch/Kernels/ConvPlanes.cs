namespace Bridge.Torch.Kernels;

/// <summary>
/// One image as the convolution reads it: zeros around, and for a stride s every s-th row and column in a plane of its own, so that neighbours in the
/// output are neighbours in memory. Plane (c, p, q) has at (i, j) the pixel (i StrideY + p - Top, j StrideX + q - Left) of channel c.
/// </summary>
internal readonly unsafe record struct ConvPlanes(int Channels, int Height, int Width, int StrideY, int StrideX, int Top, int Left, int PlaneHeight, int PlaneWidth)
{
    /// <summary>Floats of one plane.</summary>
    public int Plane => PlaneHeight * PlaneWidth;

    /// <summary>Floats from a channel to the next.</summary>
    public int Channel => StrideY * StrideX * Plane;

    public nint Count => (nint)Channels * Channel;

    /// <summary>What the outputs of a convolution read. Outputs (i, j) lie at i PlaneWidth + j plus <see cref="Offset"/>.</summary>
    public static ConvPlanes ForInput(in ConvSize size) => new(size.GroupIn, size.Height, size.Width, size.StrideY, size.StrideX, size.PadY, size.PadX,
        size.OutHeight + (size.KernelHeight - 1) * size.DilationY / size.StrideY, size.OutWidth + (size.KernelWidth - 1) * size.DilationX / size.StrideX);

    /// <summary>Where output (0, 0) finds the pixel for tap (u, v), distances in pixels from the padded corner.</summary>
    public nint Offset(int channel, int u, int v) =>
        (nint)channel * Channel + (nint)(u % StrideY * StrideX + v % StrideX) * Plane + (nint)(u / StrideY) * PlaneWidth + v / StrideX;

    /// <summary>Fills the planes from an image (Channels, Height, Width).</summary>
    public void Fill(float* image, float* planes)
    {
        for (int c = 0; c < Channels; c++)
            for (int p = 0; p < StrideY; p++)
                for (int q = 0; q < StrideX; q++)
                    FillPlane(image + (nint)c * Height * Width, p, q, planes + (nint)c * Channel + (nint)(p * StrideX + q) * Plane);
    }

    private void FillPlane(float* image, int p, int q, float* plane)
    {
        // The columns of the plane that lie in the image: 0 <= j StrideX + q - Left < Width.
        int first = Math.Clamp(CeilDiv(Left - q, StrideX), 0, PlaneWidth), end = Math.Clamp(CeilDiv(Width + Left - q, StrideX), first, PlaneWidth);
        for (int i = 0; i < PlaneHeight; i++)
        {
            var row = new Span<float>(plane + (nint)i * PlaneWidth, PlaneWidth);
            int y = i * StrideY + p - Top;
            if (y < 0 || y >= Height)
            {
                row.Clear();
                continue;
            }
            row[..first].Clear();
            row[end..].Clear();
            float* from = image + (nint)y * Width + q - Left;
            if (StrideX == 1)
                new ReadOnlySpan<float>(from + first, end - first).CopyTo(row[first..]);
            else
                for (int j = first; j < end; j++)
                    row[j] = from[j * StrideX];
        }
    }

    private static int CeilDiv(int a, int b) => a >= 0 ? (a + b - 1) / b : -(-a / b);
}
