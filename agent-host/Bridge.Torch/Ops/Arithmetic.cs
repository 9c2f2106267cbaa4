using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Sums, differences, products and quotients.</summary>
internal static class Arithmetic
{
    public static torch.Tensor Add(torch.Tensor a, torch.Tensor b)
    {
        torch.Tensor y = Elementwise.Binary<float, float, AddKernel<float>>(a, b, torch.ScalarType.Float32, "add");
        return Elementwise.Recorded(a, b) ? y.SetHistory(new AddNode(a, b)) : y;
    }

    /// <summary>sum += more, of one shape; nothing is recorded.</summary>
    public static void AddInto(torch.Tensor sum, torch.Tensor more)
    {
        using torch.Tensor? dense = more.Contiguous ? null : Copying.Contiguous(more);
        TensorPrimitives.Add(sum.Floats, (dense ?? more).Floats, sum.Floats);
    }

    private sealed class AddNode(torch.Tensor a, torch.Tensor b) : Node("add", a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            if (Wants(0))
                Send(0, Reductions.SumTo(gradient, _a));
            if (Wants(1))
                Send(1, Reductions.SumTo(gradient, _b));
        }
    }
}
