using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The largest element of each window.</summary>
public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] _kernel, _stride, _padding, _dilation;
    private readonly bool _ceil;

    internal MaxPool2d((long, long) kernel, (long, long)? stride, (long, long)? padding, (long, long)? dilation, bool ceil) : base(nameof(MaxPool2d))
    {
        _kernel = Sizes.AtLeast(1, kernel, "MaxPool2d: kernel_size");
        _stride = Sizes.AtLeast(1, stride ?? kernel, "MaxPool2d: stride");
        _padding = Sizes.AtLeast(0, padding ?? (0, 0), "MaxPool2d: padding");
        _dilation = Sizes.AtLeast(1, dilation ?? (1, 1), "MaxPool2d: dilation");
        _ceil = ceil;
    }

    public override Tensor forward(Tensor tensor) => nn.functional.max_pool2d(tensor, _kernel, _stride, _padding, _dilation, _ceil);
}

/// <summary>The mean of each window.</summary>
public sealed class AvgPool2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] _kernel, _stride, _padding;
    private readonly bool _ceil, _countPadding;

    internal AvgPool2d((long, long) kernel, (long, long)? stride, (long, long)? padding, bool ceil, bool countPadding) : base(nameof(AvgPool2d))
    {
        _kernel = Sizes.AtLeast(1, kernel, "AvgPool2d: kernel_size");
        _stride = Sizes.AtLeast(1, stride ?? kernel, "AvgPool2d: stride");
        _padding = Sizes.AtLeast(0, padding ?? (0, 0), "AvgPool2d: padding");
        (_ceil, _countPadding) = (ceil, countPadding);
    }

    public override Tensor forward(Tensor tensor) => nn.functional.avg_pool2d(tensor, _kernel, _stride, _padding, _ceil, _countPadding);
}

/// <summary>Means over as many windows as the output is to have elements.</summary>
public sealed class AdaptiveAvgPool2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] _size;

    internal AdaptiveAvgPool2d((long, long) size) : base(nameof(AdaptiveAvgPool2d)) => _size = Sizes.AtLeast(1, size, "AdaptiveAvgPool2d: output_size");

    public override Tensor forward(Tensor tensor) => nn.functional.adaptive_avg_pool2d(tensor, _size);
}
