using System.Numerics;

namespace Bridge.Torch.Memory;

/// <summary>
/// Arrays to be used again, by size class: four classes an octave, so that at most a quarter of an array is unused.
/// What comes out holds old values. Bounded: what does not fit is left to the garbage collector.
/// </summary>
internal static class BufferPool
{
    /// <summary>At most this many bytes wait in the pool, all types together: 1 GiB, or an eighth of the memory the process may use.</summary>
    private static readonly long s_limit = Math.Min(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);
    private static long s_waiting;

    /// <summary>Bytes that wait in the pool.</summary>
    public static long WaitingBytes => Interlocked.Read(ref s_waiting);

    /// <summary>An array of at least <paramref name="length"/> elements with unknown contents.</summary>
    public static T[] Rent<T>(int length) where T : unmanaged
    {
        if (length == 0)
            return [];
        int sizeClass = ClassOf(length, out int size);
        Shelf<T> shelf = Shelves<T>.All[sizeClass];
        if (shelf.TryTake(out T[]? array))
        {
            Interlocked.Add(ref s_waiting, -(long)size * SizeOf<T>());
            return array!;
        }
        return GC.AllocateUninitializedArray<T>(size);
    }

    /// <summary>Gives an array back. The caller, and everybody else, has let go of it.</summary>
    public static void Return<T>(T[] array) where T : unmanaged
    {
        if (array.Length == 0)
            return;
        int sizeClass = ClassOf(array.Length, out int size);
        if (size != array.Length)
            return; // not one of ours
        long bytes = (long)size * SizeOf<T>();
        if (Interlocked.Add(ref s_waiting, bytes) > s_limit)
        {
            Interlocked.Add(ref s_waiting, -bytes);
            return;
        }
        Shelves<T>.All[sizeClass].Put(array);
    }

    /// <summary>Size class of a length, and the length of arrays in that class: 16, 20, 24, 28, 32, 40, 48, 56, 64, 80 …</summary>
    internal static int ClassOf(int length, out int size)
    {
        if (length <= 16)
        {
            size = 16;
            return 0;
        }
        int octave = BitOperations.Log2((uint)(length - 1));
        int step = octave - 2;
        int quarter = ((length - 1) >> step) - 3; // 1..4
        long wide = (long)(quarter + 4) << step;
        size = (int)Math.Min(wide, Array.MaxLength);
        return (octave - 4) * 4 + quarter;
    }

    private static unsafe int SizeOf<T>() where T : unmanaged => sizeof(T);

    private static class Shelves<T> where T : unmanaged
    {
        public static readonly Shelf<T>[] All = Make();

        private static Shelf<T>[] Make()
        {
            var shelves = new Shelf<T>[27 * 4 + 1];
            for (int i = 0; i < shelves.Length; i++)
                shelves[i] = new Shelf<T>();
            return shelves;
        }
    }

    /// <summary>The arrays of one size that wait, the last one first: it is the one still in cache.</summary>
    private sealed class Shelf<T>
    {
        private readonly Lock _lock = new();
        private T[]?[] _arrays = new T[4][];
        private int _count;

        public bool TryTake(out T[]? array)
        {
            lock (_lock)
            {
                if (_count == 0)
                {
                    array = null;
                    return false;
                }
                array = _arrays[--_count];
                _arrays[_count] = null;
                return true;
            }
        }

        public void Put(T[] array)
        {
            lock (_lock)
            {
                if (_count == _arrays.Length)
                    Array.Resize(ref _arrays, _count * 2);
                _arrays[_count++] = array;
            }
        }
    }
}
