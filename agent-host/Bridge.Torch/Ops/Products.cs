using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Products along a dimension, and running sums.</summary>
internal static class Products
{
    /// <summary>The product of all elements.</summary>
    public static torch.Tensor Prod(torch.Tensor x)
    {
        using torch.Tensor flat = Views.Reshape(x, [x.Count]);
        return Prod(flat, 0, false);
    }

    public static torch.Tensor Prod(torch.Tensor x, long dim, bool keepDim)
    {
        if (x.Use("prod").Type != torch.ScalarType.Float32)
        {
            torch.Tensor whole = x.dtype == torch.ScalarType.Int64 ? x : Copying.Cast(x, torch.ScalarType.Int64);
            return Reductions.Fold<long, Product<long>>(whole, new Axes(x.Sizes, [dim], "prod"), keepDim, "prod");
        }
        var axes = new Axes(x.Sizes, [dim], "prod");
        torch.Tensor y = Reductions.Fold<float, Product<float>>(x, axes, keepDim, "prod");
        return Elementwise.Recorded(x) ? y.SetHistory(new ProdNode(x, Shape.Dim(dim, x.Rank, "prod"))) : y;
    }

    /// <summary>y[i] = x[0] + … + x[i] along a dimension.</summary>
    public static torch.Tensor CumSum(torch.Tensor x, long dim)
    {
        int d = Shape.Dim(dim, x.Rank, "cumsum");
        if (x.Use("cumsum").Type != torch.ScalarType.Float32)
        {
            using torch.Tensor? cast = x.dtype == torch.ScalarType.Int64 ? null : Copying.Cast(x, torch.ScalarType.Int64);
            torch.Tensor whole = Copying.Contiguous(cast ?? x);
            RunningWhole(whole, d);
            return whole;
        }
        torch.Tensor y = Copying.Contiguous(x);
        Running(y, d, false);
        return Elementwise.Recorded(x) ? y.SetHistory(new CumSumNode(x, d)) : y;
    }

    private static void Running(torch.Tensor x, int dim, bool backwards)
    {
        (int outer, int n, int inner) = Shape.Split(x.Sizes, dim);
        Span<float> data = x.Floats;
        for (int o = 0; o < outer; o++)
            for (int j = 0; j < inner; j++)
            {
                double sum = 0;
                for (int i = 0; i < n; i++)
                {
                    ref float value = ref data[(o * n + (backwards ? n - 1 - i : i)) * inner + j];
                    sum += value;
                    value = (float)sum;
                }
            }
    }

    private static void RunningWhole(torch.Tensor x, int dim)
    {
        (int outer, int n, int inner) = Shape.Split(x.Sizes, dim);
        Span<long> data = x.Longs;
        for (int o = 0; o < outer; o++)
            for (int i = 1; i < n; i++)
                for (int j = 0; j < inner; j++)
                    data[(o * n + i) * inner + j] += data[(o * n + i - 1) * inner + j];
    }

    private sealed class CumSumNode(torch.Tensor x, int dim) : Node("cumsum", x)
    {
        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor sum = Copying.Contiguous(gradient);
            Running(sum, dim, true);
            Send(0, sum);
        }
    }

    /// <summary>Each element's slope is the product of the others, so that zeros need no division.</summary>
    private sealed class ProdNode(torch.Tensor x, int dim) : Node("prod", x)
    {
        private SavedTensor _x = new(x, "prod");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name).Dense(), dx = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
            (int outer, int n, int inner) = Shape.Split(x.Sizes, dim);
            ReadOnlySpan<float> g = gradient.Dense().Floats, from = x.Floats;
            Span<float> to = dx.Floats;
            for (int o = 0; o < outer; o++)
                for (int j = 0; j < inner; j++)
                {
                    double before = g[o * inner + j];
                    for (int i = 0; i < n; i++)
                    {
                        int at = (o * n + i) * inner + j;
                        to[at] = (float)before;
                        before *= from[at];
                    }
                    double after = 1;
                    for (int i = n - 1; i >= 0; i--)
                    {
                        int at = (o * n + i) * inner + j;
                        to[at] = (float)(to[at] * after);
                        after *= from[at];
                    }
                }
            Send(0, dx);
        }

        protected override void ReleaseSaved() => _x.Release();
    }
}
