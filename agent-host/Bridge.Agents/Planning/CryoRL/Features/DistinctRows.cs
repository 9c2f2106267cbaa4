using System.Runtime.InteropServices;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>Rows of equal length, each kept once, in the order in which they first came: a hash table over a row-major array.</summary>
internal sealed class DistinctRows
{
    private readonly int _width;
    private readonly float[] _rows;
    private readonly int[] _slots;   // row + 1, or 0 where free; a power of two, at most half full
    private readonly int[] _used;    // slots to free again

    /// <param name="width">Numbers in a row.</param>
    /// <param name="capacity">Most distinct rows.</param>
    public DistinctRows(int width, int capacity)
    {
        (_width, _rows, _used) = (width, new float[width * capacity], new int[capacity]);
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * capacity))];
    }

    public int Count { get; private set; }

    /// <summary>All rows: (<see cref="Count"/>, width).</summary>
    public ReadOnlySpan<float> All => _rows.AsSpan(0, Count * _width);

    public ReadOnlySpan<float> this[int row] => All.Slice(row * _width, _width);

    public void Clear()
    {
        for (int row = 0; row < Count; row++)
            _slots[_used[row]] = 0;
        Count = 0;
    }

    /// <summary>The position of a row, which is added if it is new.</summary>
    public int Add(ReadOnlySpan<float> row)
    {
        int slot = Hash(row) & (_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (this[_slots[slot] - 1].SequenceEqual(row))
                return _slots[slot] - 1;
        }
        row.CopyTo(_rows.AsSpan(Count * _width));
        (_used[Count], _slots[slot]) = (slot, Count + 1);
        return Count++;
    }

    /// <summary>FNV-1a over the numbers' bits, folded so that the low bits depend on all of them.</summary>
    private static int Hash(ReadOnlySpan<float> row)
    {
        ulong hash = 14695981039346656037;
        foreach (uint bits in MemoryMarshal.Cast<float, uint>(row))
            hash = (hash ^ bits) * 1099511628211;
        return (int)(hash ^ (hash >> 32));
    }
}
