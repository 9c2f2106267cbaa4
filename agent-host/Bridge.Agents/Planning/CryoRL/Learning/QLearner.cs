using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// Deep Q-learning (Mnih et al. 2013, algorithm 1; CryoRL, section 4.3) with replay and a target network. The variants of CryoRL's Table 3 are a
/// network with two streams, another replay, another estimate of the return or another choice of a'; Rainbow is all of them.
/// </summary>
internal sealed class QLearner : Learner
{
    private readonly RowNetwork _target;
    private readonly IReturnEstimate _estimate;
    private readonly IReplay _replay;
    private readonly Transition[] _batch;
    private readonly float[] _weights;
    private long _updates;

    public QLearner(LearnerSettings settings, Generator generator) : this(settings, Learners.Estimate(settings), generator)
    {
    }

    private QLearner(LearnerSettings settings, IReturnEstimate estimate, Generator generator) : base(settings, estimate, generator)
    {
        _estimate = estimate;
        _target = Learners.NewNetwork(settings, generator);
        _target.eval();
        _replay = settings.Prioritised ? new PrioritisedReplay(settings.ReplayCapacity) : new UniformReplay(settings.ReplayCapacity);
        _batch = new Transition[settings.BatchSize];
        _weights = new float[settings.BatchSize];
    }

    public override int Choose(ReadOnlySpan<float> scores, Random random) => RowBatch.IndexOfBest(scores);

    public override void Add(Transition transition) => _replay.Add(transition);

    public override void Learn(Random random)
    {
        if (_replay.Count == 0)
            return;
        using DisposeScope scope = NewDisposeScope();
        if (_updates++ % Settings.TargetUpdates == 0)
            _target.load_state_dict(Network.state_dict());
        _replay.Sample(_batch, _weights, random);
        Network.DrawNoise();
        Tensor targets = Targets();
        Tensor losses = _estimate.Losses(TakenOutputs(), targets);
        Descend((losses * tensor(_weights)).mean());
        using Tensor seen = losses.detach().clone();
        _estimate.ToErrors(Floats(seen));
        _replay.Learned(Floats(seen));
    }

    public override void Dispose()
    {
        base.Dispose();
        _target.Dispose();
    }

    /// <summary>a' = the best next candidate in the eyes of the target network, or of the online one (double); its worth is the target network's.</summary>
    private Tensor Targets()
    {
        using IDisposable noGrad = no_grad();
        RowBatch next = RowBatch.Of(Array.ConvertAll(_batch, transition => transition.Next));
        Tensor valued = _target.Outputs(next);
        Tensor chosen = Settings.Double ? Network.Outputs(next) : valued;
        Tensor best = next.Best(Floats(_estimate.Scores(chosen)));
        return _estimate.Targets(_batch, valued.index_select(0, best));
    }

    /// <summary>Outputs of the candidates that were taken: (B, outputs). Two streams need all candidates of each state for the mean.</summary>
    private Tensor TakenOutputs()
    {
        if (!Network.IsDueling)
            return Network.Outputs(RowBatch.OfTaken(_batch));
        RowBatch states = RowBatch.Of(Array.ConvertAll(_batch, transition => transition.State));
        long[] taken = new long[_batch.Length];
        for (int i = 0; i < taken.Length; i++)
            taken[i] = states.StartOf(i) + _batch[i].Row;
        return Network.Outputs(states).index_select(0, tensor(taken));
    }
}
