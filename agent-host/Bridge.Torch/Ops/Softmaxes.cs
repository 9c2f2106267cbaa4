using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>softmax, log_softmax and logsumexp along a dimension.</summary>
internal static class Softmaxes
{
    public static torch.Tensor Softmax(torch.Tensor x, long dim) => Run(x, dim, false, "softmax");

    public static torch.Tensor LogSoftmax(torch.Tensor x, long dim) => Run(x, dim, true, "log_softmax");

    public static torch.Tensor LogSumExp(torch.Tensor x, long dim, bool keepDim)
    {
        torch.Tensor real = Arithmetic.Real(x);
        var axes = new Axes(x.Sizes, [dim], "logsumexp");
        torch.Tensor y = Reductions.Fold<float, LogSum>(real, axes, keepDim, "logsumexp");
        return Elementwise.Recorded(x) ? y.SetHistory(new LogSumExpNode(x, y, axes)) : y;
    }

    private static torch.Tensor Run(torch.Tensor x, long dim, bool log, string operation)
    {
        x.Require(torch.ScalarType.Float32, operation);
        int d = Shape.Dim(dim, x.Rank, operation);
        (int outer, int n, int inner) = Shape.Split(x.Sizes, d);
        torch.Tensor y;
        if (inner == 1)
        {
            using torch.Tensor? dense = x.Contiguous ? null : Copying.Contiguous(x);
            y = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
            if (y.Count > 0)
                Workers.For(RowBlocks.Count(outer, n), new ForwardRows(dense ?? x, y, n, log), y.Count * 8L);
        }
        else
        {
            // The dimension goes to the end and back.
            using torch.Tensor last = Views.Transpose(x.detach(), d, -1);
            using torch.Tensor result = Run(last, -1, log, operation);
            using torch.Tensor back = Views.Transpose(result, d, -1);
            y = Copying.Contiguous(back);
        }
        return Elementwise.Recorded(x) ? y.SetHistory(new SoftmaxNode(operation, x, y, d, log)) : y;
    }

    private readonly struct ForwardRows(torch.Tensor x, torch.Tensor y, int n, bool log) : IBlockWork
    {
        public void Run(int block)
        {
            (int first, int count) = RowBlocks.Part(block, x.Count / n, n);
            for (int r = first; r < first + count; r++)
                if (log)
                    SoftmaxKernels.LogRow(x.Floats.Slice(r * n, n), y.Floats.Slice(r * n, n));
                else
                    SoftmaxKernels.Row(x.Floats.Slice(r * n, n), y.Floats.Slice(r * n, n));
        }
    }

    private readonly struct LogSum : IReduction<float>
    {
        public static float Row(ReadOnlySpan<float> x) => SoftmaxKernels.LogSumExp(x);

        public static void Columns(ReadOnlySpan<float> x, int rows, Span<float> y)
        {
            int n = y.Length;
            for (int j = 0; j < n; j++)
            {
                float top = float.NegativeInfinity;
                for (int r = 0; r < rows; r++)
                    top = MathF.Max(top, x[r * n + j]);
                double sum = 0;
                for (int r = 0; r < rows && float.IsFinite(top); r++)
                    sum += Math.Exp(x[r * n + j] - top);
                y[j] = float.IsFinite(top) ? (float)(top + Math.Log(sum)) : top;
            }
        }
    }

    /// <summary>softmax: dx = y (g - Σ g y). log_softmax: dx = g - exp(y) Σ g.</summary>
    private sealed class SoftmaxNode(string name, torch.Tensor x, torch.Tensor y, int dim, bool log) : Node(name, x)
    {
        private SavedTensor _y = new(y, name);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor y = _y.Get(Name);
            if (y.Rank == 0 || Shape.Split(y.Sizes, dim).Inner == 1)
                Send(0, Rows(y, gradient.Dense()));
            else
            {
                torch.Tensor dx = Rows(Views.Transpose(y, dim, -1).Dense(), Views.Transpose(gradient, dim, -1).Dense());
                Send(0, Views.Transpose(dx, dim, -1));
            }
        }

        private torch.Tensor Rows(torch.Tensor y, torch.Tensor g)
        {
            int n = y.Rank == 0 ? 1 : (int)y.Sizes[^1];
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, y.Sizes);
            if (dx.Count > 0)
                Workers.For(RowBlocks.Count(y.Count / n, n), new BackwardRows(y, g, dx, n, log), y.Count * 4L);
            return dx;
        }

        protected override void ReleaseSaved() => _y.Release();
    }

    private readonly struct BackwardRows(torch.Tensor y, torch.Tensor g, torch.Tensor dx, int n, bool log) : IBlockWork
    {
        public void Run(int block)
        {
            (int first, int count) = RowBlocks.Part(block, y.Count / n, n);
            for (int r = first; r < first + count; r++)
            {
                ReadOnlySpan<float> saved = y.Floats.Slice(r * n, n), gradient = g.Floats.Slice(r * n, n);
                if (log)
                    SoftmaxKernels.LogRowGradient(saved, gradient, dx.Floats.Slice(r * n, n));
                else
                    SoftmaxKernels.RowGradient(saved, gradient, dx.Floats.Slice(r * n, n));
            }
        }
    }

    private sealed class LogSumExpNode(torch.Tensor x, torch.Tensor y, Axes axes) : Node("logsumexp", x)
    {
        private SavedTensor _x = new(x, "logsumexp"), _y = new(y, "logsumexp");

        /// <summary>dx = g exp(x - y).</summary>
        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), y = _y.Get(Name);
            torch.Tensor over = Arithmetic.Add(x, y.View(y.Offset, x.Sizes, axes.Spread(x.Rank, y.Strides), Name), -1, Name);
            torch.Tensor spread = gradient.View(gradient.Offset, x.Sizes, axes.Spread(x.Rank, gradient.Strides), Name);
            Send(0, Arithmetic.Mul(Unary.Apply(over, new Exp()), spread));
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _y.Release();
        }
    }
}
