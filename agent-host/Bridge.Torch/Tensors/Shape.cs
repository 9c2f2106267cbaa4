using TorchSharp;

namespace Bridge.Torch.Tensors;

/// <summary>Arithmetic on shapes and strides, without tensors.</summary>
internal static class Shape
{
    public static readonly long[] Scalar = [];

    /// <summary>Most dimensions a tensor may have.</summary>
    public const int MaxRank = 8;

    /// <summary>"[2, 3]".</summary>
    public static string Text(ReadOnlySpan<long> shape) => "[" + string.Join(", ", shape.ToArray()) + "]";

    /// <summary>How many elements; refuses negative sizes and what no array can hold.</summary>
    public static int Count(ReadOnlySpan<long> shape, string operation)
    {
        long n = 1;
        bool empty = false;
        foreach (long size in shape)
        {
            if (size < 0)
                throw new ArgumentException($"{operation}: shape {Text(shape)} has a negative size");
            empty |= size == 0;
            if (size != 0 && n > Array.MaxLength / size)
                n = long.MaxValue / size; // too many, unless another size is 0
            n *= Math.Max(size, 1);
        }
        if (empty)
            return 0;
        return n <= Array.MaxLength ? (int)n : throw new ArgumentException($"{operation}: shape {Text(shape)} has more elements than an array can hold ({Array.MaxLength})");
    }

    /// <summary>Row-major strides in elements.</summary>
    public static long[] Strides(ReadOnlySpan<long> shape)
    {
        var strides = new long[shape.Length];
        long step = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = step;
            step *= Math.Max(shape[d], 1);
        }
        return strides;
    }

    /// <summary>Whether the strides are row-major; sizes of 1 may have any, and an empty tensor is contiguous.</summary>
    public static bool IsContiguous(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        long step = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            if (shape[d] == 0)
                return true;
            if (shape[d] != 1 && strides[d] != step)
                return shape.Contains(0);
            step *= shape[d];
        }
        return true;
    }

    public static bool Same(long[] a, long[] b) => ReferenceEquals(a, b) || a.AsSpan().SequenceEqual(b);

    /// <summary>The shape that two broadcast to: aligned at the last dimension, where each pair is equal or one is 1.</summary>
    public static long[] Broadcast(long[] a, long[] b, string operation)
    {
        if (Same(a, b))
            return a;
        long[] longer = a.Length >= b.Length ? a : b;
        long[] shorter = ReferenceEquals(longer, a) ? b : a;
        int lead = longer.Length - shorter.Length;
        long[] result = longer;
        for (int d = 0; d < shorter.Length; d++)
        {
            long x = longer[lead + d], y = shorter[d];
            if (x == y || y == 1)
                continue;
            if (x != 1)
                throw new ArgumentException($"{operation}: {Text(a)} and {Text(b)} do not broadcast: sizes {x} and {y} differ and neither is 1");
            if (ReferenceEquals(result, longer))
                result = (long[])longer.Clone();
            result[lead + d] = y;
        }
        return result;
    }

    /// <summary>A dimension counted from either end, as 0 … rank-1. A scalar is taken as one dimension.</summary>
    public static int Dim(long dim, int rank, string operation)
    {
        int n = Math.Max(rank, 1);
        if (dim < -n || dim >= n)
            throw new ArgumentOutOfRangeException(nameof(dim), $"{operation}: dimension {dim} is outside {-n} to {n - 1}");
        return (int)(dim < 0 ? dim + n : dim);
    }

    /// <summary>The sizes before, at and after a dimension, multiplied up.</summary>
    public static (int Outer, int N, int Inner) Split(ReadOnlySpan<long> shape, int dim)
    {
        long outer = 1, inner = 1;
        for (int d = 0; d < dim; d++)
            outer *= shape[d];
        for (int d = dim + 1; d < shape.Length; d++)
            inner *= shape[d];
        return ((int)outer, shape.Length == 0 ? 1 : (int)shape[dim], (int)inner);
    }

    /// <summary>Fills in the one size that is -1, so that the shape has <paramref name="count"/> elements.</summary>
    public static long[] Infer(ReadOnlySpan<long> wanted, long count, ReadOnlySpan<long> from, string operation)
    {
        long[] shape = wanted.ToArray();
        int hole = -1;
        long known = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            if (shape[d] == -1 && hole < 0)
                hole = d;
            else if (shape[d] < 0)
                throw new ArgumentException($"{operation}: shape {Text(wanted)} is not one: sizes are at least 0, and one may be -1");
            else
                known = known > Array.MaxLength ? known : known * shape[d];
        }
        if (hole >= 0)
        {
            if (known == 0 || count % known != 0)
                throw new ArgumentException($"{operation}: {Text(from)} cannot become {Text(wanted)}: {count} elements do not divide by {known}");
            shape[hole] = count / known;
        }
        else if (known != count)
            throw new ArgumentException($"{operation}: {Text(from)} cannot become {Text(wanted)}: {count} and {known} elements");
        return shape;
    }
}
