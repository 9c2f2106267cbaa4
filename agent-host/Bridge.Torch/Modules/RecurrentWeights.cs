namespace TorchSharp.Modules;

/// <summary>The weights of one layer of an LSTM or GRU in one direction, drawn evenly from ±1/√hidden.</summary>
/// <param name="FromInput">(gates · hidden, features).</param>
/// <param name="FromState">(gates · hidden, hidden).</param>
/// <param name="InputBias">(gates · hidden), or null.</param>
/// <param name="StateBias">(gates · hidden), or null.</param>
internal sealed record RecurrentWeights(Parameter FromInput, Parameter FromState, Parameter? InputBias, Parameter? StateBias)
{
    public static RecurrentWeights Draw(int gates, long features, long hidden, bool bias)
    {
        double bound = 1 / Math.Sqrt(hidden);
        long rows = gates * hidden;
        return new RecurrentWeights(
            Parameter.Uniform(bound, rows, features), Parameter.Uniform(bound, rows, hidden),
            bias ? Parameter.Uniform(bound, rows) : null, bias ? Parameter.Uniform(bound, rows) : null);
    }

    /// <summary>Registers them under PyTorch's names, which end in <paramref name="suffix"/>: weight_ih, weight_hh, bias_ih, bias_hh.</summary>
    public void Register(torch.nn.Module module, string suffix)
    {
        module.register_parameter("weight_ih" + suffix, FromInput);
        module.register_parameter("weight_hh" + suffix, FromState);
        if (InputBias is null || StateBias is null)
            return;
        module.register_parameter("bias_ih" + suffix, InputBias);
        module.register_parameter("bias_hh" + suffix, StateBias);
    }
}
