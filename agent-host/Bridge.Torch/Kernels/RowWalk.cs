using System.Runtime.CompilerServices;

namespace Bridge.Torch.Kernels;

/// <summary>
/// Walks up to four operands of one shape row by row. Dimensions that lie behind each other in every operand are merged first, so that rows are long;
/// the last dimension left is the row, with one stride an operand.
/// </summary>
internal ref struct RowWalk
{
    private const int MaxRank = 8, MaxOperands = 4;

    private Longs8 _sizes;
    private Longs32 _strides; // [operand * MaxRank + dimension]
    private Longs8 _index;
    private readonly int _operands;
    private int _rank; // without the row
    private Offsets _offsets;
    private bool _started;

    /// <summary>Strides are in elements; 0 along a dimension that is broadcast.</summary>
    public RowWalk(ReadOnlySpan<long> sizes, ReadOnlySpan<long> a, ReadOnlySpan<long> b, ReadOnlySpan<long> c = default, ReadOnlySpan<long> d = default)
    {
        _operands = d.Length > 0 ? 4 : c.Length > 0 ? 3 : 2;
        int rank = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            long size = sizes[i];
            if (size == 1)
                continue;
            long sa = a[i], sb = b[i], sc = _operands > 2 ? c[i] : 0, sd = _operands > 3 ? d[i] : 0;
            int last = rank - 1;
            bool merges = rank > 0 && _strides[last] == sa * size && _strides[MaxRank + last] == sb * size
                && _strides[2 * MaxRank + last] == sc * size && _strides[3 * MaxRank + last] == sd * size;
            if (merges)
                _sizes[last] *= size;
            else
            {
                last = rank++;
                _sizes[last] = size;
            }
            _strides[last] = sa;
            _strides[MaxRank + last] = sb;
            _strides[2 * MaxRank + last] = sc;
            _strides[3 * MaxRank + last] = sd;
        }
        if (rank == 0)
        {
            _sizes[0] = 1;
            rank = 1;
        }
        _rank = rank - 1;
        Length = (int)_sizes[_rank];
        foreach (long size in sizes)
            IsEmpty |= size == 0;
    }

    public bool IsEmpty { get; }

    /// <summary>Elements in a row.</summary>
    public int Length { get; }

    /// <summary>Rows in all.</summary>
    public readonly long Rows
    {
        get
        {
            long rows = 1;
            for (int d = 0; d < _rank; d++)
                rows *= _sizes[d];
            return IsEmpty ? 0 : rows;
        }
    }

    /// <summary>Dimensions before the row.</summary>
    public readonly int OuterRank => _rank;

    /// <summary>Size of the dimension before the row; 1 where there is none.</summary>
    public readonly int OuterLength => _rank > 0 ? (int)_sizes[_rank - 1] : 1;

    /// <summary>Stride along the row. Where the row has one element, 1.</summary>
    public readonly int RowStride(int operand) => Length == 1 ? 1 : (int)_strides[operand * MaxRank + _rank];

    /// <summary>Stride from one row to the next.</summary>
    public readonly int OuterStride(int operand) => _rank > 0 ? (int)_strides[operand * MaxRank + _rank - 1] : 0;

    /// <summary>Joins the last dimension before the row to it, so that the caller walks two dimensions itself.</summary>
    public void TakeOuter()
    {
        if (_rank > 0)
            _rank--;
    }

    /// <summary>Where the row of an operand starts.</summary>
    public readonly int Offset(int operand) => (int)_offsets[operand];

    public bool MoveNext()
    {
        if (!_started)
        {
            _started = true;
            return !IsEmpty;
        }
        for (int d = _rank - 1; d >= 0; d--)
        {
            if (++_index[d] < _sizes[d])
            {
                for (int o = 0; o < _operands; o++)
                    _offsets[o] += _strides[o * MaxRank + d];
                return true;
            }
            _index[d] = 0;
            for (int o = 0; o < _operands; o++)
                _offsets[o] -= _strides[o * MaxRank + d] * (_sizes[d] - 1);
        }
        return false;
    }

    [InlineArray(MaxRank)]
    private struct Longs8
    {
        private long _first;
    }

    [InlineArray(MaxRank * MaxOperands)]
    private struct Longs32
    {
        private long _first;
    }

    [InlineArray(MaxOperands)]
    private struct Offsets
    {
        private long _first;
    }
}
