using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Copies, without history.</summary>
internal static class Copying
{
    /// <summary>A contiguous copy.</summary>
    public static torch.Tensor Contiguous(torch.Tensor x, string operation = "contiguous")
    {
        torch.Tensor y = torch.Tensor.Empty(x.Use(operation).Type, x.Sizes);
        switch (y.dtype)
        {
            case torch.ScalarType.Float32: Copy<float>(y, x, operation); break;
            case torch.ScalarType.Int64: Copy<long>(y, x, operation); break;
            default: Copy<bool>(y, x, operation); break;
        }
        return y;
    }

    /// <summary>target = source, of one shape and type, whatever their strides.</summary>
    public static void Copy<T>(torch.Tensor target, torch.Tensor source, string operation) where T : unmanaged
    {
        if (target.Contiguous && source.Contiguous)
            source.Span<T>(operation).CopyTo(target.Span<T>(operation));
        else if (target.Count > 0)
            StridedCopy.Run<T>(target.Sizes, target.Raw<T>(operation), target.Strides, source.Raw<T>(operation), source.Strides);
    }
}
