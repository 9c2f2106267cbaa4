using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>Actor mu and critic Q, live and target, and their updates on a minibatch of histories: the inner part of Algorithm 1 of Ede 2021.</summary>
internal sealed class CrdpgAgent : IDisposable
{
    private readonly CrdpgSettings _settings;
    private readonly RecurrentNetwork _actor, _critic, _targetActor, _targetCritic;
    private readonly Adam _actorOptimiser, _criticOptimiser;
    private readonly int _view;

    /// <param name="view">Numbers that describe a step.</param>
    public CrdpgAgent(CrdpgSettings settings, int view, int seed)
    {
        (_settings, _view) = (settings, view);
        using var generator = new Generator((ulong)seed);
        _actor = new RecurrentNetwork(settings, view, outputs: 2, generator);
        _critic = new RecurrentNetwork(settings, view + 2, outputs: 1, generator);
        _targetActor = new RecurrentNetwork(settings, view, outputs: 2, generator);
        _targetCritic = new RecurrentNetwork(settings, view + 2, outputs: 1, generator);
        _targetActor.Follow(_actor, keep: 0);
        _targetCritic.Follow(_critic, keep: 0);
        _actorOptimiser = optim.Adam(_actor.parameters(), settings.ActorRate);
        _criticOptimiser = optim.Adam(_critic.parameters(), settings.CriticRate);
    }

    /// <summary>L_Q and L_mu of the last update.</summary>
    public (double Critic, double Actor) Losses { get; private set; }

    /// <summary>The actor's state before a scan; belongs to the caller.</summary>
    public Tensor[] Start()
    {
        using IDisposable noGrad = no_grad();
        return _actor.Start(1);
    }

    /// <summary>mu(h_t): the direction after a step, rad.</summary>
    /// <param name="state">Of the actor; replaced by the one afterwards.</param>
    public double Act(float[] view, ref Tensor[] state)
    {
        using IDisposable noGrad = no_grad();
        (Tensor output, state) = _actor.Step(tensor(view, [1, _view]), state);
        return Math.Atan2(output[0, 1].item<float>(), output[0, 0].item<float>());
    }

    /// <summary>One update of critic, actor and targets.</summary>
    /// <param name="steps">(batch, T, view).</param>
    /// <param name="actions">(batch, T, 2).</param>
    /// <param name="losses">(batch, T - 1): L_t of the actions a_1 to a_(T-1), the last with the generator's.</param>
    public void Update(float[] steps, float[] actions, float[] losses, int batch)
    {
        using DisposeScope scope = NewDisposeScope();
        int segments = steps.Length / (batch * _view);
        Tensor o = tensor(steps, [batch, segments, _view]), a = tensor(actions, [batch, segments, 2]), l = tensor(losses, [batch, segments - 1]);
        Tensor[] actorState = _actor.Start(batch), criticState = _critic.Start(batch);
        var q = new Tensor[segments - 1];
        var y = new Tensor[segments - 1];
        var qOfActor = new Tensor[segments - 1];
        for (int t = 0; t < segments - 1; t++)
        {
            Tensor ot = o.select(1, t), at = a.select(1, t + 1);
            // The critic's judgement of the actor's own action, with the critic as it is: only the actor learns from it.
            (Tensor mu, actorState) = _actor.Step(ot, actorState);
            qOfActor[t] = _critic.Step(cat([ot, Direction(mu)], 1), Detach(criticState)).Output;
            (q[t], criticState) = _critic.Step(cat([ot, at], 1), criticState);
            y[t] = l.narrow(1, t, 1);
            if (t + 1 < segments - 1)
                y[t] = y[t] + (float)_settings.Gamma * TargetQ(o.select(1, t + 1), actorState, criticState); // eq. 5
        }
        Tensor difference = cat(y, 1) - cat(q, 1);
        Tensor criticLoss = 0.5f * (difference * difference).mean(); // eq. 16
        Tensor actorLoss = cat(qOfActor, 1).mean(); // eq. 17
        Step(_actorOptimiser, _actor, actorLoss);
        Step(_criticOptimiser, _critic, criticLoss);
        _targetActor.Follow(_actor, _settings.TargetDecay); // eq. 9, 10
        _targetCritic.Follow(_critic, _settings.TargetDecay);
        Losses = (criticLoss.item<float>(), actorLoss.item<float>());
    }

    public void Dispose()
    {
        _actorOptimiser.Dispose();
        _criticOptimiser.Dispose();
    }

    /// <summary>Q'(H_Q, a_t, o_(t+1), mu'(H_mu, a_t, o_(t+1))), with the states of the live networks.</summary>
    private Tensor TargetQ(Tensor next, Tensor[] actorState, Tensor[] criticState)
    {
        using IDisposable noGrad = no_grad();
        Tensor mu = _targetActor.Step(next, Detach(actorState)).Output;
        return _targetCritic.Step(cat([next, Direction(mu)], 1), Detach(criticState)).Output;
    }

    private void Step(Adam optimiser, RecurrentNetwork network, Tensor loss)
    {
        // The actor's loss goes through the critic: what it leaves there is cleared before the critic's own.
        _actorOptimiser.zero_grad();
        _criticOptimiser.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(network.parameters(), _settings.MostGradient);
        optimiser.step();
    }

    /// <summary>A vector of length 1.</summary>
    private static Tensor Direction(Tensor output) => output / (output * output).sum(1, keepdim: true).add(1e-8f).sqrt();

    private static Tensor[] Detach(Tensor[] state) => [.. state.Select(part => part.detach())];
}
