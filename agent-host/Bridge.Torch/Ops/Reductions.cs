using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Memory;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Sums, means and products over dimensions; none named means all.</summary>
internal static class Reductions
{
    /// <summary>Elements a block where a long sum is shared between threads.</summary>
    private const int Block = 65536;

    public static torch.Tensor Sum(torch.Tensor x, ReadOnlySpan<long> dims, bool keepDims, string operation = "sum")
    {
        if (x.Use(operation).Type != torch.ScalarType.Float32)
        {
            torch.Tensor whole = x.dtype == torch.ScalarType.Int64 ? x : Copying.Cast(x, torch.ScalarType.Int64);
            return Fold<long, WholeSum>(whole, new Axes(x.Sizes, dims, operation), keepDims, operation);
        }
        var axes = new Axes(x.Sizes, dims, operation);
        torch.Tensor y = SumOver(x, axes, keepDims, operation);
        return Elementwise.Recorded(x) ? y.SetHistory(new SpreadNode(operation, x, axes, 1)) : y;
    }

    /// <summary>Sum over count; of nothing it is NaN.</summary>
    public static torch.Tensor Mean(torch.Tensor x, ReadOnlySpan<long> dims, bool keepDims)
    {
        x.Require(torch.ScalarType.Float32, "mean");
        var axes = new Axes(x.Sizes, dims, "mean");
        float n = axes.Count(x.Sizes);
        torch.Tensor y = SumOver(x, axes, keepDims, "mean");
        TensorPrimitives.Divide(y.Floats, n, y.Floats);
        return Elementwise.Recorded(x) ? y.SetHistory(new SpreadNode("mean", x, axes, 1 / n)) : y;
    }

    /// <summary>Σ (x - mean)² / (n - 1), or / n where not <paramref name="unbiased"/>.</summary>
    public static torch.Tensor Var(torch.Tensor x, ReadOnlySpan<long> dims, bool unbiased, bool keepDims, string operation = "var")
    {
        x.Require(torch.ScalarType.Float32, operation);
        long n = new Axes(x.Sizes, dims, operation).Count(x.Sizes);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor off = Arithmetic.Add(x, Mean(x, dims, true), -1, operation);
        torch.Tensor sum = Sum(Unary.Apply(off, new Square()), dims, keepDims, operation);
        return scope.MoveToOuter(Unary.Apply(sum, new DivScalar(unbiased ? n - 1 : n)));
    }

    public static torch.Tensor Std(torch.Tensor x, ReadOnlySpan<long> dims, bool unbiased, bool keepDims)
    {
        using torch.Tensor variance = Var(x, dims, unbiased, keepDims, "std");
        return Unary.Apply(variance, new Sqrt());
    }

    /// <summary>Undoes broadcasting: the sum over the dimensions that <paramref name="sizes"/> lacks or has as 1. The same tensor where nothing is to do.</summary>
    public static torch.Tensor SumTo(torch.Tensor x, long[] sizes)
    {
        if (Shape.Same(x.Sizes, sizes))
            return x;
        Span<long> dims = stackalloc long[Shape.MaxRank];
        int lead = x.Rank - sizes.Length, n = 0;
        for (int d = 0; d < x.Rank; d++)
            if (d < lead || (sizes[d - lead] == 1 && x.Sizes[d] != 1))
                dims[n++] = d;
        if (n == 0)
            return x.Dense().View(x.Contiguous ? x.Offset : 0, sizes, null, "sum");
        torch.Tensor sum = Fold<float, FloatSum>(x, new Axes(x.Sizes, dims[..n], "sum"), true, "sum");
        return lead == 0 ? sum : sum.View(0, sizes, null, "sum");
    }

