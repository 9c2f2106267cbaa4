using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp.Modules;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>A layer without tensors, for one row.</summary>
internal static class LinearRow
{
    /// <summary>output = W input + b for one row.</summary>
    public static void Apply(Linear layer, ReadOnlySpan<float> input, Span<float> output)
    {
        ReadOnlySpan<float> weight = MemoryMarshal.Cast<byte, float>(layer.weight.bytes), bias = MemoryMarshal.Cast<byte, float>(layer.bias!.bytes);
        for (int i = 0; i < output.Length; i++)
            output[i] = bias[i] + TensorPrimitives.Dot(weight.Slice(i * input.Length, input.Length), input);
    }
}
