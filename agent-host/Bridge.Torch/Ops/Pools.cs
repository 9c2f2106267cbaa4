using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Pooling over images (N, C, H, W), as PyTorch's max_pool2d, avg_pool2d and adaptive_avg_pool2d.</summary>
internal static class Pools
{
    /// <summary>The largest of each window; the stride defaults to the kernel, padding is at most half of the kernel.</summary>
    public static torch.Tensor Max(torch.Tensor x, long[] kernel, long[]? stride, long[]? padding, long[]? dilation, bool ceil)
    {
        PoolSize size = Sized(x, kernel, stride, padding, dilation, ceil, "max_pool2d");
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [x.Sizes[0], x.Sizes[1], size.OutHeight, size.OutWidth], "max_pool2d");
        using torch.Tensor? copy = x.Contiguous ? null : Copying.Contiguous(x, "max_pool2d");
        int[] index = BufferPool.Rent<int>(y.Count);
        Pooling.Max(size, (copy ?? x).Floats, y.Floats, index);
        if (Elementwise.Recorded(x))
            return y.SetHistory(new MaxNode(x, size, index));
        BufferPool.Return(index);
        return y;
    }

    /// <summary>The mean of each window; the stride defaults to the kernel.</summary>
    public static torch.Tensor Average(torch.Tensor x, long[] kernel, long[]? stride, long[]? padding, bool ceil, bool countPad)
    {
        PoolSize size = Sized(x, kernel, stride, padding, null, ceil, "avg_pool2d");
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [x.Sizes[0], x.Sizes[1], size.OutHeight, size.OutWidth], "avg_pool2d");
        using torch.Tensor? copy = x.Contiguous ? null : Copying.Contiguous(x, "avg_pool2d");
        Pooling.Average(size, countPad, (copy ?? x).Floats, y.Floats);
        return Elementwise.Recorded(x) ? y.SetHistory(new AverageNode(x, size, countPad)) : y;
    }

    /// <summary>Means over windows that cover the image, so that the output has this size.</summary>
    public static torch.Tensor AdaptiveAverage(torch.Tensor x, long[] outputSize)
    {
        const string operation = "adaptive_avg_pool2d";
        Window.Images(x, operation);
        Window output = Window.From(outputSize, new(1, 1), 1, operation, "output_size");
        if (x.Sizes[2] < 1 || x.Sizes[3] < 1)
            throw new ArgumentException($"{operation}: {x.Text} has no pixels");
        var size = new PoolSize((int)(x.Sizes[0] * x.Sizes[1]), (int)x.Sizes[2], (int)x.Sizes[3], output.Y, output.X);
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [x.Sizes[0], x.Sizes[1], output.Y, output.X], operation);
        using torch.Tensor? copy = x.Contiguous ? null : Copying.Contiguous(x, operation);
        Pooling.Adaptive(size, (copy ?? x).Floats, y.Floats);
        return Elementwise.Recorded(x) ? y.SetHistory(new AdaptiveNode(x, size)) : y;
    }

    private static PoolSize Sized(torch.Tensor x, long[] kernel, long[]? stride, long[]? padding, long[]? dilation, bool ceil, string operation)
    {
        Window.Images(x, operation);
        Window size = Window.From(kernel, new(1, 1), 1, operation, "kernel_size"), step = Window.From(stride, size, 1, operation, "stride");
        Window pad = Window.From(padding, new(0, 0), 0, operation, "padding"), spread = Window.From(dilation, new(1, 1), 1, operation, "dilation");
        if (2 * pad.Y > size.Y || 2 * pad.X > size.X)
            throw new ArgumentException($"{operation}: padding {pad.Y}, {pad.X} is more than half of the kernel {size.Y}, {size.X}");
        int height = PoolSize.Outputs((int)x.Sizes[2], size.Y, step.Y, pad.Y, spread.Y, ceil), width = PoolSize.Outputs((int)x.Sizes[3], size.X, step.X, pad.X, spread.X, ceil);
        if (height < 1 || width < 1)
            throw new ArgumentException($"{operation}: {x.Text} with a kernel of {size.Y} x {size.X}: the padded image is smaller than the kernel");
        return new((int)(x.Sizes[0] * x.Sizes[1]), (int)x.Sizes[2], (int)x.Sizes[3], height, width)
        {
            KernelHeight = size.Y, KernelWidth = size.X, StrideY = step.Y, StrideX = step.X, PadY = pad.Y, PadX = pad.X, DilationY = spread.Y, DilationX = spread.X,
        };
    }

    private sealed class MaxNode(torch.Tensor x, PoolSize size, int[] index) : Node("max_pool2d", x)
    {
        private readonly long[] _sizes = x.Sizes;
        private int[] _index = index;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes);
            Pooling.MaxGradient(size, gradient.Dense().Floats, _index, dx.Floats);
            Send(0, dx);
        }

        protected override void ReleaseSaved()
        {
            BufferPool.Return(_index);
            _index = [];
        }
    }

    private sealed class AverageNode(torch.Tensor x, PoolSize size, bool countPad) : Node("avg_pool2d", x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes);
            Pooling.AverageGradient(size, countPad, gradient.Dense().Floats, dx.Floats);
            Send(0, dx);
        }
    }

    private sealed class AdaptiveNode(torch.Tensor x, PoolSize size) : Node("adaptive_avg_pool2d", x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes);
            Pooling.AdaptiveGradient(size, gradient.Dense().Floats, dx.Floats);
            Send(0, dx);
        }
    }
}
