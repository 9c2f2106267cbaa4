using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Copies and casts.</summary>
internal static class Copying
{
    /// <summary>A contiguous copy without history.</summary>
    public static torch.Tensor Contiguous(torch.Tensor x, string operation = "contiguous")
    {
        torch.Tensor y = torch.Tensor.Empty(x.Use(operation).Type, x.Sizes);
        Into(y, x, operation);
        return y;
    }

    /// <summary>A contiguous copy that gradients flow through.</summary>
    public static torch.Tensor Clone(torch.Tensor x, string operation = "clone")
    {
        torch.Tensor y = Contiguous(x, operation);
        return Elementwise.Recorded(x) ? y.SetHistory(new CopyNode(operation, x)) : y;
    }

    /// <summary>The same tensor as another object, that gradients flow through.</summary>
    public static torch.Tensor Alias(torch.Tensor x, string operation = "alias")
    {
        torch.Tensor y = x.View(x.Offset, x.Sizes, x.Contiguous ? null : x.Strides, operation);
        return Elementwise.Recorded(x) ? y.SetHistory(new CopyNode(operation, x)) : y;
    }

    /// <summary>target = source, of one shape and type, whatever their strides. Not counted as a change: the caller does that.</summary>
    public static void Into(torch.Tensor target, torch.Tensor source, string operation)
    {
        switch (target.Use(operation).Type)
        {
            case torch.ScalarType.Float32: Into<float>(target, source, operation); break;
            case torch.ScalarType.Int64: Into<long>(target, source, operation); break;
            default: Into<bool>(target, source, operation); break;
        }
    }

    /// <summary>A copy of another type, without history. Numbers become true where they are not 0, and whole by cutting off.</summary>
    public static torch.Tensor Cast(torch.Tensor x, torch.ScalarType type)
    {
        using torch.Tensor? copy = x.Contiguous ? null : Contiguous(x);
        torch.Tensor from = copy ?? x, y = torch.Tensor.Empty(type, x.Sizes, "to_type");
        switch (x.dtype, type)
        {
            case (torch.ScalarType.Float32, torch.ScalarType.Int64): TensorPrimitives.ConvertSaturating<float, long>(from.Floats, y.Longs); break;
            case (torch.ScalarType.Int64, torch.ScalarType.Float32): TensorPrimitives.ConvertTruncating<long, float>(from.Longs, y.Floats); break;
            case (torch.ScalarType.Float32, torch.ScalarType.Bool): ComparisonKernel<float, IsNotEqual<float>>.Run(from.Floats, 0f, y.Bools); break;
            case (torch.ScalarType.Int64, torch.ScalarType.Bool): ComparisonKernel<long, IsNotEqual<long>>.Run(from.Longs, 0L, y.Bools); break;
            case (torch.ScalarType.Bool, torch.ScalarType.Float32): FromBool(from.Bools, y.Floats, 1f); break;
            case (torch.ScalarType.Bool, torch.ScalarType.Int64): FromBool(from.Bools, y.Longs, 1L); break;
            default: Into(y, from, "to_type"); break;
        }
        return y;
    }

    private static void FromBool<T>(ReadOnlySpan<bool> x, Span<T> y, T one) where T : struct
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] ? one : default;
    }

    private static void Into<T>(torch.Tensor target, torch.Tensor source, string operation) where T : unmanaged
    {
        if (target.Contiguous && source.Contiguous)
            source.Span<T>(operation).CopyTo(target.Span<T>(operation));
        else if (target.Count > 0)
            StridedCopy.Run<T>(target.Sizes, target.Raw<T>(operation), target.Strides, source.Raw<T>(operation), source.Strides);
    }

    private sealed class CopyNode(string name, torch.Tensor x) : Node(name, x)
    {
        protected override void Backward(torch.Tensor gradient) => Send(0, gradient);
    }
}
