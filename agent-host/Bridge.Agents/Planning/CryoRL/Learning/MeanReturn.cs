using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>The mean alone: y = R + γⁿ Q(s', a'), loss (y - Q)² (CryoRL, eq. 5, with n-step returns).</summary>
internal sealed class MeanReturn : IReturnEstimate
{
    public int Outputs => 1;

    public Tensor Scores(Tensor outputs) => outputs.view(-1);

    public float Score(ReadOnlySpan<float> outputs) => outputs[0];

    public Tensor Targets(IReadOnlyList<Transition> batch, Tensor next)
    {
        ReadOnlySpan<float> nextQ = MemoryMarshal.Cast<byte, float>(next.bytes);
        float[] targets = new float[batch.Count];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = batch[i].Return + batch[i].Discount * nextQ[i];
        return tensor(targets, targets.Length, 1);
    }

    public Tensor Losses(Tensor outputs, Tensor targets) => (outputs - targets).square().view(-1);

    public void ToErrors(Span<float> losses)
    {
        foreach (ref float loss in losses)
            loss = MathF.Sqrt(loss);
    }
}
