using Bridge.Torch.Tensors;

namespace Bridge.Torch.Ops;

/// <summary>Which dimensions a reduction takes away.</summary>
internal readonly struct Axes
{
    private readonly int _mask;

    /// <summary>No dimension named: all of them.</summary>
    public Axes(long[] sizes, ReadOnlySpan<long> dims, string operation)
    {
        if (dims.Length == 0)
            _mask = (1 << sizes.Length) - 1;
        foreach (long dim in dims)
        {
            int d = Shape.Dim(dim, sizes.Length, operation);
            if ((_mask & (1 << d)) != 0)
                throw new ArgumentException($"{operation}: dimension {dim} of {Shape.Text(sizes)} is named twice");
            _mask |= 1 << d;
        }
    }

    public bool Contains(int dim) => (_mask & (1 << dim)) != 0;

    /// <summary>The shape of the result.</summary>
    public long[] Result(long[] sizes, bool keepDims)
    {
        int rank = 0;
        for (int d = 0; d < sizes.Length; d++)
            rank += keepDims || !Contains(d) ? 1 : 0;
        var result = new long[rank];
        for (int d = 0, r = 0; d < sizes.Length; d++)
            if (!Contains(d))
                result[r++] = sizes[d];
            else if (keepDims)
                result[r++] = 1;
        return result;
    }

    /// <summary>How many elements go into each result.</summary>
    public long Count(long[] sizes)
    {
        long n = 1;
        for (int d = 0; d < sizes.Length; d++)
            if (Contains(d))
                n *= sizes[d];
        return n;
    }

    /// <summary>Strides that spread a result over the shape that was reduced: 0 along the dimensions taken away.</summary>
    public long[] Spread(int rank, long[] resultStrides)
    {
        var strides = new long[rank];
        bool kept = resultStrides.Length == rank;
        for (int d = 0, r = 0; d < rank; d++)
        {
            if (!Contains(d))
                strides[d] = resultStrides[r++];
            else if (kept)
                r++;
        }
        return strides;
    }
}
