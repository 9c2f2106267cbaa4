using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>gather and scatter: one index an element, along one dimension.</summary>
internal static class Gathering
{
    /// <summary>y[i, j, k] = x[index[i, j, k], j, k] for dim 0, and so on.</summary>
    public static torch.Tensor Gather(torch.Tensor x, long dim, torch.Tensor index, string operation = "gather")
    {
        int d = Check(x, dim, index, index.Sizes, operation);
        torch.Tensor y = torch.Tensor.Empty(x.dtype, index.Sizes, operation);
        switch (x.dtype)
        {
            case torch.ScalarType.Float32: Take<float>(x, d, index, y, operation); break;
            case torch.ScalarType.Int64: Take<long>(x, d, index, y, operation); break;
            default: Take<bool>(x, d, index, y, operation); break;
        }
        return Elementwise.Recorded(x) ? y.SetHistory(new GatherNode(operation, x, d, index)) : y;
    }

    /// <summary>A copy of x with source put (or added) at the places index names along a dimension.</summary>
    public static torch.Tensor Scatter(torch.Tensor x, long dim, torch.Tensor index, torch.Tensor source, bool add)
    {
        string operation = add ? "scatter_add" : "scatter";
        int d = Check(x, dim, index, source.Sizes, operation);
        if (source.Use(operation).Type != x.dtype)
            throw new ArgumentException($"{operation}: the source {source.Text} is {source.dtype}, the tensor {x.Text} {x.dtype}");
        torch.Tensor y = Copying.Contiguous(x, operation);
        Put(y, d, index, source, add, operation);
        return Elementwise.Recorded(x, source) ? y.SetHistory(new ScatterNode(operation, x, source, d, index, add)) : y;
    }

    /// <summary>The same in place.</summary>
    public static torch.Tensor ScatterInPlace(torch.Tensor x, long dim, torch.Tensor index, torch.Tensor source, bool add)
    {
        string operation = add ? "scatter_add_" : "scatter_";
        if (!InPlace.CanWrite(x, source, operation) || source.dtype != x.dtype)
            return InPlace.Assign(x, Scatter(x, dim, index, source, add), operation);
        Put(x, Check(x, dim, index, source.Sizes, operation), index, source, add, operation);
        x.MarkChanged();
        return x;
    }

    private static int Check(torch.Tensor x, long dim, torch.Tensor index, long[] source, string operation)
    {
        index.Require(torch.ScalarType.Int64, operation);
        int d = Shape.Dim(dim, x.Rank, operation);
        bool fits = index.Rank == x.Rank && source.Length == x.Rank;
        for (int i = 0; fits && i < x.Rank; i++)
            fits = (i == d || index.Sizes[i] <= x.Sizes[i]) && index.Sizes[i] <= source[i];
        if (!fits && x.Rank > 0)
            throw new ArgumentException($"{operation}: index {index.Text} (source {Shape.Text(source)}) does not fit {x.Text} along dimension {dim}");
        return d;
    }

    private static void Take<T>(torch.Tensor x, int dim, torch.Tensor index, torch.Tensor y, string operation) where T : unmanaged
    {
        Span<long> strides = stackalloc long[Shape.MaxRank];
        int n = Along(x, dim, ref strides, out int step);
        ReadOnlySpan<T> from = x.Raw<T>(operation);
        ReadOnlySpan<long> at = index.Raw<long>(operation);
        Span<T> to = y.Span<T>(operation);
        var walk = new RowWalk(index.Sizes, y.Strides, index.Strides, strides);
        int stepIndex = walk.RowStride(1), stepX = walk.RowStride(2);
        while (walk.MoveNext())
            for (int i = 0, j = walk.Offset(1), k = walk.Offset(2); i < walk.Length; i++, j += stepIndex, k += stepX)
                to[walk.Offset(0) + i] = from[k + Place(at[j], n, operation) * step];
    }

