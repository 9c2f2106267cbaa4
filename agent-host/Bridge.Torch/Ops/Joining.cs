using Bridge.Torch.Autograd;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Tensors behind each other.</summary>
internal static class Joining
{
    /// <summary>Along a dimension that is there; the other sizes are equal. Vectors without elements are passed over, as in PyTorch.</summary>
    public static torch.Tensor Cat(IList<torch.Tensor> tensors, long dim, string operation = "cat")
    {
        torch.Tensor[] parts = Common(tensors, operation);
        torch.Tensor first = Array.Find(parts, part => !IsNothing(part)) ?? parts[0];
        int d = Shape.Dim(dim, first.Rank, operation);
        if (first.Rank == 0)
            throw new ArgumentException($"{operation}: scalars have no dimension to join; use stack");
        long[] sizes = (long[])first.Sizes.Clone();
        sizes[d] = 0;
        foreach (torch.Tensor part in parts)
        {
            if (IsNothing(part) && first.Rank != 1)
                continue;
            bool fits = part.Rank == first.Rank;
            for (int i = 0; fits && i < sizes.Length; i++)
                fits = i == d || part.Sizes[i] == sizes[i];
            if (!fits)
                throw new ArgumentException($"{operation}: {part.Text} does not fit {first.Text} along dimension {dim}");
            sizes[d] += part.Sizes[d];
        }
        torch.Tensor y = Place(parts, sizes, d, operation);
        return Recorded(tensors) ? y.SetHistory(new CatNode(operation, tensors, d)) : y;
    }

    /// <summary>Along a new dimension; all shapes are equal.</summary>
    public static torch.Tensor Stack(IList<torch.Tensor> tensors, long dim)
    {
        torch.Tensor[] parts = Common(tensors, "stack");
        int d = Shape.Dim(dim, parts[0].Rank + 1, "stack");
        foreach (torch.Tensor part in parts)
            if (!Shape.Same(part.Sizes, parts[0].Sizes))
                throw new ArgumentException($"stack: {part.Text} is not the shape of the first, {parts[0].Text}");
        long[] own = parts[0].Sizes;
        torch.Tensor y = Place(parts, [.. own.AsSpan(0, d), parts.Length, .. own.AsSpan(d)], d, "stack");
        return Recorded(tensors) ? y.SetHistory(new StackNode(tensors, d)) : y;
    }

    /// <summary>The tensor written behind itself, so many times in each dimension; dimensions may be added in front.</summary>
    public static torch.Tensor Repeat(torch.Tensor x, ReadOnlySpan<long> times)
    {
        int lead = times.Length - x.Rank;
        if (lead < 0)
            throw new ArgumentException($"repeat: {Shape.Text(times)} has fewer numbers than {x.Text} has dimensions");
        foreach (long n in times)
            if (n < 0)
                throw new ArgumentException($"repeat: {Shape.Text(times)} has a negative number");
        using DisposeScope scope = torch.NewDisposeScope();
        var sizes = new long[times.Length];
        for (int d = 0; d < sizes.Length; d++)
            sizes[d] = d < lead ? 1 : x.Sizes[d - lead];
        torch.Tensor y = Views.Reshape(x, sizes, "repeat");
        for (int d = 0; d < sizes.Length; d++)
        {
            if (times[d] == 1)
                continue;
            sizes[d] *= times[d];
            if (times[d] == 0)
            {
                y = Views.Narrow(y, d, 0, 0);
                continue;
            }
            Shape.Count(sizes, "repeat");
            var same = new torch.Tensor[times[d]];
            Array.Fill(same, y);
            y = Cat(same, d, "repeat");
        }
        return scope.MoveToOuter(Copying.Clone(y, "repeat"));
    }

    private static bool IsNothing(torch.Tensor x) => x.Rank == 1 && x.Count == 0;

    private static bool Recorded(IList<torch.Tensor> tensors)
    {
        bool recorded = false;
        for (int i = 0; i < tensors.Count; i++)
            recorded |= Elementwise.Recorded(tensors[i]);
        return recorded;
    }

    /// <summary>The tensors in their common type.</summary>
    private static torch.Tensor[] Common(IList<torch.Tensor> tensors, string operation)
    {
        if (tensors.Count == 0)
            throw new ArgumentException($"{operation}: no tensors");
        torch.ScalarType type = tensors[0].Use(operation).Type;
        for (int i = 1; i < tensors.Count; i++)
            type = Promotion.Common(type, tensors[i].Use(operation).Type);
        var parts = new torch.Tensor[tensors.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = tensors[i].dtype == type ? tensors[i] : Copying.Cast(tensors[i], type);
        return parts;
    }

    private static torch.Tensor Place(torch.Tensor[] parts, long[] sizes, int dim, string operation)
    {
        torch.Tensor y = torch.Tensor.Empty(parts[0].dtype, sizes, operation);
        if (y.Count == 0)
            return y;
        switch (y.dtype)
        {
            case torch.ScalarType.Float32: Place<float>(parts, y, dim, operation); break;
            case torch.ScalarType.Int64: Place<long>(parts, y, dim, operation); break;
            default: Place<bool>(parts, y, dim, operation); break;
        }
        return y;
    }

    private static void Place<T>(torch.Tensor[] parts, torch.Tensor y, int dim, string operation) where T : unmanaged
    {
        (int outer, int n, int inner) = Shape.Split(y.Sizes, dim);
        int row = n * inner, at = 0;
        Span<T> to = y.Span<T>(operation);
        foreach (torch.Tensor part in parts)
        {
            int length = part.Count / outer;
            using torch.Tensor? dense = part.Contiguous ? null : Copying.Contiguous(part, operation);
            ReadOnlySpan<T> from = (dense ?? part).Span<T>(operation);
            for (int o = 0; o < outer; o++)
                from.Slice(o * length, length).CopyTo(to.Slice(o * row + at, length));
            at += length;
        }
    }

    private sealed class CatNode : Node
    {
        private readonly int _dim;
        private readonly long[] _lengths;

        public CatNode(string name, IList<torch.Tensor> tensors, int dim) : base(name, [.. tensors])
        {
            _dim = dim;
            _lengths = new long[tensors.Count];
            for (int i = 0; i < _lengths.Length; i++)
                _lengths[i] = tensors[i].Rank > dim ? tensors[i].Sizes[dim] : 0;
        }

        protected override void Backward(torch.Tensor gradient)
        {
            long start = 0;
            for (int i = 0; i < _lengths.Length; i++)
            {
                if (Wants(i) && _lengths[i] > 0)
                    Send(i, Views.Narrow(gradient, _dim, start, _lengths[i]));
                start += _lengths[i];
            }
        }
    }

    private sealed class StackNode(IList<torch.Tensor> tensors, int dim) : Node("stack", [.. tensors])
    {
        private readonly int _count = tensors.Count;

        protected override void Backward(torch.Tensor gradient)
        {
            for (int i = 0; i < _count; i++)
                if (Wants(i))
                    Send(i, Views.Select(gradient, dim, i));
        }
    }
}
