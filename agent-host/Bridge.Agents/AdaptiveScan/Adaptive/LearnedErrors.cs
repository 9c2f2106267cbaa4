using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tensor = TorchSharp.torch.Tensor;

namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>An <see cref="ErrorNetwork"/> without tensors: a layer at a time over all cells. Not changed once made, so scans share it.</summary>
public sealed class LearnedErrors : IErrorModel
{
    /// <summary>Reach that a network begins with.</summary>
    public const float ReachPx = 8;

    private readonly float[][] _weights, _biases;

    /// <param name="network">Copied.</param>
    public LearnedErrors(ErrorNetwork network)
    {
        Tensor[] parameters = [.. network.parameters()];
        _weights = [Floats(parameters[0]), Floats(parameters[2]), Floats(parameters[4])];
        _biases = [Floats(parameters[1]), Floats(parameters[3]), Floats(parameters[5])];
    }

    public void Expect(ReadOnlySpan<float> features, Span<float> amplitude, Span<float> reachSquared)
    {
        int cells = amplitude.Length;
        float[] buffer = System.Buffers.ArrayPool<float>.Shared.Rent(2 * ErrorNetwork.Hidden * cells);
        Span<float> first = buffer.AsSpan(0, ErrorNetwork.Hidden * cells), second = buffer.AsSpan(ErrorNetwork.Hidden * cells, ErrorNetwork.Hidden * cells);
        for (int unit = 0; unit < ErrorNetwork.Hidden; unit++)
            Unit(0, unit, features, cells, relu: true, first.Slice(unit * cells, cells));
        for (int unit = 0; unit < ErrorNetwork.Hidden; unit++)
            Unit(1, unit, first, cells, relu: true, second.Slice(unit * cells, cells));
        Unit(2, 0, second, cells, relu: false, amplitude);
        Unit(2, 1, second, cells, relu: false, reachSquared);
        System.Buffers.ArrayPool<float>.Shared.Return(buffer);
        TensorPrimitives.Min(amplitude, 12, amplitude);
        TensorPrimitives.Max(amplitude, -12, amplitude);
        TensorPrimitives.Exp(amplitude, amplitude);
        TensorPrimitives.Min(reachSquared, 2, reachSquared);
        TensorPrimitives.Max(reachSquared, -2, reachSquared);
        TensorPrimitives.Multiply(reachSquared, 2, reachSquared);
        TensorPrimitives.Exp(reachSquared, reachSquared);
        TensorPrimitives.Multiply(reachSquared, ReachPx * ReachPx, reachSquared);
    }

    private void Unit(int layer, int unit, ReadOnlySpan<float> inputs, int cells, bool relu, Span<float> output)
    {
        ReadOnlySpan<float> weights = _weights[layer];
        int count = inputs.Length / cells;
        output.Fill(_biases[layer][unit]);
        for (int i = 0; i < count; i++)
            TensorPrimitives.MultiplyAdd(inputs.Slice(i * cells, cells), weights[unit * count + i], output, output);
        if (relu)
            TensorPrimitives.Max(output, 0, output);
    }

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
}
