using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>Q(s, a): a network with two hidden layers.</summary>
internal sealed class Critic : Module
{
    [ComponentName(Name = "first")]
    private readonly Linear _first;

    [ComponentName(Name = "second")]
    private readonly Linear _second;

    [ComponentName(Name = "head")]
    private readonly Linear _head;

    public Critic(int observations, int actions, int hidden, Generator generator) : base(nameof(Critic))
    {
        _first = Linear(observations + actions, hidden);
        _second = Linear(hidden, hidden);
        _head = Linear(hidden, 1);
        RegisterComponents();
        foreach (Linear layer in (Linear[])[_first, _second, _head])
            FreshWeights.Draw(layer, generator);
    }

    /// <param name="statesAndActions">(B, observations + actions).</param>
    /// <returns>(B, 1).</returns>
    public Tensor Value(Tensor statesAndActions) => _head.call(functional.relu(_second.call(functional.relu(_first.call(statesAndActions)))));

    /// <summary>Whether the next graph is to hold gradients for the weights; those for the actions it always holds.</summary>
    public void Freeze(bool freeze)
    {
        foreach (Parameter parameter in parameters())
            parameter.requires_grad = !freeze;
    }
}
