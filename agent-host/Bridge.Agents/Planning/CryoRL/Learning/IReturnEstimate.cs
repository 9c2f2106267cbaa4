using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>Outputs that stand for returns, whose <see cref="IRowMeaning.Scores"/> are Q, and how far they are from what was seen.</summary>
internal interface IReturnEstimate : IRowMeaning
{
    /// <summary>What the outputs should have been, from the rewards seen and the outputs of the best next candidates: (B, outputs).</summary>
    /// <param name="batch">B transitions.</param>
    /// <param name="next">(B, outputs), without gradient.</param>
    Tensor Targets(IReadOnlyList<Transition> batch, Tensor next);

    /// <summary>Loss of each transition: (B).</summary>
    Tensor Losses(Tensor outputs, Tensor targets);

    /// <summary>Makes of the losses, in place, by how much each transition surprised, 0 or more: for prioritised replay.</summary>
    void ToErrors(Span<float> losses);
}
