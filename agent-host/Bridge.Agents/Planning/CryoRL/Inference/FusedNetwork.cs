using System.Runtime.InteropServices;
using Bridge.Agents.Planning.CryoRL.Learning;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Inference;

/// <summary>The weights of a <see cref="RowNetwork"/> in evaluation, packed for <see cref="FusedForward"/>. Not changed once made, so all sessions and threads share one.</summary>
internal sealed class FusedNetwork
{
    /// <param name="network">Copied: learning goes on without changing this.</param>
    /// <param name="past">Numbers of the input that all rows share; they come first.</param>
    public FusedNetwork(RowNetwork network, int past)
    {
        Dictionary<string, Tensor> weights = network.state_dict();
        (FirstPast, First) = Cut(weights, "body.0", past);
        (Second, Third, Head) = (Read(weights, "body.2"), Read(weights, "body.4"), Read(weights, "head"));
        if (network.IsDueling)
            (Value, ValueHead) = (Read(weights, "value.0"), Read(weights, "value.2"));
    }

    /// <summary>The first layer's part for the past, with the bias: it is taken once for all rows.</summary>
    public PackedLayer FirstPast { get; }

    /// <summary>The first layer's part for a row's own step, without bias.</summary>
    public PackedLayer First { get; }

    public PackedLayer Second { get; }

    public PackedLayer Third { get; }

    public PackedLayer Head { get; }

    /// <summary>The value of the past (dueling), else null.</summary>
    public PackedLayer? Value { get; }

    /// <inheritdoc cref="Value"/>
    public PackedLayer? ValueHead { get; }

    private static PackedLayer Read(Dictionary<string, Tensor> weights, string layer) => new(Floats(weights[layer + ".weight"]), Floats(weights[layer + ".bias"]));

    private static (PackedLayer Past, PackedLayer Step) Cut(Dictionary<string, Tensor> weights, string layer, int past)
    {
        ReadOnlySpan<float> weight = Floats(weights[layer + ".weight"]), bias = Floats(weights[layer + ".bias"]);
        int inputs = weight.Length / bias.Length, step = inputs - past;
        float[] pastWeight = new float[bias.Length * past], stepWeight = new float[bias.Length * step];
        for (int output = 0; output < bias.Length; output++)
        {
            ReadOnlySpan<float> row = weight.Slice(output * inputs, inputs);
            row[..past].CopyTo(pastWeight.AsSpan(output * past));
            row[past..].CopyTo(stepWeight.AsSpan(output * step));
        }
        return (new PackedLayer(pastWeight, bias), new PackedLayer(stepWeight, new float[bias.Length]));
    }

    private static ReadOnlySpan<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
