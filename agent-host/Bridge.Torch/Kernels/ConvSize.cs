namespace Bridge.Torch.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution: x (Batch, InChannels, Height, Width) → y (Batch, OutChannels, OutHeight, OutWidth), weights
/// (OutChannels, InChannels / Groups, KernelHeight, KernelWidth). y(n, o, i, j) = sum over c, u, v of w(o, c, u, v) x(n, c, i Stride + u Dilation - Pad, …),
/// x being 0 outside. Row and column quantities are told apart by Y and X.
/// </summary>
internal readonly record struct ConvSize(int Batch, int InChannels, int Height, int Width, int OutChannels, int KernelHeight, int KernelWidth)
{
    public int StrideY { get; init; } = 1;

    public int StrideX { get; init; } = 1;

    /// <summary>Zeros above and below.</summary>
    public int PadY { get; init; }

    /// <summary>Zeros left and right.</summary>
    public int PadX { get; init; }

    public int DilationY { get; init; } = 1;

    public int DilationX { get; init; } = 1;

    /// <summary>The channels of a group see only each other.</summary>
    public int Groups { get; init; } = 1;

    public int OutHeight => (Height + 2 * PadY - DilationY * (KernelHeight - 1) - 1) / StrideY + 1;

    public int OutWidth => (Width + 2 * PadX - DilationX * (KernelWidth - 1) - 1) / StrideX + 1;

    public int GroupIn => InChannels / Groups;

    public int GroupOut => OutChannels / Groups;

    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Multiply-adds of the product.</summary>
    public long Work => (long)Batch * OutChannels * OutHeight * OutWidth * GroupIn * Taps;
}
