using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Sums over dimensions.</summary>
internal static class Reductions
{
    public static torch.Tensor Sum(torch.Tensor x)
    {
        x.Require(torch.ScalarType.Float32, "sum");
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, Shape.Scalar);
        using torch.Tensor? dense = x.Contiguous ? null : Copying.Contiguous(x);
        y.Floats[0] = TensorPrimitives.Sum<float>((dense ?? x).Floats);
        return Elementwise.Recorded(x) ? y.SetHistory(new SumNode(x)) : y;
    }

    /// <summary>Undoes broadcasting: the sum over the dimensions that <paramref name="sizes"/> lacks or has as 1. The same tensor where nothing is to do.</summary>
    public static torch.Tensor SumTo(torch.Tensor x, long[] sizes)
    {
        if (Shape.Same(x.Sizes, sizes))
            return x;
        torch.Tensor dense = x.Dense();
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, sizes);
        // [outer, reduced, inner] steps come with the rest of the reductions.
        ReadOnlySpan<float> from = dense.Floats;
        Span<float> to = y.Floats;
        to.Clear();
        Span<long> strides = stackalloc long[Shape.MaxRank];
        Elementwise.BroadcastStrides(y, x.Sizes, ref strides);
        var walk = new Kernels.RowWalk(x.Sizes, dense.Strides, strides);
        while (walk.MoveNext())
        {
            ReadOnlySpan<float> row = from.Slice(walk.Offset(0), walk.Length);
            if (walk.RowStride(1) == 0)
                to[walk.Offset(1)] += TensorPrimitives.Sum(row);
            else
                TensorPrimitives.Add(to.Slice(walk.Offset(1), walk.Length), row, to.Slice(walk.Offset(1), walk.Length));
        }
        return y;
    }

    private sealed class SumNode(torch.Tensor x) : Node("sum", x)
    {
        private readonly long[] _sizes = x.Sizes;

        /// <summary>Every element gets the one gradient: a view with strides of 0.</summary>
        protected override void Backward(torch.Tensor gradient) => Send(0, gradient.View(gradient.Offset, _sizes, new long[_sizes.Length], Name));
    }
}