    private static void Put(torch.Tensor y, int dim, torch.Tensor index, torch.Tensor source, bool add, string operation)
    {
        switch (y.dtype)
        {
            case torch.ScalarType.Float32: Put<float>(y, dim, index, source, operation, add ? static (a, b) => a + b : null); break;
            case torch.ScalarType.Int64: Put<long>(y, dim, index, source, operation, add ? static (a, b) => a + b : null); break;
            default: Put<bool>(y, dim, index, source, operation, add ? static (a, b) => a | b : null); break;
        }
    }

    private static void Put<T>(torch.Tensor y, int dim, torch.Tensor index, torch.Tensor source, string operation, Func<T, T, T>? add) where T : unmanaged
    {
        Span<long> strides = stackalloc long[Shape.MaxRank];
        int n = Along(y, dim, ref strides, out int step);
        Span<T> to = y.Raw<T>(operation);
        ReadOnlySpan<long> at = index.Raw<long>(operation);
        ReadOnlySpan<T> from = source.Raw<T>(operation);
        var walk = new RowWalk(index.Sizes, source.Strides, index.Strides, strides);
        int stepFrom = walk.RowStride(0), stepIndex = walk.RowStride(1), stepY = walk.RowStride(2);
        while (walk.MoveNext())
            for (int i = 0, s = walk.Offset(0), j = walk.Offset(1), k = walk.Offset(2); i < walk.Length; i++, s += stepFrom, j += stepIndex, k += stepY)
            {
                ref T target = ref to[k + Place(at[j], n, operation) * step];
                target = add is null ? from[s] : add(target, from[s]);
            }
    }

    /// <summary>Strides of the other dimensions; that of <paramref name="dim"/> comes apart, as the index says where.</summary>
    private static int Along(torch.Tensor x, int dim, ref Span<long> strides, out int step)
    {
        strides = strides[..x.Rank];
        x.Strides.CopyTo(strides);
        step = x.Rank == 0 ? 0 : (int)strides[dim];
        if (x.Rank > 0)
            strides[dim] = 0;
        return x.Rank == 0 ? 1 : (int)x.Sizes[dim];
    }

    private static int Place(long index, int n, string operation) => (ulong)index < (ulong)n ? (int)index
        : throw new ArgumentOutOfRangeException(nameof(index), $"{operation}: index {index} is outside 0 to {n - 1}");

    private sealed class GatherNode(string name, torch.Tensor x, int dim, torch.Tensor index) : Node(name, x)
    {
        private readonly long[] _sizes = x.Sizes;
        private SavedTensor _index = new(index, name);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes);
            dx.Floats.Clear();
            Put(dx, dim, _index.Get(Name), gradient, true, Name);
            Send(0, dx);
        }

        protected override void ReleaseSaved() => _index.Release();
    }

    private sealed class ScatterNode(string name, torch.Tensor x, torch.Tensor source, int dim, torch.Tensor index, bool add) : Node(name, x, source)
    {
        private readonly long[] _source = source.Sizes;
        private SavedTensor _index = new(index, name);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor index = _index.Get(Name);
            if (Wants(1))
            {
                torch.Tensor taken = Gather(gradient, dim, index, Name);
                if (Shape.Same(taken.Sizes, _source))
                    Send(1, taken);
                else
                {
                    // Only the part of the source that the index covers was used.
                    torch.Tensor whole = torch.Tensor.Empty(torch.ScalarType.Float32, _source);
                    whole.Floats.Clear();
                    torch.Tensor part = whole.View(0, taken.Sizes, whole.Strides, Name);
                    Copying.Into(part, taken, Name);
                    part.Dispose();
                    Send(1, whole);
                }
            }
            if (!Wants(0))
                return;
            if (add)
            {
                Send(0, gradient);
                return;
            }
            torch.Tensor dx = Copying.Contiguous(gradient);
            torch.Tensor zeros = torch.Tensor.Empty(torch.ScalarType.Float32, index.Sizes);
            zeros.Floats.Clear();
            Put(dx, dim, index, zeros, false, Name);
            Send(0, dx);
        }

        protected override void ReleaseSaved() => _index.Release();
    }
}
