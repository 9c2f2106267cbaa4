using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Changes in place: they raise the version of the memory, so that a gradient which needed the old values notices.</summary>
internal static class InPlace
{
    /// <summary>Whether an operation may write straight into x: nothing is recorded and the memory is contiguous.</summary>
    public static bool CanWrite(torch.Tensor x, string operation)
    {
        x.Use(operation);
        return x.Contiguous && !Elementwise.Recorded(x);
    }

    public static bool CanWrite(torch.Tensor x, torch.Tensor other, string operation)
    {
        x.Use(operation);
        other.Use(operation);
        return x.Contiguous && !Elementwise.Recorded(x, other);
    }

    /// <summary>x takes the values and, where recorded, the history of a result computed from it. Disposes the result.</summary>
    public static torch.Tensor Assign(torch.Tensor x, torch.Tensor result, string operation)
    {
        if (!Tensors.Shape.Same(x.Sizes, result.Sizes))
            throw new ArgumentException($"{operation}: the result {result.Text} does not fit into {x.Text}");
        if (PerThread.GradEnabled && (x.Recorded || result.requires_grad))
            x.TakeHistory(result, operation);
        if (result.dtype != x.dtype)
        {
            if (Promotion.Common(result.dtype, x.dtype) != x.dtype)
                throw new ArgumentException($"{operation}: the result is {result.dtype} and cannot be put into {x.Text}, {x.dtype}");
            torch.Tensor cast = Copying.Cast(result, x.dtype);
            result.Dispose();
            result = cast;
        }
        Copying.Into(x, result, operation);
        x.MarkChanged();
        result.Dispose();
        return x;
    }
}
