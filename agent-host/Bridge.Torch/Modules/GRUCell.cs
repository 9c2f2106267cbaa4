using Bridge.Torch.Ops;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>One step of a GRU; gates in the order r, z, n.</summary>
public sealed class GRUCell : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly RecurrentWeights _weights;
    private readonly long _hidden;

    internal GRUCell(long inputSize, long hiddenSize, bool bias) : base(nameof(GRUCell))
    {
        Sizes.AtLeast(1, inputSize, "GRUCell: inputSize");
        _hidden = Sizes.AtLeast(1, hiddenSize, "GRUCell: hiddenSize");
        _weights = RecurrentWeights.Draw(3, inputSize, hiddenSize, bias);
        _weights.Register(this, "");
    }

    public Parameter weight_ih => _weights.FromInput;

    public Parameter weight_hh => _weights.FromState;

    public Parameter? bias_ih => _weights.InputBias;

    public Parameter? bias_hh => _weights.StateBias;

    /// <param name="input">(batch, features).</param>
    /// <param name="h0">State before, (batch, hidden); zeros where null.</param>
    /// <returns>State after.</returns>
    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        if (input.ndim != 2)
            throw new ArgumentException($"GRUCell: the input is {input.Text}, not (batch, features)");
        var (_, h) = RecurrentOps.Gru(input.unsqueeze(0), h0 ?? zeros([input.Sizes[0], _hidden]), weight_ih, weight_hh, bias_ih, bias_hh);
        return h;
    }
}
