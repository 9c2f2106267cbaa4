using System.Numerics;
using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>y = a + b.</summary>
internal readonly struct AddKernel<T> : IBinaryKernel<T, T> where T : unmanaged, INumber<T>
{
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Add(a, b, y);
    public static void Run(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Add(a, b, y);
    public static void Run(T a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Add(b, a, y);
}

/// <summary>y = a - b.</summary>
internal readonly struct SubtractKernel<T> : IBinaryKernel<T, T> where T : unmanaged, INumber<T>
{
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Subtract(a, b, y);
    public static void Run(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Subtract(a, b, y);
    public static void Run(T a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Subtract(a, b, y);
}

/// <summary>y = a b.</summary>
internal readonly struct MultiplyKernel<T> : IBinaryKernel<T, T> where T : unmanaged, INumber<T>
{
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Multiply(a, b, y);
    public static void Run(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Multiply(a, b, y);
    public static void Run(T a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Multiply(b, a, y);
}

/// <summary>y = a / b.</summary>
internal readonly struct DivideKernel : IBinaryKernel<float, float>
{
    public static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => TensorPrimitives.Divide(a, b, y);
    public static void Run(ReadOnlySpan<float> a, float b, Span<float> y) => TensorPrimitives.Divide(a, b, y);
    public static void Run(float a, ReadOnlySpan<float> b, Span<float> y) => TensorPrimitives.Divide(a, b, y);
}

/// <summary>y = the larger; NaN where one is.</summary>
internal readonly struct MaximumKernel<T> : IBinaryKernel<T, T> where T : unmanaged, INumber<T>
{
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Max(a, b, y);
    public static void Run(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Max(a, b, y);
    public static void Run(T a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Max(b, a, y);
}

/// <summary>y = the smaller; NaN where one is.</summary>
internal readonly struct MinimumKernel<T> : IBinaryKernel<T, T> where T : unmanaged, INumber<T>
{
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Min(a, b, y);
    public static void Run(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Min(a, b, y);
    public static void Run(T a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Min(b, a, y);
}

/// <summary>y = a to the power b.</summary>
internal readonly struct PowerKernel : IBinaryKernel<float, float>
{
    public static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = MathF.Pow(a[i], b[i]);
    }

    public static void Run(ReadOnlySpan<float> a, float b, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = MathF.Pow(a[i], b);
    }

    public static void Run(float a, ReadOnlySpan<float> b, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = MathF.Pow(a, b[i]);
    }
}

/// <summary>y = the angle of the point (b, a), -π to π.</summary>
internal readonly struct Atan2Kernel : IBinaryKernel<float, float>
{
    public static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => TensorPrimitives.Atan2(a, b, y);
    public static void Run(ReadOnlySpan<float> a, float b, Span<float> y) => TensorPrimitives.Atan2(a, b, y);
    public static void Run(float a, ReadOnlySpan<float> b, Span<float> y) => TensorPrimitives.Atan2(a, b, y);
}

/// <summary>y = the remainder with the sign of the divisor, as in Python.</summary>
internal readonly struct RemainderKernel<T> : IBinaryKernel<T, T> where T : unmanaged, INumber<T>
{
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Of(a[i], b[i]);
    }

    public static void Run(ReadOnlySpan<T> a, T b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Of(a[i], b);
    }

    public static void Run(T a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Of(a, b[i]);
    }

    private static T Of(T a, T b)
    {
        T r = a % b;
        return r != T.Zero && T.IsNegative(r) != T.IsNegative(b) ? r + b : r;
    }
}
