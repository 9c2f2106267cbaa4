using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>What the outputs of a Q network mean, and how far they are from what was seen.</summary>
internal interface IReturnEstimate
{
    /// <summary>Q of each row: (rows).</summary>
    /// <param name="outputs">(rows, outputs).</param>
    Tensor Q(Tensor outputs);

    /// <summary>What the outputs should have been, from the rewards seen and the outputs of the best next candidates.</summary>
    /// <param name="batch">B transitions.</param>
    /// <param name="next">(B, outputs), without gradient.</param>
    Tensor Targets(IReadOnlyList<Transition> batch, Tensor next);

    /// <summary>Loss of each transition: (B).</summary>
    Tensor Losses(Tensor outputs, Tensor targets);

    /// <summary>By how much each transition surprised, 0 or more, for prioritised replay; made of the losses in place.</summary>
    void ToErrors(Span<float> losses);
}
