using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Benchmarks.Tensors;

/// <summary>One update of soft actor-critic (Haarnoja et al. 2018): critics, actor, temperature, target networks; state 8, action 2, batch 256.</summary>
internal sealed class SacUpdate
{
    private readonly TorchSharp.Modules.Sequential _actor = Layers(8, 4);
    private readonly TorchSharp.Modules.Sequential[] _critics = [Layers(10, 1), Layers(10, 1)], _targets = [Layers(10, 1), Layers(10, 1)];
    private readonly TorchSharp.Modules.Parameter[][] _criticParameters, _targetParameters;
    private readonly TorchSharp.Modules.Parameter _logAlpha = new(zeros(1));
    private readonly optim.Optimizer _actorOptimiser, _criticOptimiser, _alphaOptimiser;
    private readonly Tensor _state = rand(256, 8), _action = rand(256, 2), _reward = rand(256, 1), _next = rand(256, 8);

    public SacUpdate()
    {
        _criticParameters = [.. _critics.Select(critic => critic.parameters().ToArray())];
        _targetParameters = [.. _targets.Select(target => target.parameters().ToArray())];
        _actorOptimiser = optim.Adam(_actor.parameters(), 3e-4);
        _criticOptimiser = optim.Adam(_criticParameters.SelectMany(p => p), 3e-4);
        _alphaOptimiser = optim.Adam([_logAlpha], 3e-4);
    }

    public void Run()
    {
        using var scope = NewDisposeScope();
        Tensor alpha = _logAlpha.detach().exp(), y;
        using (no_grad())
        {
            var (next, nextLogProb) = Sample(_next);
            Tensor both = cat([_next, next], 1);
            y = _reward + 0.99f * (minimum(_targets[0].call(both), _targets[1].call(both)) - alpha * nextLogProb);
        }
        Tensor taken = cat([_state, _action], 1);
        Tensor loss = functional.mse_loss(_critics[0].call(taken), y) + functional.mse_loss(_critics[1].call(taken), y);
        Step(_criticOptimiser, loss);
        var (act, logProb) = Sample(_state);
        Tensor chosen = cat([_state, act], 1);
        Step(_actorOptimiser, (alpha * logProb - minimum(_critics[0].call(chosen), _critics[1].call(chosen))).mean());
        Step(_alphaOptimiser, -(_logAlpha * (logProb.detach() - 2)).mean());
        using (no_grad())
            for (int i = 0; i < 2; i++)
                for (int p = 0; p < _criticParameters[i].Length; p++)
                    _targetParameters[i][p].lerp_(_criticParameters[i][p], 0.005);
    }

    private static void Step(optim.Optimizer optimiser, Tensor loss)
    {
        optimiser.zero_grad();
        loss.backward();
        optimiser.step();
    }

    private (Tensor Action, Tensor LogProb) Sample(Tensor state)
    {
        Tensor output = _actor.call(state), mean = output[.., ..2], logStd = output[.., 2..].clamp(-20, 2), noise = randn(256, 2);
        Tensor action = (mean + logStd.exp() * noise).tanh();
        Tensor logProb = (-0.5f * noise.square() - logStd - 0.9189385f - (1 - action.square() + 1e-6f).log()).sum(1, keepdim: true);
        return (action, logProb);
    }

    private static TorchSharp.Modules.Sequential Layers(int inputs, int outputs) => Sequential(Linear(inputs, 128), ReLU(), Linear(128, 128), ReLU(), Linear(128, outputs));
}
