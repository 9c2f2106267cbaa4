using System.Numerics;

namespace Bridge.Torch.Kernels;

/// <summary>One comparison of two numbers.</summary>
internal interface IComparison<T>
{
    static abstract bool Of(T a, T b);
}

internal readonly struct IsEqual<T> : IComparison<T> where T : IEqualityOperators<T, T, bool>
{
    public static bool Of(T a, T b) => a == b;
}

internal readonly struct IsNotEqual<T> : IComparison<T> where T : IEqualityOperators<T, T, bool>
{
    public static bool Of(T a, T b) => a != b;
}

internal readonly struct IsLess<T> : IComparison<T> where T : INumber<T>
{
    public static bool Of(T a, T b) => a < b;
}

internal readonly struct IsLessOrEqual<T> : IComparison<T> where T : INumber<T>
{
    public static bool Of(T a, T b) => a <= b;
}

internal readonly struct IsGreater<T> : IComparison<T> where T : INumber<T>
{
    public static bool Of(T a, T b) => a > b;
}

internal readonly struct IsGreaterOrEqual<T> : IComparison<T> where T : INumber<T>
{
    public static bool Of(T a, T b) => a >= b;
}

internal readonly struct BothTrue : IComparison<bool>
{
    public static bool Of(bool a, bool b) => a & b;
}

internal readonly struct EitherTrue : IComparison<bool>
{
    public static bool Of(bool a, bool b) => a | b;
}

internal readonly struct OneTrue : IComparison<bool>
{
    public static bool Of(bool a, bool b) => a ^ b;
}

/// <summary>y = whether the comparison holds.</summary>
internal readonly struct ComparisonKernel<T, TComparison> : IBinaryKernel<T, bool> where T : unmanaged where TComparison : struct, IComparison<T>
{
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = TComparison.Of(a[i], b[i]);
    }

    public static void Run(ReadOnlySpan<T> a, T b, Span<bool> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = TComparison.Of(a[i], b);
    }

    public static void Run(T a, ReadOnlySpan<T> b, Span<bool> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = TComparison.Of(a, b[i]);
    }
}
