using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Activations that save their output only.</summary>
internal static class Activations
{
    public static torch.Tensor Relu(torch.Tensor x)
    {
        x.Require(torch.ScalarType.Float32, "relu");
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
        using torch.Tensor? dense = x.Contiguous ? null : Copying.Contiguous(x);
        TensorPrimitives.Max((dense ?? x).Floats, 0f, y.Floats);
        return Elementwise.Recorded(x) ? y.SetHistory(new ReluNode(x, y)) : y;
    }

    private sealed class ReluNode(torch.Tensor x, torch.Tensor y) : Node("relu", x)
    {
        private SavedTensor _y = new(y, "relu");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor result = torch.Tensor.Empty(torch.ScalarType.Float32, gradient.Sizes);
            ReadOnlySpan<float> saved = _y.Get(Name).Floats, from = gradient.Dense().Floats;
            Span<float> to = result.Floats;
            for (int i = 0; i < to.Length; i++)
                to[i] = saved[i] > 0 ? from[i] : 0;
            Send(0, result);
        }

        protected override void ReleaseSaved() => _y.Release();
    }
}
