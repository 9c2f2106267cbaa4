using Bridge.Torch.Ops;
using Bridge.Torch.Tensors;

namespace TorchSharp;

/// <summary>Tensors from numbers.</summary>
public static partial class torch
{
    public static Tensor tensor(float scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor([scalar], ReadOnlySpan<long>.Empty, dtype, device, requires_grad);

    /// <summary>These numbers, row-major, in this shape.</summary>
    public static Tensor tensor(float[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor y = Numbers(dataArray.Length, ScalarType.Float32, dimensions, device);
        dataArray.CopyTo(y.Floats);
        return Typed(y, dtype, requires_grad);
    }

    /// <summary>These numbers, row-major, in this shape.</summary>
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor y = Numbers(rawArray.Count, ScalarType.Float32, dimensions, device);
        Span<float> to = y.Floats;
        for (int i = 0; i < to.Length; i++)
            to[i] = rawArray[i];
        return Typed(y, dtype, requires_grad);
    }

    public static Tensor tensor(float[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(dataArray, [dataArray.Length], dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);
    public static Tensor tensor(float[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor([scalar], ReadOnlySpan<long>.Empty, dtype, device, requires_grad);

    /// <summary>These numbers, row-major, in this shape.</summary>
    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor y = Numbers(dataArray.Length, ScalarType.Int64, dimensions, device);
        dataArray.CopyTo(y.Longs);
        return Typed(y, dtype, requires_grad);
    }

    /// <summary>These numbers, row-major, in this shape.</summary>
    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor y = Numbers(rawArray.Count, ScalarType.Int64, dimensions, device);
        Span<long> to = y.Longs;
        for (int i = 0; i < to.Length; i++)
            to[i] = rawArray[i];
        return Typed(y, dtype, requires_grad);
    }

    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(dataArray, [dataArray.Length], dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);
    public static Tensor tensor(long[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor([scalar], ReadOnlySpan<long>.Empty, dtype, device, requires_grad);

    /// <summary>These numbers, row-major, in this shape.</summary>
    public static Tensor tensor(bool[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor y = Numbers(dataArray.Length, ScalarType.Bool, dimensions, device);
        dataArray.CopyTo(y.Bools);
        return Typed(y, dtype, requires_grad);
    }

    /// <summary>These numbers, row-major, in this shape.</summary>
    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor y = Numbers(rawArray.Count, ScalarType.Bool, dimensions, device);
        Span<bool> to = y.Bools;
        for (int i = 0; i < to.Length; i++)
            to[i] = rawArray[i];
        return Typed(y, dtype, requires_grad);
    }

    public static Tensor tensor(bool[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(dataArray, [dataArray.Length], dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => tensor(rawArray, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);
    public static Tensor tensor(bool[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    /// <summary>A copy of an array of float, long or bool, of any number of dimensions.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var sizes = new long[rawArray.Rank];
        for (int d = 0; d < sizes.Length; d++)
            sizes[d] = rawArray.GetLongLength(d);
        Type? element = rawArray.GetType().GetElementType();
        ScalarType type = element == typeof(float) ? ScalarType.Float32 : element == typeof(long) ? ScalarType.Int64 : element == typeof(bool) ? ScalarType.Bool
            : throw new NotSupportedException($"from_array: {rawArray.GetType().Name} is not here: use float, long or bool");
        Tensor y = Numbers(rawArray.LongLength, type, sizes, device);
        Buffer.BlockCopy(rawArray, 0, y.Use("from_array").Data, 0, Buffer.ByteLength(rawArray));
        return Typed(y, dtype, requires_grad);
    }

    private static Tensor Numbers(long count, ScalarType type, ReadOnlySpan<long> sizes, Device? device)
    {
        Device.Check(device, "tensor");
        int wanted = Shape.Count(sizes, "tensor");
        if (wanted != count)
            throw new ArgumentException($"tensor: {count} numbers do not fill {Shape.Text(sizes)}");
        return Tensor.Empty(type, sizes.ToArray(), "tensor");
    }

    private static Tensor Typed(Tensor made, ScalarType? type, bool requiresGrad)
    {
        if (type is null || type == made.dtype)
            return Made(made, requiresGrad);
        using (made)
            return Made(Copying.Cast(made, type.Value), requiresGrad);
    }
}
