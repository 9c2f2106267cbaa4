using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Largest and smallest over dimensions, with their places.</summary>
internal static class ExtremesAlong
{
    /// <summary>The extreme over dimensions (all where none is named). The gradient is shared between equals.</summary>
    public static torch.Tensor Value(torch.Tensor x, ReadOnlySpan<long> dims, bool keepDims, bool largest)
    {
        string operation = largest ? "max" : "min";
        var axes = new Axes(x.Sizes, dims, operation);
        CheckNotEmpty(x, axes.Count(x.Sizes), operation);
        if (x.Use(operation).Type == torch.ScalarType.Int64)
            return largest ? Reductions.Fold<long, Largest<long>>(x, axes, keepDims, operation) : Reductions.Fold<long, Smallest<long>>(x, axes, keepDims, operation);
        if (x.dtype == torch.ScalarType.Bool)
            return Truth.Over(x, dims, keepDims, largest, operation);
        torch.Tensor y = largest ? Reductions.Fold<float, Largest<float>>(x, axes, keepDims, operation) : Reductions.Fold<float, Smallest<float>>(x, axes, keepDims, operation);
        return Elementwise.Recorded(x) ? y.SetHistory(new ShareNode(operation, x, y, axes)) : y;
    }

    /// <summary>The extreme along one dimension and where it lies. The gradient goes to that one element.</summary>
    public static (torch.Tensor Values, torch.Tensor Indexes) Along(torch.Tensor x, long dim, bool keepDim, bool largest)
    {
        torch.Tensor kept = Index(x, dim, true, largest);
        torch.Tensor values = Gathering.Gather(x, dim, kept, largest ? "max" : "min");
        if (keepDim || x.Rank == 0)
            return (values, kept);
        (torch.Tensor, torch.Tensor) result = (Views.Squeeze(values, dim), Views.Squeeze(kept, dim));
        values.Dispose();
        kept.Dispose();
        return result;
    }

    /// <summary>Where the extreme of all elements lies, counted row-major.</summary>
    public static torch.Tensor Index(torch.Tensor x, bool largest)
    {
        using torch.Tensor flat = Views.Reshape(x.detach(), [x.Count]);
        return Index(flat, 0, false, largest);
    }

    /// <summary>Where the extreme along one dimension lies.</summary>
    public static torch.Tensor Index(torch.Tensor x, long dim, bool keepDim, bool largest)
    {
        string operation = largest ? "argmax" : "argmin";
        torch.ScalarType type = x.Use(operation).Type;
        int d = Shape.Dim(dim, x.Rank, operation);
        (int outer, int n, int inner) = Shape.Split(x.Sizes, d);
        if (outer * inner > 0)
            CheckNotEmpty(x, n, operation);
        torch.Tensor index = torch.Tensor.Empty(torch.ScalarType.Int64, new Axes(x.Sizes, [dim], operation).Result(x.Sizes, keepDim));
        using torch.Tensor? copy = type == torch.ScalarType.Bool ? Copying.Cast(x, torch.ScalarType.Int64) : x.Contiguous ? null : Copying.Contiguous(x);
        torch.Tensor from = copy ?? x;
        if (type == torch.ScalarType.Float32)
            ArgExtremes.Run<float>(from.Floats, outer, n, inner, largest, index.Longs);
        else
            ArgExtremes.Run<long>(from.Longs, outer, n, inner, largest, index.Longs);
        return index;
    }

    private static void CheckNotEmpty(torch.Tensor x, long count, string operation)
    {
        if (count == 0)
            throw new InvalidOperationException($"{operation}: {x.Text} has no elements to choose from");
    }

    private sealed class ShareNode(string name, torch.Tensor x, torch.Tensor y, Axes axes) : Node(name, x)
    {
        private SavedTensor _x = new(x, name), _y = new(y, name);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), y = _y.Get(Name);
            torch.Tensor value = y.View(y.Offset, x.Sizes, axes.Spread(x.Rank, y.Strides), Name);
            torch.Tensor here = Arithmetic.Real(Comparisons.Compare(Comparison.Equal, x, value));
            torch.Tensor count = Reductions.Fold<float, FloatSum>(here, axes, y.Rank == x.Rank, Name);
            torch.Tensor share = Arithmetic.Div(gradient, count);
            Send(0, Arithmetic.Mul(here, share.View(share.Offset, x.Sizes, axes.Spread(x.Rank, share.Strides), Name)));
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _y.Release();
        }
    }
}
