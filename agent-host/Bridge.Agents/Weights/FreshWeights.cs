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

    /// <summary>A convolution by He's initialisation (2015): normal, with a variance of 2 / fan-in; the bias, where there is one, is 0.</summary>
    /// <param name="gain">Factor of the deviation: smaller where a block is added to what went around it.</param>
    public static void Draw(Conv2d layer, Generator generator, float gain = 1)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long[] shape = layer.weight.shape;
        layer.weight.copy_(randn(shape, generator: generator) * (gain * MathF.Sqrt(2f / (shape[1] * shape[2] * shape[3]))));
        layer.bias?.copy_(zeros(layer.bias.shape));
    }
}
