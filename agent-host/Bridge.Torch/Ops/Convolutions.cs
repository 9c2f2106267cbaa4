using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Two-dimensional convolution and its transpose.</summary>
internal static class Convolutions
{
    /// <summary>x (N, C, H, W), weight (O, C / groups, U, V), bias (O) or none → (N, O, H', W'). PyTorch's conv2d; defaults: stride and dilation 1, padding 0.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit each other, a number is out of range, or the output would be empty.</exception>
    public static torch.Tensor Conv2d(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long[]? strides, long[]? padding, long[]? dilation, long groups)
    {
        const string operation = "conv2d";
        Window.Images(x, operation);
        Check(x, weight, bias, groups, operation);
        if (weight.Sizes[1] * groups != x.Sizes[1] || weight.Sizes[0] % groups != 0)
            throw new ArgumentException($"{operation}: {x.Text} with weight {weight.Text} in {groups} groups: {x.Sizes[1]} channels and {weight.Sizes[1]} a group do not fit");
        ConvSize size = Sized(x, weight.Sizes[0], weight, strides, padding, dilation, groups, operation);
        if (size.OutHeight < 1 || size.OutWidth < 1 || size.Height + 2 * size.PadY < size.DilationY * (size.KernelHeight - 1) + 1 || size.Width + 2 * size.PadX < size.DilationX * (size.KernelWidth - 1) + 1)
            throw new ArgumentException($"{operation}: {x.Text} with weight {weight.Text}: the padded image ({size.Height + 2 * size.PadY} x {size.Width + 2 * size.PadX}) is smaller than the kernel");
        CheckBias(bias, weight.Sizes[0], operation);
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [size.Batch, size.OutChannels, size.OutHeight, size.OutWidth], operation);
        torch.Tensor denseX = x.Dense(), denseW = weight.Dense();
        using torch.Tensor? b = bias?.Dense().Share();
        Convolution.Forward(size, denseX.Floats, denseW.Floats, b is null ? default : b.Floats, y.Floats);
        return Finish(y, Elementwise.Recorded(x, weight, bias) ? new ConvNode(operation, size, false, x, weight, bias, denseX, denseW) : null, x, weight, denseX, denseW);
    }

    /// <summary>x (N, C, H, W), weight (C, O / groups, U, V), bias (O) or none → (N, O, H', W'), H' = (H - 1) stride - 2 padding + dilation (U - 1) + output_padding + 1.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit each other, a number is out of range, or the output would be empty.</exception>
    public static torch.Tensor ConvTranspose2d(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long[]? strides, long[]? padding, long[]? outputPadding, long[]? dilation, long groups)
    {
        const string operation = "conv_transpose2d";
        Window.Images(x, operation);
        Check(x, weight, bias, groups, operation);
        if (weight.Sizes[0] != x.Sizes[1] || x.Sizes[1] % groups != 0)
            throw new ArgumentException($"{operation}: {x.Text} with weight {weight.Text} in {groups} groups: the weight is for {weight.Sizes[0]} channels");
        Window extra = Window.From(outputPadding, new(0, 0), 0, operation, "output_padding");
        // The convolution that this is the transpose of: its output is our input.
        ConvSize size = Sized(x, x.Sizes[1], weight, strides, padding, dilation, groups, operation) with { InChannels = checked((int)(weight.Sizes[1] * groups)) };
        if (extra.Y >= Math.Max(size.StrideY, size.DilationY) || extra.X >= Math.Max(size.StrideX, size.DilationX))
            throw new ArgumentException($"{operation}: output_padding {extra.Y}, {extra.X} must be less than stride or dilation");
        long height = (x.Sizes[2] - 1) * size.StrideY - 2L * size.PadY + (long)size.DilationY * (size.KernelHeight - 1) + extra.Y + 1;
        long width = (x.Sizes[3] - 1) * size.StrideX - 2L * size.PadX + (long)size.DilationX * (size.KernelWidth - 1) + extra.X + 1;
        if (height < 1 || width < 1 || x.Sizes[2] < 1 || x.Sizes[3] < 1)
            throw new ArgumentException($"{operation}: {x.Text} with weight {weight.Text}: the output would be {height} x {width}");
        CheckBias(bias, size.InChannels, operation);
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [size.Batch, size.InChannels, height, width], operation);
        // Output padding of a whole stride gives rows that the convolution does not read: it only makes OutHeight larger, which is what x has not.
        size = size with { Height = (int)height, Width = (int)width };
        if (size.OutHeight != x.Sizes[2] || size.OutWidth != x.Sizes[3])
            throw new ArgumentException($"{operation}: output_padding {extra.Y}, {extra.X} must be less than the stride");
        torch.Tensor denseX = x.Dense(), denseW = weight.Dense();
        using torch.Tensor? b = bias?.Dense().Share();
        Convolution.Input(size, denseX.Floats, denseW.Floats, b is null ? default : b.Floats, y.Floats);
        return Finish(y, Elementwise.Recorded(x, weight, bias) ? new ConvNode(operation, size, true, x, weight, bias, denseX, denseW) : null, x, weight, denseX, denseW);
    }

    private static torch.Tensor Finish(torch.Tensor y, ConvNode? node, torch.Tensor x, torch.Tensor weight, torch.Tensor denseX, torch.Tensor denseW)
    {
        if (!ReferenceEquals(denseX, x))
            denseX.Dispose();
        if (!ReferenceEquals(denseW, weight))
            denseW.Dispose();
        return node is null ? y : y.SetHistory(node);
    }

    private static void Check(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long groups, string operation)
    {
        weight.Require(torch.ScalarType.Float32, operation);
        bias?.Require(torch.ScalarType.Float32, operation);
        if (weight.Rank != 4 || weight.Count == 0)
            throw new ArgumentException($"{operation}: {x.Text} with weight {weight.Text}: a weight has four sizes, none of them 0");
        if (groups < 1)
            throw new ArgumentException($"{operation}: groups {groups} is not 1 or more");
    }

    private static void CheckBias(torch.Tensor? bias, long channels, string operation)
    {
        if (bias is not null && (bias.Rank != 1 || bias.Count != channels))
            throw new ArgumentException($"{operation}: bias {bias.Text} for {channels} channels");
    }

    private static ConvSize Sized(torch.Tensor x, long outChannels, torch.Tensor weight, long[]? strides, long[]? padding, long[]? dilation, long groups, string operation)
    {
        Window stride = Window.From(strides, new(1, 1), 1, operation, "stride"), pad = Window.From(padding, new(0, 0), 0, operation, "padding"), step = Window.From(dilation, new(1, 1), 1, operation, "dilation");
        if ((long)step.Y * weight.Sizes[2] > int.MaxValue / 4 || (long)step.X * weight.Sizes[3] > int.MaxValue / 4)
            throw new ArgumentException($"{operation}: dilation {step.Y}, {step.X} of weight {weight.Text} reaches too far");
        return new((int)x.Sizes[0], (int)x.Sizes[1], (int)x.Sizes[2], (int)x.Sizes[3], (int)outChannels, (int)weight.Sizes[2], (int)weight.Sizes[3])
        {
            StrideY = stride.Y, StrideX = stride.X, PadY = pad.Y, PadX = pad.X, DilationY = step.Y, DilationX = step.X, Groups = (int)groups,
        };
    }

    /// <summary>Of either: for the transposed one the input is the convolution's output, and the other way round.</summary>
    private sealed class ConvNode(string name, ConvSize size, bool transposed, torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, torch.Tensor denseX, torch.Tensor denseW) : Node(name, x, weight, bias)
    {
        private SavedTensor _x = new(denseX, name), _weight = new(denseW, name);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), weight = _weight.Get(Name), g = gradient.Dense();
            if (Wants(0))
            {
                torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
                if (transposed)
                    Convolution.Forward(size, g.Floats, weight.Floats, default, dx.Floats);
                else
                    Convolution.Input(size, g.Floats, weight.Floats, default, dx.Floats);
                Send(0, dx);
            }
            if (Wants(1))
            {
                torch.Tensor dw = torch.Tensor.Empty(torch.ScalarType.Float32, weight.Sizes);
                if (transposed)
                    Convolution.Weights(size, g.Floats, x.Floats, dw.Floats);
                else
                    Convolution.Weights(size, x.Floats, g.Floats, dw.Floats);
                Send(1, dw);
            }
            if (Wants(2))
            {
                torch.Tensor db = torch.Tensor.Empty(torch.ScalarType.Float32, [g.Sizes[1]]);
                Convolution.Bias((int)g.Sizes[0], (int)g.Sizes[1], checked((int)(g.Sizes[2] * g.Sizes[3])), g.Floats, db.Floats);
                Send(2, db);
            }
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _weight.Release();
        }
    }
}
