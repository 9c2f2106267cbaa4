using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>What actor and critics share.</summary>
internal static class Layers
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

    /// <summary>output = W input + b for one row.</summary>
    public static void Apply(Linear layer, ReadOnlySpan<float> input, Span<float> output)
    {
        ReadOnlySpan<float> weight = MemoryMarshal.Cast<byte, float>(layer.weight.bytes), bias = MemoryMarshal.Cast<byte, float>(layer.bias!.bytes);
        for (int i = 0; i < output.Length; i++)
            output[i] = bias[i] + TensorPrimitives.Dot(weight.Slice(i * input.Length, input.Length), input);
    }
}
