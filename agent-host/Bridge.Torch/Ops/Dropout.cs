using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Random;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Dropout (Srivastava et al. 2014): elements are 0 with probability p, the others scaled by 1 / (1 - p).</summary>
internal static class Dropout
{
    public static torch.Tensor Apply(torch.Tensor x, double p, bool training)
    {
        if (!(p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), $"dropout: {p} is no probability");
        x.Require(torch.ScalarType.Float32, "dropout");
        if (!training || p == 0)
            return Copying.Alias(x, "dropout");
        torch.Tensor mask = Sampling.Bernoulli(torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes), 1 - p, null);
        if (p < 1)
            TensorPrimitives.Multiply(mask.Floats, (float)(1 / (1 - p)), mask.Floats);
        torch.Tensor y = Copying.Contiguous(x, "dropout");
        // Not a product: what is dropped is 0 even where it was infinite.
        Span<float> to = y.Floats;
        ReadOnlySpan<float> factors = mask.Floats;
        for (int i = 0; i < to.Length; i++)
            to[i] = factors[i] == 0 ? 0 : to[i] * factors[i];
        if (Elementwise.Recorded(x))
            y.SetHistory(new DropoutNode(x, mask));
        mask.Dispose();
        return y;
    }

    private sealed class DropoutNode(torch.Tensor x, torch.Tensor mask) : Node("dropout", x)
    {
        private SavedTensor _mask = new(mask, "dropout");

        protected override void Backward(torch.Tensor gradient) => Send(0, Arithmetic.Mul(gradient, _mask.Get(Name)));

        protected override void ReleaseSaved() => _mask.Release();
    }
}
