using Bridge.Torch.Ops;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Gated recurrent units (Cho et al. 2014; the reset gate after the product, as PyTorch has it) over whole sequences; gates in the order r, z, n.</summary>
public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private readonly RecurrentLayers _layers;

    internal GRU(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional) : base(nameof(GRU))
        => _layers = new RecurrentLayers(this, nameof(GRU), 3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);

    /// <param name="input">(steps, batch, features), or (batch, steps, features) with batchFirst.</param>
    /// <param name="h0">State before the first step, (layers · directions, batch, hidden); zeros where null.</param>
    /// <returns>The last layer's output at every step, and the state after the last one.</returns>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
    {
        var (output, last) = _layers.Run(input, [h0 ?? _layers.Zeros(input)], training, static (x, states, weights) =>
        {
            var (y, h) = RecurrentOps.Gru(x, states[0], weights.FromInput, weights.FromState, weights.InputBias, weights.StateBias);
            return [y, h];
        });
        return (output, last[0]);
    }

    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

    /// <summary>Weights are always in one piece each: nothing to do.</summary>
    public void flatten_parameters()
    {
    }
}
