using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in row-major order, whatever its strides. Reads and writes the tensor's own memory.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor) => _tensor = tensor;

    public long Count => _tensor.Count;

    /// <summary>The element at a row-major place.</summary>
    public T this[long index]
    {
        get => _tensor.Raw<T>("data")[Place(index)];
        set
        {
            _tensor.Raw<T>("data")[Place(index)] = value;
            _tensor.MarkChanged();
        }
    }

    /// <summary>The element at these indices, one a dimension.</summary>
    public T this[params long[] indices]
    {
        get => _tensor.Raw<T>("data")[Place(indices)];
        set
        {
            _tensor.Raw<T>("data")[Place(indices)] = value;
            _tensor.MarkChanged();
        }
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        torch.Tensor dense = _tensor.Dense();
        Span<T> from = dense.Span<T>("data")[(int)tensorIndex..], to = array[arrayIndex..];
        from[..Math.Min(from.Length, to.Length)].CopyTo(to);
        if (!ReferenceEquals(dense, _tensor))
            dense.Dispose();
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> from = array[arrayIndex..];
        int n = (int)Math.Min(from.Length, Count - tensorIndex);
        if (_tensor.Contiguous)
            from[..n].CopyTo(_tensor.Span<T>("data")[(int)tensorIndex..]);
        else
            for (int i = 0; i < n; i++)
                _tensor.Raw<T>("data")[Place(tensorIndex + i)] = from[i];
        _tensor.MarkChanged();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing is held; here because TorchSharp's is disposable.</summary>
    public void Dispose() { }

    private int Place(long index)
    {
        if (index < 0 || index >= Count)
            throw new ArgumentOutOfRangeException(nameof(index), $"data: index {index} is outside the {Count} elements of {_tensor.Text}");
        if (_tensor.Contiguous)
            return (int)index;
        long at = 0;
        for (int d = _tensor.Rank - 1; d >= 0; d--)
        {
            at += index % _tensor.Sizes[d] * _tensor.Strides[d];
            index /= _tensor.Sizes[d];
        }
        return (int)at;
    }

    private int Place(long[] indices)
    {
        if (indices.Length != _tensor.Rank)
            throw new ArgumentException($"data: {indices.Length} indices for {_tensor.Text}");
        long at = 0;
        for (int d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= _tensor.Sizes[d])
                throw new ArgumentOutOfRangeException(nameof(indices), $"data: index {indices[d]} is outside dimension {d} of {_tensor.Text}");
            at += indices[d] * _tensor.Strides[d];
        }
        return (int)at;
    }
}
