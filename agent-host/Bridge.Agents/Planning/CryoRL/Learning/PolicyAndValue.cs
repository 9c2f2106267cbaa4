using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>A logit of the policy and a value for each candidate.</summary>
internal sealed class PolicyAndValue : IRowMeaning
{
    public int Outputs => 2;

    public Tensor Scores(Tensor outputs) => outputs.select(1, 0).contiguous();

    public float Score(ReadOnlySpan<float> outputs) => outputs[0];
}
