using System.Numerics;
using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>Sum of floats, in an order that depends on the sizes only.</summary>
internal readonly struct FloatSum : IReduction<float>
{
    public static float Row(ReadOnlySpan<float> x) => Sums.Sum(x);
    public static void Columns(ReadOnlySpan<float> x, int rows, Span<float> y) => Sums.Columns(x, rows, y);
}

/// <summary>Sum of whole numbers, wrapping around as in PyTorch.</summary>
internal readonly struct WholeSum : IReduction<long>
{
    public static long Row(ReadOnlySpan<long> x) => TensorPrimitives.Sum(x);

    public static void Columns(ReadOnlySpan<long> x, int rows, Span<long> y)
    {
        y.Clear();
        for (int r = 0; r < rows; r++)
            TensorPrimitives.Add(y, x.Slice(r * y.Length, y.Length), y);
    }
}

/// <summary>Product, one after the other.</summary>
internal readonly struct Product<T> : IReduction<T> where T : unmanaged, INumber<T>
{
    public static T Row(ReadOnlySpan<T> x)
    {
        T product = T.One;
        foreach (T value in x)
            product *= value;
        return product;
    }

    public static void Columns(ReadOnlySpan<T> x, int rows, Span<T> y)
    {
        y.Fill(T.One);
        for (int r = 0; r < rows; r++)
            TensorPrimitives.Multiply(y, x.Slice(r * y.Length, y.Length), y);
    }
}

/// <summary>Largest; NaN where there is one. Not for nothing.</summary>
internal readonly struct Largest<T> : IReduction<T> where T : unmanaged, INumber<T>
{
    public static T Row(ReadOnlySpan<T> x) => TensorPrimitives.Max(x);

    public static void Columns(ReadOnlySpan<T> x, int rows, Span<T> y)
    {
        x[..y.Length].CopyTo(y);
        for (int r = 1; r < rows; r++)
            TensorPrimitives.Max(y, x.Slice(r * y.Length, y.Length), y);
    }
}

/// <summary>Smallest; NaN where there is one. Not for nothing.</summary>
internal readonly struct Smallest<T> : IReduction<T> where T : unmanaged, INumber<T>
{
    public static T Row(ReadOnlySpan<T> x) => TensorPrimitives.Min(x);

    public static void Columns(ReadOnlySpan<T> x, int rows, Span<T> y)
    {
        x[..y.Length].CopyTo(y);
        for (int r = 1; r < rows; r++)
            TensorPrimitives.Min(y, x.Slice(r * y.Length, y.Length), y);
    }
}
