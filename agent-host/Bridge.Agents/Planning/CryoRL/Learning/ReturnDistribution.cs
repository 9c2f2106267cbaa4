using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>C51 (Bellemare et al. 2017, algorithm 1): a distribution over evenly spaced returns, loss the cross-entropy with the projected target.</summary>
internal sealed class ReturnDistribution : IReturnEstimate
{
    private readonly float _lowest, _step;
    private readonly int _atoms;
    private readonly float[] _returns;

    /// <param name="atoms">2 or more.</param>
    public ReturnDistribution(int atoms, double lowest, double highest)
    {
        (_atoms, _lowest, _step) = (atoms, (float)lowest, (float)((highest - lowest) / (atoms - 1)));
        _returns = new float[atoms];
        for (int atom = 0; atom < atoms; atom++)
            _returns[atom] = _lowest + atom * _step;
    }

    public int Outputs => _atoms;

    public Tensor Scores(Tensor outputs) => outputs.softmax(1).matmul(tensor(_returns, _atoms, 1)).view(-1);

    public float Score(ReadOnlySpan<float> outputs)
    {
        float highest = outputs[0];
        foreach (float output in outputs)
            highest = Math.Max(highest, output);
        double sum = 0, weighted = 0;
        for (int atom = 0; atom < _atoms; atom++)
        {
            double weight = MathF.Exp(outputs[atom] - highest);
            (sum, weighted) = (sum + weight, weighted + weight * _returns[atom]);
        }
        return (float)(weighted / sum);
    }

    public Tensor Targets(IReadOnlyList<Transition> batch, Tensor next)
    {
        ReadOnlySpan<float> probabilities = MemoryMarshal.Cast<byte, float>(next.softmax(1).bytes);
        Tensor targets = zeros(batch.Count, _atoms);
        Span<float> to = MemoryMarshal.Cast<byte, float>(targets.bytes);
        for (int i = 0; i < batch.Count; i++)
            Project(probabilities.Slice(i * _atoms, _atoms), batch[i].Return, batch[i].Discount, to.Slice(i * _atoms, _atoms));
        return targets;
    }

    public Tensor Losses(Tensor outputs, Tensor targets) => -(targets * outputs.log_softmax(1)).sum(1);

    public void ToErrors(Span<float> losses)
    {
        // Rainbow (Hessel et al. 2018) takes the loss itself.
    }

    /// <summary>Moves every atom z to r + γ z, cut to the span of the atoms, and shares its probability out between the two atoms beside it.</summary>
    /// <param name="to">(atoms), added to.</param>
    public void Project(ReadOnlySpan<float> probabilities, float reward, float discount, Span<float> to)
    {
        for (int atom = 0; atom < _atoms; atom++)
        {
            float place = Math.Clamp((reward + discount * _returns[atom] - _lowest) / _step, 0, _atoms - 1);
            int below = (int)place;
            int above = Math.Min(below + 1, _atoms - 1);
            to[below] += probabilities[atom] * (1 - (place - below));
            to[above] += probabilities[atom] * (place - below);
        }
    }
}
