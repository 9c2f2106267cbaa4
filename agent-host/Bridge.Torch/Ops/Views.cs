using Bridge.Torch.Autograd;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Other shapes and strides over the same memory.</summary>
internal static class Views
{
    /// <summary>Another shape over the same memory; one size may be -1.</summary>
    public static torch.Tensor View(torch.Tensor x, ReadOnlySpan<long> wanted)
    {
        long[] sizes = Shape.Infer(wanted, x.Count, x.Sizes, "view");
        return TryView(x, sizes, "view")
            ?? throw new InvalidOperationException($"view: {x.Text} with strides {Shape.Text(x.Strides)} cannot be seen as {Shape.Text(sizes)} without a copy; use reshape");
    }

    /// <summary>A view where that is possible, else a copy.</summary>
    public static torch.Tensor Reshape(torch.Tensor x, ReadOnlySpan<long> wanted, string operation = "reshape")
    {
        x.Use(operation);
        long[] sizes = Shape.Infer(wanted, x.Count, x.Sizes, operation);
        if (TryView(x, sizes, operation) is torch.Tensor view)
            return view;
        using torch.Tensor copy = Copying.Clone(x, operation);
        return TryView(copy, sizes, operation)!;
    }

    public static torch.Tensor Flatten(torch.Tensor x, long startDim, long endDim)
    {
        int start = Shape.Dim(startDim, x.Rank, "flatten"), end = Shape.Dim(endDim, x.Rank, "flatten");
        if (start > end)
            throw new ArgumentException($"flatten: {x.Text}: dimension {startDim} comes after {endDim}");
        if (x.Rank == 0)
            return Reshape(x, [1], "flatten");
        long joined = 1;
        for (int d = start; d <= end; d++)
            joined *= x.Sizes[d];
        return Reshape(x, [.. x.Sizes.AsSpan(0, start), joined, .. x.Sizes.AsSpan(end + 1)], "flatten");
    }

    public static torch.Tensor Unflatten(torch.Tensor x, long dim, long[] sizes)
    {
        int d = Shape.Dim(dim, x.Rank, "unflatten");
        long[] inferred = Shape.Infer(sizes, x.Sizes[d], x.Sizes.AsSpan(d, 1), "unflatten");
        return Reshape(x, [.. x.Sizes.AsSpan(0, d), .. inferred, .. x.Sizes.AsSpan(d + 1)], "unflatten");
    }

