using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Choices by truth values.</summary>
internal static class Selection
{
    /// <summary>y = condition ? a : b, broadcast.</summary>
    public static torch.Tensor Where(torch.Tensor condition, torch.Tensor a, torch.Tensor b)
    {
        condition.Require(torch.ScalarType.Bool, "where");
        torch.Tensor p = a, q = b;
        torch.ScalarType type = Promotion.Apply(ref p, ref q, "where");
        long[] sizes = Shape.Broadcast(Shape.Broadcast(a.Sizes, b.Sizes, "where"), condition.Sizes, "where");
        torch.Tensor y = torch.Tensor.Empty(type, sizes, "where");
        switch (type)
        {
            case torch.ScalarType.Float32: Choose<float>(condition, p, q, y); break;
            case torch.ScalarType.Int64: Choose<long>(condition, p, q, y); break;
            default: Choose<bool>(condition, p, q, y); break;
        }
        return Elementwise.Recorded(a, b) ? y.SetHistory(new WhereNode(condition, a, b)) : y;
    }

    /// <summary>x with a number where the mask (broadcast to x) is true.</summary>
    public static torch.Tensor MaskedFill(torch.Tensor x, torch.Tensor mask, Scalar value)
    {
        if (!Shape.Same(Shape.Broadcast(x.Sizes, mask.Sizes, "masked_fill"), x.Sizes))
            throw new ArgumentException($"masked_fill: the mask {mask.Text} does not broadcast to {x.Text}");
        using torch.Tensor number = Comparisons.Number(value);
        using torch.Tensor typed = Copying.Cast(number, x.Use("masked_fill").Type);
        return Where(mask.Require(torch.ScalarType.Bool, "masked_fill"), typed, x);
    }

    /// <summary>The elements where the mask is true, row-major, as a vector.</summary>
    public static torch.Tensor MaskedSelect(torch.Tensor x, torch.Tensor mask)
    {
        mask.Require(torch.ScalarType.Bool, "masked_select");
        using DisposeScope scope = torch.NewDisposeScope();
        long[] sizes = Shape.Broadcast(x.Sizes, mask.Sizes, "masked_select");
        torch.Tensor whole = Views.Reshape(Views.Expand(x, sizes), [-1], "masked_select");
        torch.Tensor at = NonZero(Views.Reshape(Views.Expand(mask, sizes), [-1], "masked_select"));
        return scope.MoveToOuter(Gathering.Gather(whole, 0, Views.Reshape(at, [-1]), "masked_select"));
    }

    /// <summary>Where the elements are that are not 0: (count, rank), row-major.</summary>
    public static torch.Tensor NonZero(torch.Tensor x)
    {
        using torch.Tensor truth = x.Use("nonzero").Type == torch.ScalarType.Bool ? Copying.Contiguous(x) : Copying.Cast(x, torch.ScalarType.Bool);
        ReadOnlySpan<bool> from = truth.Bools;
        int count = 0;
        foreach (bool value in from)
            count += value ? 1 : 0;
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Int64, [count, x.Rank], "nonzero");
        Span<long> to = y.Longs;
        for (int i = 0, row = 0; i < from.Length; i++)
        {
            if (!from[i])
                continue;
            for (int d = x.Rank - 1, rest = i; d >= 0; d--)
            {
                to[row + d] = rest % x.Sizes[d];
                rest /= (int)x.Sizes[d];
            }
            row += x.Rank;
        }
        return y;
    }

    private static void Choose<T>(torch.Tensor condition, torch.Tensor a, torch.Tensor b, torch.Tensor y) where T : unmanaged
    {
        if (y.Count == 0)
            return;
        Span<long> strides = stackalloc long[3 * Shape.MaxRank];
        Span<long> sc = strides[..Shape.MaxRank], sa = strides.Slice(Shape.MaxRank, Shape.MaxRank), sb = strides[(2 * Shape.MaxRank)..];
        Elementwise.BroadcastStrides(condition, y.Sizes, ref sc);
        Elementwise.BroadcastStrides(a, y.Sizes, ref sa);
        Elementwise.BroadcastStrides(b, y.Sizes, ref sb);
        ReadOnlySpan<bool> c = condition.Raw<bool>("where");
        ReadOnlySpan<T> fromA = a.Raw<T>("where"), fromB = b.Raw<T>("where");
        Span<T> to = y.Span<T>("where");
        var walk = new RowWalk(y.Sizes, y.Strides, sc, sa, sb);
        int stepC = walk.RowStride(1), stepA = walk.RowStride(2), stepB = walk.RowStride(3);
        while (walk.MoveNext())
        {
            Span<T> row = to.Slice(walk.Offset(0), walk.Length);
            for (int i = 0, j = walk.Offset(1), k = walk.Offset(2), l = walk.Offset(3); i < row.Length; i++, j += stepC, k += stepA, l += stepB)
                row[i] = c[j] ? fromA[k] : fromB[l];
        }
    }

    private sealed class WhereNode(torch.Tensor condition, torch.Tensor a, torch.Tensor b) : Node("where", a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;
        private SavedTensor _condition = new(condition, "where");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor condition = _condition.Get(Name), zero = Comparisons.Number(0f);
            if (Wants(0))
                Send(0, Reductions.SumTo(Where(condition, gradient, zero), _a));
            if (Wants(1))
                Send(1, Reductions.SumTo(Where(condition, zero, gradient), _b));
        }

        protected override void ReleaseSaved() => _condition.Release();
    }
}
