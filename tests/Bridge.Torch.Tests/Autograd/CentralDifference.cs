using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Autograd;

/// <summary>Compares gradients with central differences of the same function.</summary>
internal static class CentralDifference
{
    /// <summary>Checks every element of every Float32 input, for the gradient of Σ weight · f(inputs) with fixed uneven weights.</summary>
    /// <param name="step">Half the difference. The function is taken to bend little over it.</param>
    public static void Check(string name, Func<Tensor[], Tensor> f, Tensor[] inputs, float step = 1e-2f, double tolerance = 2e-2)
    {
        using var scope = NewDisposeScope();
        foreach (Tensor input in inputs)
            if (input.dtype == ScalarType.Float32)
                input.requires_grad_();
        Tensor weights;
        using (no_grad())
            weights = cos(arange(0.0, f(inputs).numel(), 1.0) + 0.7f);
        Weighted(f, inputs, weights).backward();

        foreach (Tensor input in inputs)
        {
            if (input.dtype != ScalarType.Float32)
                continue;
            Assert.IsNotNull(input.grad, $"{name}: no gradient");
            CollectionAssert.AreEqual(input.shape, input.grad.shape, name);
            float[] gradient = input.grad.data<float>().ToArray();
            using var off = no_grad();
            var values = input.data<float>();
            for (int i = 0; i < gradient.Length; i++)
            {
                float before = values[i];
                values[i] = before + step;
                double above = Weighted(f, inputs, weights).ToDouble();
                values[i] = before - step;
                double below = Weighted(f, inputs, weights).ToDouble();
                values[i] = before;
                double slope = (above - below) / (2.0 * step);
                Assert.AreEqual(slope, gradient[i], tolerance * (1 + Math.Abs(slope)), $"{name}: element {i} of {input}");
            }
        }
    }

    private static Tensor Weighted(Func<Tensor[], Tensor> f, Tensor[] inputs, Tensor weights) => (f(inputs).reshape(-1) * weights).sum();
}
