using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>The error model while it learns: three numbers for each cell, of which <see cref="Expected"/> makes an error.</summary>
public sealed class ErrorNetwork : Module<Tensor, Tensor>
{
    public const int Hidden = 16, Outputs = 3;

    private readonly Linear _first, _second, _third;

    public ErrorNetwork(Generator generator) : base(nameof(ErrorNetwork))
    {
        _first = Linear(CellField.Features, Hidden);
        _second = Linear(Hidden, Hidden);
        _third = Linear(Hidden, Outputs);
        RegisterComponents();
        foreach (Linear layer in modules().OfType<Linear>())
            FreshWeights.Draw(layer, generator);
    }

    /// <param name="input">(cells, <see cref="CellField.Features"/>).</param>
    /// <returns>(cells, 3): logarithms of amplitude and of reach / 8 px, and of the floor.</returns>
    public override Tensor forward(Tensor input) => _third.call(functional.relu(_second.call(functional.relu(_first.call(input)))));

    /// <summary>Expected squared error, floor + amplitude * d² / (d² + reach²), in units of the variance of what was read.</summary>
    /// <param name="outputs">(cells, 3).</param>
    /// <param name="distanceSquared">(cells): from the finished path, px².</param>
    public static Tensor Expected(Tensor outputs, Tensor distanceSquared)
    {
        Tensor amplitude = exp(outputs.narrow(1, 0, 1).clamp(-12, 12)), reach = exp(2 * outputs.narrow(1, 1, 1).clamp(-2, 2)) * (LearnedErrors.ReachPx * LearnedErrors.ReachPx);
        Tensor floor = exp(outputs.narrow(1, 2, 1).clamp(-12, 12)), distance = distanceSquared.unsqueeze(1);
        return (floor + amplitude * distance / (distance + reach)).squeeze(1);
    }
}
