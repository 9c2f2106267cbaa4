using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.Weights;

/// <summary>Weights before anything is learned.</summary>
internal static class FreshWeights
{
    /// <summary>As PyTorch draws a linear layer, from a generator of its own, so that no other code changes the numbers.</summary>
    public static void Draw(Linear layer, Generator generator)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        float bound = 1 / MathF.Sqrt(layer.in_features);
        foreach (Parameter parameter in layer.parameters())
            parameter.copy_((rand(parameter.shape, generator: generator) * 2 - 1) * bound);
    }
}
