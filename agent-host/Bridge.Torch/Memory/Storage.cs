using System.Runtime.CompilerServices;
using TorchSharp;

namespace Bridge.Torch.Memory;

/// <summary>
/// The memory of a tensor and its views: a pooled array, counted by the tensors and saved tensors that use it. The last to let go gives it
/// back to the pool; where one is never disposed, the garbage collector has it.
/// </summary>
internal sealed class Storage
{
    private Array _data;
    private int _users = 1;

    private Storage(Array data, torch.ScalarType type)
    {
        _data = data;
        Type = type;
    }

    public torch.ScalarType Type { get; }

    /// <summary>Grows with every change in place; a saved tensor remembers it.</summary>
    public int Version { get; private set; }

    /// <summary>Grows with every change in place that autograd recorded: views made before it have a stale history.</summary>
    public int HistoryVersion { get; set; }

    public bool IsShared => Volatile.Read(ref _users) > 1;

    /// <summary>Elements in the array, at least as many as were asked for.</summary>
    public int Capacity => _data.Length;

    public static Storage Rent(torch.ScalarType type, int length) => new(type switch
    {
        torch.ScalarType.Float32 => BufferPool.Rent<float>(length),
        torch.ScalarType.Int64 => BufferPool.Rent<long>(length),
        torch.ScalarType.Bool => BufferPool.Rent<bool>(length),
        _ => throw new NotSupportedException($"{type} is not here: use Float32, Int64 or Bool"),
    }, type);

    public Array Data => _data;

    /// <summary>The whole array; the caller has checked the type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T[] Array<T>() where T : unmanaged => Unsafe.As<T[]>(_data);

    public void MarkChanged() => Version++;

    public void AddUser() => Interlocked.Increment(ref _users);

    public void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) != 0)
            return;
        Array data = _data;
        _data = System.Array.Empty<float>();
        switch (data)
        {
            case float[] floats: BufferPool.Return(floats); break;
            case long[] longs: BufferPool.Return(longs); break;
            case bool[] bools: BufferPool.Return(bools); break;
        }
    }
}
