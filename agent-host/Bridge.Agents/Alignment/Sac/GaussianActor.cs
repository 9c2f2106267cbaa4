using System.Numerics.Tensors;
using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>
/// The policy π(a|s): a normal distribution whose mean and deviation are a network's, squashed by tanh into (-1, 1) (Haarnoja et al. 2018b, appendix C).
/// One thread at a time.
/// </summary>
public sealed class GaussianActor : Module
{
    /// <summary>Limits of log σ, against overflow; as in the authors' code.</summary>
    private const float LeastLogDeviation = -20, MostLogDeviation = 2;

    private static readonly float LogRootTau = 0.5f * MathF.Log(2 * MathF.PI);

    [ComponentName(Name = "first")]
    private readonly Linear _first;

    [ComponentName(Name = "second")]
    private readonly Linear _second;

    [ComponentName(Name = "head")]
    private readonly Linear _head;

    private readonly Generator _generator;
    private readonly float[] _firstOut, _secondOut, _headOut;

    /// <param name="observations">Numbers of an observation.</param>
    /// <param name="actions">Numbers of an action.</param>
    /// <param name="generator">Draws weights and actions.</param>
    public GaussianActor(int observations, int actions, int hidden, Generator generator) : base(nameof(GaussianActor))
    {
        (Observations, Actions, _generator) = (observations, actions, generator);
        _first = Linear(observations, hidden);
        _second = Linear(hidden, hidden);
        _head = Linear(hidden, 2 * actions);
        RegisterComponents();
        foreach (Linear layer in (Linear[])[_first, _second, _head])
            FreshWeights.Draw(layer, generator);
        (_firstOut, _secondOut, _headOut) = (new float[hidden], new float[hidden], new float[2 * actions]);
    }

    public int Observations { get; }

    public int Actions { get; }

    /// <summary>Actions drawn for a batch, differentiable by the weights, and the logarithm of their density.</summary>
    /// <param name="states">(B, <see cref="Observations"/>).</param>
    /// <returns>(B, <see cref="Actions"/>) and (B, 1).</returns>
    public (Tensor Actions, Tensor LogDensity) Sample(Tensor states)
    {
        Tensor head = _head.call(functional.relu(_second.call(functional.relu(_first.call(states)))));
        Tensor mean = head.narrow(1, 0, Actions);
        Tensor logDeviation = head.narrow(1, Actions, Actions).clamp(LeastLogDeviation, MostLogDeviation);
        Tensor noise = randn(states.shape[0], Actions, generator: _generator);
        Tensor raw = mean + logDeviation.exp() * noise;
        // log(1 - tanh(u)²) = 2 (log 2 - u - softplus(-2 u)), which is finite for every u.
        Tensor squash = (raw + functional.softplus(raw * -2)) * 2 - 2 * MathF.Log(2);
        Tensor density = (noise * noise * -0.5f - logDeviation + squash).sum(1, keepdim: true) - Actions * LogRootTau;
        return (raw.tanh(), density);
    }

    /// <summary>The action of one state, without a graph and without allocation.</summary>
    /// <param name="state">(<see cref="Observations"/>).</param>
    /// <param name="action">(<see cref="Actions"/>), each in (-1, 1).</param>
    /// <param name="random">Draws the action; null takes the mean.</param>
    public void Act(ReadOnlySpan<float> state, Span<float> action, Random? random = null)
    {
        LinearRow.Apply(_first, state, _firstOut);
        TensorPrimitives.Max(_firstOut, 0f, _firstOut);
        LinearRow.Apply(_second, _firstOut, _secondOut);
        TensorPrimitives.Max(_secondOut, 0f, _secondOut);
        LinearRow.Apply(_head, _secondOut, _headOut);
        for (int i = 0; i < Actions; i++)
        {
            float raw = _headOut[i];
            if (random is not null)
                raw += MathF.Exp(Math.Clamp(_headOut[Actions + i], LeastLogDeviation, MostLogDeviation)) * (float)Normal.Next(random);
            action[i] = MathF.Tanh(raw);
        }
    }
}
