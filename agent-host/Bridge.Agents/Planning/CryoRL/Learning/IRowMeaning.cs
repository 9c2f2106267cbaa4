using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>What the outputs of a network mean. Has no state, so threads share it.</summary>
internal interface IRowMeaning
{
    /// <summary>Numbers that the network gives for each row.</summary>
    int Outputs { get; }

    /// <summary>One number for each row, the higher the better: (rows).</summary>
    /// <param name="outputs">(rows, <see cref="Outputs"/>).</param>
    Tensor Scores(Tensor outputs);

    /// <summary>The same of one row, without tensors.</summary>
    /// <param name="outputs">(<see cref="Outputs"/>).</param>
    float Score(ReadOnlySpan<float> outputs);
}
