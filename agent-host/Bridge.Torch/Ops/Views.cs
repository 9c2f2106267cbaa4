using Bridge.Torch.Autograd;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Other shapes and strides over the same memory.</summary>
internal static class Views
{
    public static torch.Tensor View(torch.Tensor x, ReadOnlySpan<long> wanted)
    {
        x.Use("view");
        long[] sizes = Shape.Infer(wanted, x.Count, x.Sizes, "view");
        if (!x.Contiguous)
            throw new InvalidOperationException($"view: {x.Text} is not contiguous and cannot be seen as {Shape.Text(sizes)}; use reshape");
        torch.Tensor y = x.View(x.Offset, sizes, null, "view");
        return Elementwise.Recorded(x) ? y.SetHistory(new ViewNode(x)) : y;
    }

    private sealed class ViewNode(torch.Tensor x) : Node("view", x)
    {
        private readonly long[] _sizes = x.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dense = gradient.Dense();
            Send(0, dense.View(dense.Offset, _sizes, null, Name));
        }
    }
}