    public static torch.Tensor Permute(torch.Tensor x, ReadOnlySpan<long> order, string operation = "permute")
    {
        if (order.Length != x.Rank)
            throw new ArgumentException($"{operation}: {Shape.Text(order)} does not name each dimension of {x.Text} once");
        var sizes = new long[x.Rank];
        var strides = new long[x.Rank];
        var back = new long[x.Rank];
        int seen = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int d = Shape.Dim(order[i], x.Rank, operation);
            if ((seen & (1 << d)) != 0)
                throw new ArgumentException($"{operation}: {Shape.Text(order)} does not name each dimension of {x.Text} once");
            seen |= 1 << d;
            (sizes[i], strides[i], back[d]) = (x.Sizes[d], x.Strides[d], i);
        }
        torch.Tensor y = x.View(x.Offset, sizes, strides, operation);
        return Elementwise.Recorded(x) ? y.SetHistory(new PermuteNode(operation, x, back)) : y;
    }

    public static torch.Tensor Transpose(torch.Tensor x, long dim0, long dim1)
    {
        int a = Shape.Dim(dim0, x.Rank, "transpose"), b = Shape.Dim(dim1, x.Rank, "transpose");
        Span<long> order = stackalloc long[x.Rank];
        for (int d = 0; d < order.Length; d++)
            order[d] = d == a ? b : d == b ? a : d;
        return Permute(x, order, "transpose");
    }

    public static torch.Tensor Squeeze(torch.Tensor x, long dim)
    {
        int d = Shape.Dim(dim, x.Rank, "squeeze");
        return x.Rank == 0 || x.Sizes[d] != 1 ? Copying.Alias(x, "squeeze") : Without(x, d, x.Offset, "squeeze");
    }

    public static torch.Tensor Squeeze(torch.Tensor x)
    {
        long[] sizes = Array.FindAll(x.Sizes, size => size != 1);
        return Reshape(x, sizes, "squeeze");
    }

    public static torch.Tensor Unsqueeze(torch.Tensor x, long dim)
    {
        int d = Shape.Dim(dim, x.Rank + 1, "unsqueeze");
        long stride = d < x.Rank ? x.Strides[d] * x.Sizes[d] : 1;
        torch.Tensor y = x.View(x.Offset, [.. x.Sizes.AsSpan(0, d), 1, .. x.Sizes.AsSpan(d)],
            x.Contiguous ? null : [.. x.Strides.AsSpan(0, d), stride, .. x.Strides.AsSpan(d)], "unsqueeze");
        return Elementwise.Recorded(x) ? y.SetHistory(new ReshapeNode("unsqueeze", x)) : y;
    }

    /// <summary>Repeats sizes of 1 and adds dimensions in front without a copy; -1 keeps a size.</summary>
    public static torch.Tensor Expand(torch.Tensor x, ReadOnlySpan<long> wanted)
    {
        int lead = wanted.Length - x.Rank;
        if (lead < 0)
            throw new ArgumentException($"expand: {x.Text} has more dimensions than {Shape.Text(wanted)}");
        long[] sizes = wanted.ToArray(), strides = new long[wanted.Length];
        for (int d = 0; d < sizes.Length; d++)
        {
            long own = d < lead ? 1 : x.Sizes[d - lead];
            if (sizes[d] == -1 && d >= lead)
                sizes[d] = own;
            if (sizes[d] != own && own != 1 || sizes[d] < 0)
                throw new ArgumentException($"expand: {x.Text} cannot become {Shape.Text(wanted)}: only sizes of 1 repeat");
            strides[d] = d < lead || own == 1 ? 0 : x.Strides[d - lead];
        }
        Shape.Count(sizes, "expand");
        torch.Tensor y = x.View(x.Offset, sizes, strides, "expand");
        return Elementwise.Recorded(x) ? y.SetHistory(new ExpandNode(x)) : y;
    }

    /// <summary>Elements start, start + step … before stop of one dimension.</summary>
    public static torch.Tensor Slice(torch.Tensor x, long dim, long start, long stop, long step, string operation = "slice")
    {
        int d = Shape.Dim(dim, x.Rank, operation);
        if (x.Rank == 0)
            throw new ArgumentException($"{operation}: a scalar has no dimension to slice");
        if (step < 1)
            throw new ArgumentException($"{operation}: step {step} is not over 0");
        long size = x.Sizes[d];
        start = Math.Clamp(start < 0 ? start + size : start, 0, size);
        stop = Math.Clamp(stop < 0 ? stop + size : stop, start, size);
        long[] sizes = (long[])x.Sizes.Clone(), strides = (long[])x.Strides.Clone();
        sizes[d] = (stop - start + step - 1) / step;
        int offset = sizes[d] == 0 ? x.Offset : x.Offset + (int)(start * strides[d]);
        strides[d] *= step;
        torch.Tensor y = x.View(offset, sizes, strides, operation);
        return Elementwise.Recorded(x) ? y.SetHistory(new SliceNode(operation, x, d, start, step, false)) : y;
    }

    public static torch.Tensor Narrow(torch.Tensor x, long dim, long start, long length)
    {
        int d = Shape.Dim(dim, x.Rank, "narrow");
        long size = x.Rank == 0 ? 1 : x.Sizes[d], first = start < 0 ? start + size : start;
        if (first < 0 || length < 0 || first > size - length)
            throw new ArgumentOutOfRangeException(nameof(start), $"narrow: {length} from {start} on is outside dimension {dim} of {x.Text}");
        return Slice(x, dim, first, first + length, 1, "narrow");
    }

    public static torch.Tensor Select(torch.Tensor x, long dim, long index)
    {
        int d = Shape.Dim(dim, x.Rank, "select");
        if (x.Rank == 0)
            throw new ArgumentException("select: a scalar has no dimension to select from");
        long at = index < 0 ? index + x.Sizes[d] : index;
        if (at < 0 || at >= x.Sizes[d])
            throw new ArgumentOutOfRangeException(nameof(index), $"select: index {index} is outside dimension {dim} of {x.Text}");
        return Without(x, d, x.Offset + (int)(at * x.Strides[d]), "select", at);
    }

    /// <summary>Pieces of these sizes along a dimension, as views.</summary>
    public static torch.Tensor[] Split(torch.Tensor x, ReadOnlySpan<long> sizes, long dim)
    {
        int d = Shape.Dim(dim, x.Rank, "split");
        long sum = 0;
        foreach (long size in sizes)
            sum += size;
        if (x.Rank == 0 || sum != x.Sizes[d])
            throw new ArgumentException($"split: {Shape.Text(sizes)} does not add up to dimension {dim} of {x.Text}");
        var pieces = new torch.Tensor[sizes.Length];
        long start = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            pieces[i] = Narrow(x, d, start, sizes[i]);
            start += sizes[i];
        }
        return pieces;
    }

    /// <summary>Pieces of one size; the last may be smaller.</summary>
    public static torch.Tensor[] Split(torch.Tensor x, long size, long dim)
    {
        int d = Shape.Dim(dim, x.Rank, "split");
        if (size < 1 || x.Rank == 0)
            throw new ArgumentException($"split: {x.Text} cannot be cut into pieces of {size}");
        long n = x.Sizes[d];
        var sizes = new long[Math.Max(1, (n + size - 1) / size)];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Min(size, n - i * size);
        return Split(x, sizes, d);
    }

    public static torch.Tensor[] Unbind(torch.Tensor x, long dim)
    {
        int d = Shape.Dim(dim, x.Rank, "unbind");
        var pieces = new torch.Tensor[x.Rank == 0 ? throw new ArgumentException("unbind: a scalar has no dimension") : x.Sizes[d]];
        for (int i = 0; i < pieces.Length; i++)
            pieces[i] = Select(x, d, i);
        return pieces;
    }

    /// <summary>A view with one dimension less, at <paramref name="offset"/>.</summary>
    private static torch.Tensor Without(torch.Tensor x, int dim, int offset, string operation, long index = 0)
    {
        torch.Tensor y = x.View(offset, [.. x.Sizes.AsSpan(0, dim), .. x.Sizes.AsSpan(dim + 1)], [.. x.Strides.AsSpan(0, dim), .. x.Strides.AsSpan(dim + 1)], operation);
        if (!Elementwise.Recorded(x))
            return y;
        return y.SetHistory(x.Sizes[dim] == 1 ? new ReshapeNode(operation, x) : new SliceNode(operation, x, dim, index, 1, true));
    }

    /// <summary>The view, or null where the strides do not allow one.</summary>
    private static torch.Tensor? TryView(torch.Tensor x, long[] sizes, string operation)
    {
        long[]? strides = null;
        if (!x.Contiguous)
        {
            strides = StridesOf(x.Sizes, x.Strides, sizes);
            if (strides is null)
                return null;
        }
        torch.Tensor y = x.View(x.Offset, sizes, strides, operation);
        return Elementwise.Recorded(x) ? y.SetHistory(new ReshapeNode(operation, x)) : y;
    }

    /// <summary>Strides of the new shape: each run of old dimensions that lie behind each other must be made of whole new ones.</summary>
    private static long[]? StridesOf(long[] sizes, long[] strides, long[] wanted)
    {
        var result = new long[wanted.Length];
        int to = wanted.Length - 1;
        for (int d = sizes.Length - 1; d >= 0;)
        {
            long step = strides[d], run = sizes[d];
            while (--d >= 0 && (sizes[d] == 1 || strides[d] == step * run))
                run *= sizes[d];
            long filled = 1;
            while (to >= 0 && (filled < run || wanted[to] == 1))
            {
                result[to] = step * filled;
                filled *= wanted[to--];
            }
            if (filled != run)
                return null;
        }
        return to < 0 ? result : null;
    }

    private sealed class ReshapeNode(string name, torch.Tensor x) : Node(name, x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dense = gradient.Dense();
            Send(0, dense.View(dense.Offset, _sizes, null, Name));
        }
    }

    private sealed class PermuteNode(string name, torch.Tensor x, long[] back) : Node(name, x)
    {
        protected override void Backward(torch.Tensor gradient) => Send(0, Permute(gradient, back, Name));
    }

    private sealed class ExpandNode(torch.Tensor x) : Node("expand", x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient) => Send(0, Reductions.SumTo(gradient, _sizes));
    }

    /// <summary>The gradient of a part: zeros elsewhere.</summary>
    private sealed class SliceNode(string name, torch.Tensor x, int dim, long start, long step, bool dropped) : Node(name, x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes);
            dx.Floats.Clear();
            torch.Tensor part = dropped ? Select(dx, dim, start) : Slice(dx, dim, start, start + gradient.Sizes[dim] * step, step);
            Copying.Into(part, gradient, Name);
            part.Dispose();
            Send(0, dx);
        }
    }
}
