namespace Bridge.Torch.Kernels;

/// <summary>Sizes of a pooling over planes (batch times channels) of Height x Width pixels.</summary>
internal readonly record struct PoolSize(int Planes, int Height, int Width, int OutHeight, int OutWidth)
{
    public int KernelHeight { get; init; }

    public int KernelWidth { get; init; }

    public int StrideY { get; init; }

    public int StrideX { get; init; }

    public int PadY { get; init; }

    public int PadX { get; init; }

    public int DilationY { get; init; } = 1;

    public int DilationX { get; init; } = 1;

    /// <summary>Outputs along one side; with <paramref name="ceil"/> a last window may reach out of the padded image but must begin inside the image or its left padding.</summary>
    public static int Outputs(int length, int kernel, int stride, int pad, int dilation, bool ceil)
    {
        long free = (long)length + 2L * pad - (long)dilation * (kernel - 1) - 1;
        if (free < 0)
            return 0;
        long outputs = (free + (ceil ? stride - 1 : 0)) / stride + 1;
        if (ceil && (outputs - 1) * stride >= length + pad)
            outputs--;
        return (int)outputs;
    }
}
