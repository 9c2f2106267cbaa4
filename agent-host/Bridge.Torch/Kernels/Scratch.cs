namespace Bridge.Torch.Kernels;

/// <summary>
/// Working memory of one thread: pinned, on a cache line, kept for the next call. Each slot is one buffer; a kernel that calls another must use another slot.
/// The contents are whatever the last user left.
/// </summary>
internal static unsafe class Scratch
{
    /// <summary>Who uses a buffer.</summary>
    internal enum Slot { PackedA, PackedB, Planes, Tile, Table, Sums, Weights }

    [ThreadStatic]
    private static float[]?[]? _buffers;

    /// <summary>At least <paramref name="count"/> floats, aligned to 64 bytes, of the calling thread. Valid until this thread asks for the same slot again.</summary>
    public static float* Rent(Slot slot, nint count)
    {
        float[]?[] buffers = _buffers ??= new float[]?[7];
        float[]? buffer = buffers[(int)slot];
        if (buffer is null || buffer.Length - 16 < count)
        {
            // Half as much again: sizes that creep up do not reallocate each time.
            buffer = GC.AllocateUninitializedArray<float>(checked((int)(count + count / 2) + 16), pinned: true);
            buffers[(int)slot] = buffer;
        }
        nint address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(buffer));
        return (float*)((address + 63) & ~63);
    }
}
