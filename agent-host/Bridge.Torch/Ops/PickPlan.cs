using System.Numerics;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>
/// Picking elements by tensors of places: which offset of x each position of the broadcast places stands for. The result's dimensions are
/// [before, places, rest] where the picked dimensions are neighbours, else [places, rest].
/// </summary>
internal readonly struct PickPlan
{
    private readonly torch.Tensor _x;
    private readonly int[] _offsets;
    private readonly long[] _stridesOfKept, _kept;
    private readonly int _before; // kept dimensions in front of the places

    public PickPlan(torch.Tensor x, torch.Tensor?[] picks)
    {
        _x = x;
        long[]? places = null;
        int first = -1, last = -1, count = 0;
        for (int d = 0; d < picks.Length; d++)
        {
            if (picks[d] is not torch.Tensor pick)
                continue;
            places = places is null ? pick.Sizes : Shape.Broadcast(places, pick.Sizes, "index");
            first = first < 0 ? d : first;
            last = d;
            count++;
        }
        bool neighbours = last - first + 1 == count;
        _kept = new long[x.Rank - count];
        _stridesOfKept = new long[_kept.Length];
        for (int d = 0, k = 0; d < x.Rank; d++)
            if (picks[d] is null)
                (_kept[k], _stridesOfKept[k++]) = (x.Sizes[d], x.Strides[d]);
        _before = neighbours ? first : 0;
        Sizes = [.. _kept.AsSpan(0, _before), .. places!, .. _kept.AsSpan(_before)];
        _offsets = new int[Shape.Count(places, "index")];
        for (int d = 0; d < picks.Length; d++)
            if (picks[d] is torch.Tensor pick)
                AddOffsets(pick, places!, (int)x.Sizes[d], (int)x.Strides[d], _offsets);
    }

    /// <summary>The shape of the result.</summary>
    public long[] Sizes { get; }

    public torch.Tensor Take()
    {
        torch.Tensor y = torch.Tensor.Empty(_x.dtype, Sizes, "index");
        switch (y.dtype)
        {
            case torch.ScalarType.Float32: Move<float>(y, false); break;
            case torch.ScalarType.Int64: Move<long>(y, false); break;
            default: Move<bool>(y, false); break;
        }
        return y;
    }

    /// <summary>Puts the elements of a contiguous value of shape <see cref="Sizes"/> at their places, or adds them (one after the other where places repeat).</summary>
    public void Put(torch.Tensor value, bool add)
    {
        if (add)
        {
            if (_x.dtype == torch.ScalarType.Float32)
                Add<float>(value);
            else
                Add<long>(value.Require(torch.ScalarType.Int64, "index_put_"));
            return;
        }
        switch (_x.dtype)
        {
            case torch.ScalarType.Float32: Move<float>(value, true); break;
            case torch.ScalarType.Int64: Move<long>(value, true); break;
            default: Move<bool>(value, true); break;
        }
    }

    private static void AddOffsets(torch.Tensor pick, long[] places, int size, int stride, int[] offsets)
    {
        if (offsets.Length == 0)
            return;
        Span<long> strides = stackalloc long[Shape.MaxRank];
        Elementwise.BroadcastStrides(pick, places, ref strides);
        ReadOnlySpan<long> from = pick.Raw<long>("index");
        var walk = new RowWalk(places, Shape.Strides(places), strides);
        int step = walk.RowStride(1);
        while (walk.MoveNext())
            for (int i = 0, j = walk.Offset(1); i < walk.Length; i++, j += step)
            {
                long at = from[j] < 0 ? from[j] + size : from[j];
                if ((ulong)at >= (ulong)size)
                    throw new ArgumentOutOfRangeException(nameof(pick), $"index: {from[j]} is outside a dimension of {size}");
                offsets[walk.Offset(0) + i] += (int)at * stride;
            }
    }

    /// <summary>Copies between x and a contiguous tensor of shape <see cref="Sizes"/>, a run of the last kept dimensions at a time.</summary>
    private void Move<T>(torch.Tensor dense, bool put) where T : unmanaged
    {
        if (dense.Count == 0)
            return;
        Span<T> x = _x.Raw<T>("index"), y = dense.Span<T>("index");
        ReadOnlySpan<long> tail = _kept.AsSpan(_before), tailStrides = _stridesOfKept.AsSpan(_before);
        int run = Shape.Count(tail, "index"), at = 0;
        long[] runStrides = Shape.Strides(tail);
        bool row = Shape.IsContiguous(tail, tailStrides);
        var walk = new RowWalk(_kept.AsSpan(0, _before), _stridesOfKept.AsSpan(0, _before), _stridesOfKept.AsSpan(0, _before));
        int step = _before == 0 ? 0 : walk.RowStride(0);
        while (walk.MoveNext())
            for (int i = 0; i < walk.Length; i++)
                foreach (int offset in _offsets)
                {
                    Span<T> here = x[(walk.Offset(0) + i * step + offset)..], there = y.Slice(at, run);
                    if (row && put)
                        there.CopyTo(here);
                    else if (row)
                        here[..run].CopyTo(there);
                    else if (put)
                        StridedCopy.Run<T>(tail, here, tailStrides, there, runStrides);
                    else
                        StridedCopy.Run<T>(tail, there, runStrides, here, tailStrides);
                    at += run;
                }
    }

    private void Add<T>(torch.Tensor value) where T : unmanaged, INumber<T>
    {
        if (value.Count == 0)
            return;
        Span<T> x = _x.Raw<T>("index_put_");
        ReadOnlySpan<T> y = value.Span<T>("index_put_");
        ReadOnlySpan<long> tail = _kept.AsSpan(_before), tailStrides = _stridesOfKept.AsSpan(_before);
        int at = 0;
        var walk = new RowWalk(_kept.AsSpan(0, _before), _stridesOfKept.AsSpan(0, _before), _stridesOfKept.AsSpan(0, _before));
        int step = _before == 0 ? 0 : walk.RowStride(0);
        while (walk.MoveNext())
            for (int i = 0; i < walk.Length; i++)
                foreach (int offset in _offsets)
                {
                    var inner = new RowWalk(tail, tailStrides, tailStrides);
                    int stepX = inner.RowStride(0), start = walk.Offset(0) + i * step + offset;
                    while (inner.MoveNext())
                        for (int j = 0, k = start + inner.Offset(0); j < inner.Length; j++, k += stepX)
                            x[k] += y[at++];
                }
    }
}
