using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>Q(s, a): a network with two hidden layers.</summary>
internal sealed class Critic : Module
{
    private readonly Linear _first, _second, _head;

    public Critic(int observations, int actions, int hidden, Generator generator) : base(nameof(Critic))
    {
        _first = Linear(observations + actions, hidden);
        _second = Linear(hidden, hidden);
        _head = Linear(hidden, 1);
        register_module("first", _first);
        register_module("second", _second);
        register_module("head", _head);
        foreach (Linear layer in (Linear[])[_first, _second, _head])
            Layers.Draw(layer, generator);
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
