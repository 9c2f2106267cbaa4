using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Lengths of vectors.</summary>
internal static class Norms
{
    /// <summary>(Σ |x|ᵖ)^(1/p) over dimensions, all where none is named; p may be infinite.</summary>
    public static torch.Tensor Norm(torch.Tensor x, ReadOnlySpan<long> dims, bool keepDims, float p)
    {
        x.Require(torch.ScalarType.Float32, "norm");
        if (p == 2)
            return Euclidean(x, dims, keepDims);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor size = Unary.Apply(x, new Abs());
        if (float.IsPositiveInfinity(p))
            return scope.MoveToOuter(ExtremesAlong.Value(size, dims, keepDims, true));
        if (p == 1)
            return scope.MoveToOuter(Reductions.Sum(size, dims, keepDims, "norm"));
        if (!(p > 0))
            throw new ArgumentOutOfRangeException(nameof(p), $"norm: p is {p}, not over 0");
        torch.Tensor sum = Reductions.Sum(Unary.Apply(size, new PowScalar(p)), dims, keepDims, "norm");
        return scope.MoveToOuter(Unary.Apply(sum, new PowScalar(1 / p)));
    }

    private static torch.Tensor Euclidean(torch.Tensor x, ReadOnlySpan<long> dims, bool keepDims)
    {
        var axes = new Axes(x.Sizes, dims, "norm");
        torch.Tensor y = Reductions.Fold<float, Length>(x, axes, keepDims, "norm");
        return Elementwise.Recorded(x) ? y.SetHistory(new NormNode(x, y, axes)) : y;
    }

    /// <summary>√Σ x²; folding lengths again gives the length of the whole, so that several dimensions work too.</summary>
    private readonly struct Length : IReduction<float>
    {
        public static float Row(ReadOnlySpan<float> x) => MathF.Sqrt(Sums.Dot(x, x));

        public static void Columns(ReadOnlySpan<float> x, int rows, Span<float> y)
        {
            y.Clear();
            for (int r = 0; r < rows; r++)
                for (int j = 0; j < y.Length; j++)
                    y[j] += x[r * y.Length + j] * x[r * y.Length + j];
            for (int j = 0; j < y.Length; j++)
                y[j] = MathF.Sqrt(y[j]);
        }
    }

    /// <summary>dx = x / norm; 0 where the norm is 0.</summary>
    private sealed class NormNode(torch.Tensor x, torch.Tensor y, Axes axes) : Node("norm", x)
    {
        private SavedTensor _x = new(x, "norm"), _y = new(y, "norm");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), y = _y.Get(Name);
            torch.Tensor zero = Comparisons.Compare(Comparison.Equal, y, 0f);
            torch.Tensor share = Selection.MaskedFill(Arithmetic.Div(gradient, y), zero, 0f);
            Send(0, Arithmetic.Mul(x, share.View(share.Offset, x.Sizes, axes.Spread(x.Rank, share.Strides), Name)));
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _y.Release();
        }
    }
}