    /// <summary>Folds dimensions away, a run of neighbours at a time, the last first.</summary>
    public static torch.Tensor Fold<T, TReduction>(torch.Tensor x, Axes axes, bool keepDims, string operation)
        where T : unmanaged where TReduction : struct, IReduction<T>
    {
        using torch.Tensor? dense = x.Contiguous ? null : Copying.Contiguous(x, operation);
        torch.Tensor from = dense ?? x, y = torch.Tensor.Empty(x.dtype, axes.Result(x.Sizes, keepDims), operation);
        if (y.Count == 0)
            return y;
        if (from.Count == 0)
        {
            y.Span<T>(operation).Fill(TReduction.Row([]));
            return y;
        }
        // What is folded so far counts as inner = 1.
        T[]? held = null;
        ReadOnlySpan<T> source = from.Span<T>(operation);
        int inner = 1;
        for (int d = x.Rank - 1; d >= 0; d--)
        {
            if (!axes.Contains(d))
            {
                inner *= (int)x.Sizes[d];
                continue;
            }
            int n = (int)x.Sizes[d];
            while (d > 0 && axes.Contains(d - 1))
                n *= (int)x.Sizes[--d];
            int outer = source.Length / (n * inner);
            bool last = outer * inner == y.Count;
            T[]? next = last ? null : BufferPool.Rent<T>(outer * inner);
            Span<T> to = last ? y.Span<T>(operation) : next.AsSpan(0, outer * inner);
            FoldBlocks<T, TReduction>(source, outer, n, inner, to);
            source = to;
            if (held is not null)
                BufferPool.Return(held);
            held = next;
            if (last)
                return y;
        }
        source.CopyTo(y.Span<T>(operation));
        if (held is not null)
            BufferPool.Return(held);
        return y;
    }

    private static unsafe void FoldBlocks<T, TReduction>(ReadOnlySpan<T> x, int outer, int n, int inner, Span<T> y) where T : unmanaged where TReduction : struct, IReduction<T>
    {
        if (x.Length < Block || outer == 1)
        {
            for (int o = 0; o < outer; o++)
                FoldBlock<T, TReduction>(x.Slice(o * n * inner, n * inner), n, inner, y.Slice(o * inner, inner));
            return;
        }
        fixed (T* from = x, to = y)
            Workers.For(RowBlocks.Count(outer, n * inner), new FoldWork<T, TReduction>(from, to, outer, n, inner), x.Length);
    }

    private static void FoldBlock<T, TReduction>(ReadOnlySpan<T> x, int n, int inner, Span<T> y) where T : unmanaged where TReduction : struct, IReduction<T>
    {
        if (inner == 1)
            y[0] = TReduction.Row(x);
        else
            TReduction.Columns(x, n, y);
    }

    private readonly unsafe struct FoldWork<T, TReduction>(T* x, T* y, int outer, int n, int inner) : IBlockWork where T : unmanaged where TReduction : struct, IReduction<T>
    {
        public void Run(int block)
        {
            int row = n * inner;
            (int first, int count) = RowBlocks.Part(block, outer, row);
            for (int o = first; o < first + count; o++)
                FoldBlock<T, TReduction>(new ReadOnlySpan<T>(x + (long)o * row, row), n, inner, new Span<T>(y + (long)o * inner, inner));
        }
    }

    private static torch.Tensor SumOver(torch.Tensor x, Axes axes, bool keepDims, string operation) =>
        x.Contiguous && x.Count > Block && axes.Count(x.Sizes) == x.Count ? SumAll(x, axes, keepDims) : Fold<float, FloatSum>(x, axes, keepDims, operation);

    /// <summary>A long sum in blocks of a fixed length, shared between threads.</summary>
    private static torch.Tensor SumAll(torch.Tensor x, Axes axes, bool keepDims)
    {
        int blocks = (x.Count + Block - 1) / Block;
        float[] partial = BufferPool.Rent<float>(blocks);
        Workers.For(blocks, new SumBlocks(x, partial), x.Count);
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, axes.Result(x.Sizes, keepDims));
        y.Floats[0] = Sums.Sum(partial.AsSpan(0, blocks));
        BufferPool.Return(partial);
        return y;
    }

    private readonly struct SumBlocks(torch.Tensor x, float[] partial) : IBlockWork
    {
        public void Run(int block)
        {
            int start = block * Block;
            partial[block] = Sums.Sum(x.Floats.Slice(start, Math.Min(Block, x.Count - start)));
        }
    }

    /// <summary>Every element gets the gradient of its result, scaled: a view with strides of 0.</summary>
    private sealed class SpreadNode(string name, torch.Tensor x, Axes axes, float scale) : Node(name, x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor scaled = scale == 1 ? gradient : Arithmetic.Mul(gradient, scale);
            Send(0, scaled.View(scaled.Offset, _sizes, axes.Spread(_sizes.Length, scaled.Strides), Name));
        }
    }
}
