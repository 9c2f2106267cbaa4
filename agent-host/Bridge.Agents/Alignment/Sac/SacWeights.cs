using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>Everything of a soft actor-critic that is written to a file. The targets are not: they follow the critics.</summary>
internal sealed class SacWeights : Module
{
    [ComponentName(Name = "actor")]
    private readonly GaussianActor _actor;

    [ComponentName(Name = "averaged")]
    private readonly GaussianActor _averaged;

    [ComponentName(Name = "critic1")]
    private readonly Critic _critic1;

    [ComponentName(Name = "critic2")]
    private readonly Critic _critic2;

    [ComponentName(Name = "log_temperature")]
    private readonly Parameter _logTemperature;

    public SacWeights(int observations, int actions, SacSettings settings, Generator generator) : base(nameof(SacWeights))
    {
        _actor = new GaussianActor(observations, actions, settings.Hidden, generator);
        _averaged = new GaussianActor(observations, actions, settings.Hidden, generator);
        _averaged.load_state_dict(_actor.state_dict());
        _critic1 = new Critic(observations, actions, settings.Hidden, generator);
        _critic2 = new Critic(observations, actions, settings.Hidden, generator);
        _logTemperature = new Parameter(tensor([(float)Math.Log(settings.FirstTemperature)]));
        Critics = [_critic1, _critic2];
        RegisterComponents();
    }

    public GaussianActor Actor => _actor;

    /// <summary>The mean of the actor over its last updates.</summary>
    public GaussianActor Averaged => _averaged;

    public Critic[] Critics { get; }

    /// <summary>log α: (1).</summary>
    public Parameter LogTemperature => _logTemperature;
}
