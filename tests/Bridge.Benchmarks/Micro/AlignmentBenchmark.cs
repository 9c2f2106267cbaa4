using BenchmarkDotNet.Attributes;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Camera;
using Bridge.Agents.Alignment.FirstSight;
using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Alignment.Simulation;
using TorchSharp;

namespace Bridge.Benchmarks.Micro;

/// <summary>What stands between two camera frames: the disk in the picture, the actor's decision, one update of the soft actor-critic. One thread.</summary>
[MemoryDiagnoser]
public class AlignmentBenchmark
{
    private readonly PublishedAlignment _world = new(new PublishedAlignmentSettings(), new Random(0));
    private readonly float[] _state = new float[5], _next = new float[5], _action = new float[2], _view = new float[FirstSightView.Width];
    private readonly GaussianActor _firstSight = new(FirstSightView.Width, 2, new SacSettings().Hidden, new torch.Generator(0));
    private SoftActorCritic _ours = null!, _published = null!;
    private CameraPicture _picture = null!;

    [GlobalSetup]
    public void Learn()
    {
        torch.set_num_threads(1);
        _ours = Learned(new SacSettings());
        // As the published code has it (facts/alignment.md).
        _published = Learned(new SacSettings { Hidden = 128, BatchSize = 256, Relabelled = 0 });
        _picture = new BeamCamera().Take(new Random(0), new Xy(101.3, -40.8));
    }

    /// <summary>The peer's: 152 µs.</summary>
    [Benchmark]
    public void Decision() => _ours.Actor.Act(_state, _action);

    [Benchmark]
    public void FirstSightDecision() => _firstSight.Act(_view, _action);

    /// <summary>The peer's: 1 / 134 s = 7.5 ms.</summary>
    [Benchmark]
    public void TrainingStep() => Step(_ours);

    [Benchmark]
    public void TrainingStepOfPublishedSize() => Step(_published);

    /// <summary>1040 x 1040 px.</summary>
    [Benchmark]
    public FoundDisk DiskInPicture() => DiskFinder.Find(_picture);

    private SoftActorCritic Learned(SacSettings settings)
    {
        var agent = new SoftActorCritic(settings, observations: 5, actions: 2, seed: 0, settings.Relabelled > 0 ? _world : null);
        _world.Start(_state);
        for (int i = 0; i < 500; i++)
            Step(agent);
        return agent;
    }

    private void Step(SoftActorCritic agent)
    {
        agent.Explore(_state, _action);
        AlignmentStep step = _world.Step(_action, _next);
        agent.Learn(_state, _action, step.Reward, _next, step.End is AlignmentStepEnd.Aligned or AlignmentStepEnd.OutOfBounds);
        if (step.End == AlignmentStepEnd.GoesOn)
            _next.CopyTo(_state, 0);
        else
            _world.Start(_state);
    }
}
