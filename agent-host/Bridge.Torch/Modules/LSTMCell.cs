using Bridge.Torch.Ops;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>One step of an LSTM; gates in the order i, f, g, o.</summary>
public sealed class LSTMCell : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
{
    private readonly RecurrentWeights _weights;
    private readonly long _hidden;

    internal LSTMCell(long inputSize, long hiddenSize, bool bias) : base(nameof(LSTMCell))
    {
        Sizes.AtLeast(1, inputSize, "LSTMCell: inputSize");
        _hidden = Sizes.AtLeast(1, hiddenSize, "LSTMCell: hiddenSize");
        _weights = RecurrentWeights.Draw(4, inputSize, hiddenSize, bias);
        _weights.Register(this, "");
    }

    public Parameter weight_ih => _weights.FromInput;

    public Parameter weight_hh => _weights.FromState;

    public Parameter? bias_ih => _weights.InputBias;

    public Parameter? bias_hh => _weights.StateBias;

    /// <param name="input">(batch, features).</param>
    /// <param name="h0_c0">Hidden and cell state before, each (batch, hidden); zeros where null.</param>
    /// <returns>Hidden and cell state after.</returns>
    public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
    {
        if (input.ndim != 2)
            throw new ArgumentException($"LSTMCell: the input is {input.Text}, not (batch, features)");
        var (h0, c0) = h0_c0 ?? (zeros([input.Sizes[0], _hidden]), zeros([input.Sizes[0], _hidden]));
        var (_, h, c) = RecurrentOps.Lstm(input.unsqueeze(0), h0, c0, weight_ih, weight_hh, bias_ih, bias_hh);
        return (h, c);
    }

    public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
}
