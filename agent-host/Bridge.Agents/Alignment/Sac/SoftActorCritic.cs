using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>
/// Soft actor-critic with automatic temperature (Haarnoja et al. 2018b, algorithm 1). Maximises the discounted sum of reward and entropy. The
/// same seed and transitions give the same weights, on any number of threads. One thread at a time.
/// </summary>
public sealed class SoftActorCritic : IDisposable
{
    /// <summary>From fewer transitions nothing is learned.</summary>
    private const int LeastRemembered = 32;

    private readonly Critic[] _targets;
    private readonly Adam _actorOptimiser, _criticOptimiser, _temperatureOptimiser;
    private readonly (Parameter Target, Parameter Source)[] _followed, _averaged;
    private readonly SacReplay _replay;
    private readonly Random _random;
    private readonly double _targetEntropy;

    public SoftActorCritic(SacSettings settings, int observations, int actions, int seed, IGoalRelabelling? relabelling = null)
    {
        Settings = settings;
        var generator = new Generator((ulong)seed);
        Weights = new SacWeights(observations, actions, settings, generator);
        _targets = [new Critic(observations, actions, settings.Hidden, generator), new Critic(observations, actions, settings.Hidden, generator)];
        for (int i = 0; i < 2; i++)
            _targets[i].load_state_dict(Weights.Critics[i].state_dict());
        foreach (Critic target in _targets)
            target.Freeze(true);
        _followed = [.. Enumerable.Range(0, 2).SelectMany(i => _targets[i].parameters().Zip(Weights.Critics[i].parameters()))];
        foreach (Parameter parameter in Averaged.parameters())
            parameter.requires_grad = false;
        _averaged = [.. Averaged.parameters().Zip(Actor.parameters())];
        _actorOptimiser = optim.Adam(Actor.parameters(), settings.LearningRate);
        _criticOptimiser = optim.Adam(Weights.Critics.SelectMany(critic => critic.parameters()), settings.LearningRate);
        _temperatureOptimiser = optim.Adam([Weights.LogTemperature], settings.TemperatureRate);
        _replay = new SacReplay(settings.ReplayCapacity, observations, actions, relabelling);
        _random = new Random(seed);
        _targetEntropy = settings.TargetEntropyPerAction * actions;
    }

    public SacSettings Settings { get; }

    public GaussianActor Actor => Weights.Actor;

    /// <summary>The mean of the actor over its last updates: decides more steadily, where nothing is to be explored.</summary>
    public GaussianActor Averaged => Weights.Averaged;

    /// <summary>What is kept in a file.</summary>
    internal SacWeights Weights { get; }

    /// <summary>α.</summary>
    public double Temperature => Math.Exp(Weights.LogTemperature.item<float>());

    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The action to take while learning: random at first, then drawn from the policy.</summary>
    public void Explore(ReadOnlySpan<float> state, Span<float> action)
    {
        if (Steps >= Settings.WarmUpSteps)
        {
            Actor.Act(state, action, _random);
            return;
        }
        foreach (ref float component in action)
            component = 2 * _random.NextSingle() - 1;
    }

    /// <summary>One environment step: remembers it, and after the random steps makes its updates.</summary>
    /// <param name="terminated">The episode ended by itself; false where it was cut off by a limit of steps.</param>
    public void Learn(ReadOnlySpan<float> state, ReadOnlySpan<float> action, double reward, ReadOnlySpan<float> next, bool terminated)
    {
        _replay.Add(state, action, Settings.RewardScale * reward, next, terminated);
        Steps++;
        if (Steps < Settings.WarmUpSteps || _replay.Count < LeastRemembered)
            return;
        for (int i = 0; i < Settings.UpdatesPerStep; i++)
            Update();
    }

    /// <summary>Sets the learning rates of actor and critics, for a share of the training done, 0 to 1: they fall in its second half.</summary>
    public void Progress(double done)
    {
        double rate = Settings.LearningRate * (1 - (1 - Settings.LastLearningRateShare) * Math.Max(0, 2 * done - 1));
        foreach (optim.ILearningRateController group in _actorOptimiser.ParamGroups.Concat(_criticOptimiser.ParamGroups))
            group.LearningRate = rate;
    }

    /// <summary>Forgets the transitions, not what was learned from them: for another microscope, where they would be wrong.</summary>
    public void Forget() => _replay.Clear();

    /// <summary>After weights were read from a file: the targets begin where the critics are, and no step is random any more.</summary>
    internal void BeginWithLoadedWeights()
    {
        for (int i = 0; i < 2; i++)
            _targets[i].load_state_dict(Weights.Critics[i].state_dict());
        Steps = Settings.WarmUpSteps;
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[_actorOptimiser, _criticOptimiser, _temperatureOptimiser, Weights, .. _targets])
            part.Dispose();
    }

    private void Update()
    {
        using DisposeScope scope = NewDisposeScope();
        SacBatch batch = _replay.Sample(Settings, _random);
        float temperature = (float)Temperature;

        // Equations 5 and 6: both Q towards r + γ (min Q'(s', a') - α log π(a'|s')), a' from the policy.
        Tensor targets = Targets(batch, temperature);
        Tensor criticLoss = nn.functional.smooth_l1_loss(Weights.Critics[0].Value(batch.StatesAndActions), targets) + nn.functional.smooth_l1_loss(Weights.Critics[1].Value(batch.StatesAndActions), targets);
        Descend(_criticOptimiser, criticLoss);

        // Equation 9: α log π(a|s) - min Q(s, a) downhill, a reparameterised.
        foreach (Critic critic in Weights.Critics)
            critic.Freeze(true);
        (Tensor actions, Tensor logDensity) = Actor.Sample(batch.States);
        Tensor pairs = cat([batch.States, actions], 1);
        Tensor values = minimum(Weights.Critics[0].Value(pairs), Weights.Critics[1].Value(pairs));
        Descend(_actorOptimiser, (logDensity * temperature - values).mean());
        foreach (Critic critic in Weights.Critics)
            critic.Freeze(false);

        // Equation 18: the temperature rises while the policy is less random than asked for.
        float surplus = -logDensity.detach().mean().item<float>() - (float)_targetEntropy;
        Descend(_temperatureOptimiser, (Weights.LogTemperature * surplus).sum());

        Follow();
    }

    private Tensor Targets(SacBatch batch, float temperature)
    {
        using IDisposable noGrad = no_grad();
        (Tensor actions, Tensor logDensity) = Actor.Sample(batch.Next);
        Tensor pairs = cat([batch.Next, actions], 1);
        Tensor soft = minimum(_targets[0].Value(pairs), _targets[1].Value(pairs)) - logDensity * temperature;
        return batch.Rewards + batch.GoesOn * soft * (float)Settings.Discount;
    }

    private void Follow()
    {
        using IDisposable noGrad = no_grad();
        foreach ((Parameter target, Parameter source) in _followed)
            target.lerp_(source, (float)Settings.TargetRate);
        foreach ((Parameter target, Parameter source) in _averaged)
            target.lerp_(source, (float)Settings.AverageRate);
    }

    private static void Descend(optim.Optimizer optimiser, Tensor loss)
    {
        optimiser.zero_grad();
        loss.backward();
        optimiser.step();
    }
}
