using System.Numerics;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

internal enum Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>Comparisons and logic; the results are Bool and have no gradient.</summary>
internal static class Comparisons
{
    public static torch.Tensor Compare(Comparison kind, torch.Tensor a, torch.Tensor b)
    {
        string operation = Name(kind);
        torch.ScalarType type = Promotion.Apply(ref a, ref b, operation);
        if (type == torch.ScalarType.Float32)
            return Compare<float>(kind, a, b, operation);
        if (type == torch.ScalarType.Int64)
            return Compare<long>(kind, a, b, operation);
        using torch.Tensor x = Copying.Cast(a, torch.ScalarType.Int64), y = Copying.Cast(b, torch.ScalarType.Int64);
        return Compare<long>(kind, x, y, operation);
    }

    public static torch.Tensor Compare(Comparison kind, torch.Tensor a, Scalar b)
    {
        using torch.Tensor number = Number(b);
        return Compare(kind, a, number);
    }

    /// <summary>Logic on truth values; numbers count as true where they are not 0.</summary>
    public static torch.Tensor Logical<TLogic>(torch.Tensor a, torch.Tensor b, string operation) where TLogic : struct, IComparison<bool> =>
        Elementwise.Binary<bool, bool, ComparisonKernel<bool, TLogic>>(Truth(a, operation), Truth(b, operation), torch.ScalarType.Bool, operation);

    public static torch.Tensor Not(torch.Tensor x, string operation)
    {
        torch.Tensor y = Copying.Contiguous(Truth(x, operation));
        foreach (ref bool value in y.Bools)
            value = !value;
        return y;
    }

    /// <summary>Whether each number has a property; whole numbers are finite.</summary>
    public static torch.Tensor Is(torch.Tensor x, Func<float, bool> property, bool ofWhole, string operation)
    {
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Bool, x.Sizes);
        if (x.Use(operation).Type != torch.ScalarType.Float32)
        {
            y.Bools.Fill(ofWhole);
            return y;
        }
        using torch.Tensor? dense = x.Contiguous ? null : Copying.Contiguous(x);
        ReadOnlySpan<float> from = (dense ?? x).Floats;
        Span<bool> to = y.Bools;
        for (int i = 0; i < to.Length; i++)
            to[i] = property(from[i]);
        return y;
    }

    /// <summary>Whether both have the same shape and the same elements.</summary>
    public static bool Same(torch.Tensor a, torch.Tensor b)
    {
        if (!Shape.Same(a.Sizes, b.Sizes) || a.Use("equal").Type != b.Use("equal").Type)
            return false;
        using torch.Tensor equal = Compare(Comparison.Equal, a, b);
        return !equal.Bools.Contains(false);
    }

    /// <summary>Whether |a - b| ≤ atol + rtol |b| everywhere, broadcast.</summary>
    public static bool AllClose(torch.Tensor a, torch.Tensor b, double rtol, double atol, bool equalNaN)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long[] sizes = Shape.Broadcast(a.Sizes, b.Sizes, "allclose");
        torch.Tensor x = Arithmetic.Real(Views.Expand(a.detach(), sizes)).Dense(), y = Arithmetic.Real(Views.Expand(b.detach(), sizes)).Dense();
        ReadOnlySpan<float> left = x.Floats, right = y.Floats;
        for (int i = 0; i < left.Length; i++)
        {
            double p = left[i], q = right[i];
            bool close = p == q || (double.IsFinite(q) && Math.Abs(p - q) <= atol + rtol * Math.Abs(q)) || (equalNaN && double.IsNaN(p) && double.IsNaN(q));
            if (!close)
                return false;
        }
        return true;
    }

    /// <summary>A number as a tensor without dimensions.</summary>
    public static torch.Tensor Number(Scalar value)
    {
        torch.Tensor y = torch.Tensor.Empty(value.Type, Shape.Scalar);
        if (value.IsReal)
            y.Floats[0] = value.ToSingle();
        else if (value.Type == torch.ScalarType.Int64)
            y.Longs[0] = value.ToInt64();
        else
            y.Bools[0] = value.ToBoolean();
        return y;
    }

    private static torch.Tensor Truth(torch.Tensor x, string operation) => x.Use(operation).Type == torch.ScalarType.Bool ? x : Copying.Cast(x, torch.ScalarType.Bool);

    private static torch.Tensor Compare<T>(Comparison kind, torch.Tensor a, torch.Tensor b, string operation) where T : unmanaged, INumber<T> => kind switch
    {
        Comparison.Equal => Run<T, IsEqual<T>>(a, b, operation),
        Comparison.NotEqual => Run<T, IsNotEqual<T>>(a, b, operation),
        Comparison.Less => Run<T, IsLess<T>>(a, b, operation),
        Comparison.LessOrEqual => Run<T, IsLessOrEqual<T>>(a, b, operation),
        Comparison.Greater => Run<T, IsGreater<T>>(a, b, operation),
        _ => Run<T, IsGreaterOrEqual<T>>(a, b, operation),
    };

    private static torch.Tensor Run<T, TComparison>(torch.Tensor a, torch.Tensor b, string operation) where T : unmanaged where TComparison : struct, IComparison<T> =>
        Elementwise.Binary<T, bool, ComparisonKernel<T, TComparison>>(a, b, torch.ScalarType.Bool, operation);

    private static string Name(Comparison kind) => kind switch
    {
        Comparison.Equal => "eq",
        Comparison.NotEqual => "ne",
        Comparison.Less => "lt",
        Comparison.LessOrEqual => "le",
        Comparison.Greater => "gt",
        _ => "ge",
    };
}
