using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>interpolate and pad over images (N, C, H, W): each output pixel is a weighted sum of two rows by two columns.</summary>
internal static class Resizing
{
    /// <summary>The nearest pixel. <paramref name="scales"/>: input pixels for each output pixel along rows and columns, or none for the ratio of the sizes.</summary>
    public static torch.Tensor Nearest(torch.Tensor x, long[] size, (double Y, double X)? scales = null) => Resize(x, size, Checked(x, size), (n, length, scale) => Axis.Nearest(n, length, scale), scales);

    /// <summary>Bilinear between pixel centres, or with <paramref name="alignCorners"/> so that corner pixels fall on corner pixels.</summary>
    public static torch.Tensor Bilinear(torch.Tensor x, long[] size, bool alignCorners, (double Y, double X)? scales = null) =>
        Resize(x, size, Checked(x, size), (n, length, scale) => Axis.Linear(n, length, scale, alignCorners), scales);

    /// <summary>
    /// Adds pixels around the last one or two dimensions: <paramref name="pad"/> is (left, right) or (left, right, top, bottom), negative numbers cut. The new pixels are
    /// <paramref name="value"/>, or with <paramref name="mode"/> mirrored at the edge pixel, or the edge pixel again.
    /// </summary>
    /// <exception cref="ArgumentException">Not 2 or 4 numbers, more than the mode can fill, or nothing would be left.</exception>
    public static torch.Tensor Pad(torch.Tensor x, long[] pad, PadMode mode, float value)
    {
        const string operation = "pad";
        x.Require(torch.ScalarType.Float32, operation);
        if (pad.Length is not (2 or 4) || x.Rank < pad.Length / 2)
            throw new ArgumentException($"{operation}: {x.Text} with padding {Tensors.Shape.Text(pad)}: two numbers for each of the last one or two dimensions are needed");
        long[] sizes = (long[])x.Sizes.Clone();
        var axes = new Axis[2];
        for (int d = 0; d < 2; d++)
        {
            bool has = d < pad.Length / 2;
            int length = d < x.Rank ? (int)x.Sizes[x.Rank - 1 - d] : 1;
            long before = has ? pad[2 * d] : 0, after = has ? pad[2 * d + 1] : 0, n = length + before + after;
            bool tooMuch = mode == PadMode.Reflect ? Math.Max(before, after) >= length : mode == PadMode.Replicate && length == 0;
            if (n < 1 || n > int.MaxValue || tooMuch && has)
                throw new ArgumentException($"{operation}: {x.Text} with padding {Tensors.Shape.Text(pad)}: a side of {length} would become {n}, which {mode} cannot fill");
            axes[d] = Axis.Padded(length, (int)before, (int)n, mode);
            if (d < x.Rank)
                sizes[x.Rank - 1 - d] = n;
        }
        return Apply(operation, x, sizes, axes[1], axes[0], value);
    }

    private static string Checked(torch.Tensor x, long[] size)
    {
        const string operation = "interpolate";
        Window.Images(x, operation);
        if (size.Length != 2 || size[0] < 1 || size[1] < 1 || size[0] > int.MaxValue || size[1] > int.MaxValue || x.Sizes[2] < 1 || x.Sizes[3] < 1)
            throw new ArgumentException($"{operation}: {x.Text} to size {Tensors.Shape.Text(size)}: two sizes of 1 or more are needed");
        return operation;
    }

    private static torch.Tensor Resize(torch.Tensor x, long[] size, string operation, Func<int, int, double, Axis> axis, (double Y, double X)? scales) =>
        Apply(operation, x, [x.Sizes[0], x.Sizes[1], size[0], size[1]],
            axis((int)size[0], (int)x.Sizes[2], scales?.Y ?? (double)x.Sizes[2] / size[0]), axis((int)size[1], (int)x.Sizes[3], scales?.X ?? (double)x.Sizes[3] / size[1]), 0);

    private static torch.Tensor Apply(string operation, torch.Tensor x, long[] sizes, Axis rows, Axis columns, float fill)
    {
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, sizes, operation);
        using torch.Tensor? copy = x.Contiguous ? null : Copying.Contiguous(x, operation);
        Resampling.Forward(rows, columns, (copy ?? x).Floats, y.Floats, fill);
        return Elementwise.Recorded(x) ? y.SetHistory(new ResizeNode(operation, x, rows, columns)) : y;
    }

    private sealed class ResizeNode(string name, torch.Tensor x, Axis rows, Axis columns) : Node(name, x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes);
            Resampling.Backward(rows, columns, gradient.Dense().Floats, dx.Floats);
            Send(0, dx);
        }
    }
}
