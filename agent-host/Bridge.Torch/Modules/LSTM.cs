using Bridge.Torch.Ops;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997, with forget gates) over whole sequences; gates in the order i, f, g, o.</summary>
public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
{
    private readonly RecurrentLayers _layers;

    internal LSTM(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional) : base(nameof(LSTM))
        => _layers = new RecurrentLayers(this, nameof(LSTM), 4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);

    /// <param name="input">(steps, batch, features), or (batch, steps, features) with batchFirst.</param>
    /// <param name="h0_c0">Hidden and cell state before the first step, each (layers · directions, batch, hidden); zeros where null.</param>
    /// <returns>The last layer's output at every step, and the states after the last one.</returns>
    public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
    {
        var (h0, c0) = h0_c0 ?? (_layers.Zeros(input), _layers.Zeros(input));
        var (output, last) = _layers.Run(input, [h0, c0], training, static (x, states, weights) =>
        {
            var (y, h, c) = RecurrentOps.Lstm(x, states[0], states[1], weights.FromInput, weights.FromState, weights.InputBias, weights.StateBias);
            return [y, h, c];
        });
        return (output, last[0], last[1]);
    }

    public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

    /// <summary>Weights are always in one piece each: nothing to do.</summary>
    public void flatten_parameters()
    {
    }
}
