using System.Globalization;
using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Weights;
using static TorchSharp.torch;

namespace Bridge.Agents.Alignment.Instrument;

/// <summary>
/// Soft actor-critic on one microscope. Moves are told, and learned in the order in which they were told, in the background or when asked: what is known after
/// the n-th does not depend on when it was learned. Decisions take what is known by then and wait for nothing. Told and asked by one thread at a time.
/// </summary>
public sealed class SacLearner : IDisposable
{
    /// <summary>How it learns: a step costs a camera frame (180 ms), an update less than a millisecond.</summary>
    public static SacSettings Learning { get; } = new()
    {
        UpdatesPerStep = 4, Discount = 0.5, RewardScale = 1, WarmUpSteps = 0, AverageRate = 0.02, LearningRate = 2e-3, ReplayCapacity = 20_000, TargetEntropyPerAction = -1,
    };

    private const string StepUnitKey = "step_unit", ReachKey = "reach_px", TrustKey = "trust";

    /// <summary>Longest wait for the move that is being learned; it takes milliseconds.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Queue<(Xy Before, Xy Move, Xy? After)> _told = new();
    private readonly ManualResetEventSlim _idle = new(true);
    private readonly SoftActorCritic _agent;
    private readonly bool _inBackground;
    private readonly float[] _state = new float[InstrumentView.Observations], _next = new float[InstrumentView.Observations], _action = new float[InstrumentView.Actions];
    private readonly float[] _seen = new float[InstrumentView.Observations], _proposed = new float[InstrumentView.Actions];
    private GaussianActor _decides, _spare;
    private bool _works, _ends;

    /// <param name="agent">Belongs to the learner from now on.</param>
    /// <param name="trust">See <see cref="Trust"/>.</param>
    /// <param name="inBackground">Learn on a thread of the pool; else only by <see cref="LearnTo"/>.</param>
    public SacLearner(SoftActorCritic agent, InstrumentView view, double trust, bool inBackground)
    {
        (_agent, View, Trust, _inBackground) = (agent, view, trust, inBackground);
        (_decides, _spare) = (Copy(), Copy());
    }

    public InstrumentView View { get; }

    /// <summary>Share of the last proposals that were good, 0 to 1: below one half the network decides nothing that is not checked.</summary>
    public double Trust { get; private set; }

    /// <summary>Moves told.</summary>
    public int Told { get; private set; }

    /// <summary>Moves learned that decisions know of.</summary>
    public int Learned { get; private set; }

    /// <summary>Why learning has ended; null as long as it goes on.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>One that knows nothing.</summary>
    public static SacLearner New(AlignmentSettings settings, int seed, bool inBackground)
    {
        var view = InstrumentView.For(settings);
        return new SacLearner(new SoftActorCritic(Learning, InstrumentView.Observations, InstrumentView.Actions, seed, view), view, trust: 0, inBackground);
    }

    /// <summary>One that goes on from what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or another's; the message names file and cause.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static SacLearner Read(string path, int seed, bool inBackground)
    {
        IReadOnlyDictionary<string, string> metadata = WeightsFile.ReadMetadata(path, SacFile.MaxBytes);
        var view = new InstrumentView(Number(path, metadata, StepUnitKey, 1e-12, 1e12), Number(path, metadata, ReachKey, 1e-6, 1e9));
        double trust = Number(path, metadata, TrustKey, 0, 1);
        return new SacLearner(SacFile.Read(path, AlignmentPolicies.Sac, InstrumentView.Observations, InstrumentView.Actions, Learning, seed, view), view, trust, inBackground);
    }

    /// <summary>The move that the network would make.</summary>
    /// <param name="way">From the beam to the goal, in px.</param>
    /// <returns>The change of the shift, and how many moves were learned by then.</returns>
    public (Xy Move, int Learned) Propose(Xy way)
    {
        lock (_gate)
        {
            View.Write(way, _seen);
            _decides.Act(_seen, _proposed);
            return (View.ToMove(way, _proposed), Learned);
        }
    }

    /// <summary>A proposal was good or not.</summary>
    public void Judge(bool isGood) => Trust += 0.1 * ((isGood ? 1 : 0) - Trust);

    /// <summary>A move was made.</summary>
    /// <param name="before">Way to the goal before it, in px.</param>
    /// <param name="move">Change of the shift.</param>
    /// <param name="after">Way to the goal after it; null if the beam was lost.</param>
    public void Tell(Xy before, Xy move, Xy? after)
    {
        lock (_gate)
        {
            _told.Enqueue((before, move, after));
            Told++;
            if (!_inBackground || _works || _ends || Failure is not null)
                return;
            _works = true;
            _idle.Reset();
        }
        ThreadPool.UnsafeQueueUserWorkItem(static learner => learner.Work(), this, preferLocal: false);
    }

    /// <summary>Learns here and now, up to so many moves. For learners that do not learn in the background.</summary>
    /// <exception cref="ArgumentOutOfRangeException">So many were not told.</exception>
    public void LearnTo(int moves)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(moves, Told);
        while (Learned < moves)
            Learn(_told.Dequeue());
    }

    /// <summary>Waits until all that was told is learned.</summary>
    /// <returns>False if the time ran out or learning has failed.</returns>
    public bool Wait(TimeSpan limit) => _idle.Wait(limit) && Failure is null;

    /// <summary>Writes what is known.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Something told is not learned yet: <see cref="Wait"/>.</exception>
    public void Save(string path)
    {
        if (Learned != Told)
            throw new InvalidOperationException($"{Told - Learned} moves are not learned yet");
        SacFile.Save(path, AlignmentPolicies.Sac, _agent, new Dictionary<string, string>
        {
            [StepUnitKey] = View.StepUnit.ToString("R", CultureInfo.InvariantCulture),
            [ReachKey] = View.ReachPx.ToString("R", CultureInfo.InvariantCulture),
            [TrustKey] = Trust.ToString("R", CultureInfo.InvariantCulture),
        });
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_ends)
                return;
            _ends = true;
        }
        if (!_idle.Wait(EndLimit))
            return; // it still uses what would be given back
        _agent.Dispose();
        _decides.Dispose();
        _spare.Dispose();
        _idle.Dispose();
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                (Xy, Xy, Xy?) told;
                lock (_gate)
                {
                    if (_ends || !_told.TryDequeue(out told))
                    {
                        _works = false;
                        _idle.Set();
                        return;
                    }
                }
                Learn(told);
            }
        }
        catch (Exception e)  // the top of a thread
        {
            lock (_gate)
            {
                (Failure, _works) = (e, false);
                _idle.Set();
            }
        }
    }

    private void Learn((Xy Before, Xy Move, Xy? After) told)
    {
        View.Write(told.Before, _state);
        Array.Clear(_next);
        if (told.After is { } after)
            View.Write(after, _next);
        (double reward, bool terminated) = View.Reward(told.Before, told.After);
        // A move that no action means teaches nothing; it is counted all the same.
        if (View.TryWriteAction(told.Before, told.Move, _action))
            _agent.Learn(_state, _action, reward, _next, terminated);
        using (no_grad())
            _spare.load_state_dict(_agent.Averaged.state_dict());
        lock (_gate)
        {
            (_decides, _spare) = (_spare, _decides);
            Learned++;
        }
    }

    private static double Number(string path, IReadOnlyDictionary<string, string> metadata, string key, double min, double max)
        => double.TryParse(metadata.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max
            ? value
            : throw new InvalidDataException($"{path} says '{metadata.GetValueOrDefault(key)}' for its '{key}', a number of {min} to {max}; it was not learned on a microscope");

    private GaussianActor Copy()
    {
        var actor = new GaussianActor(InstrumentView.Observations, InstrumentView.Actions, _agent.Settings.Hidden, new Generator(0));
        actor.load_state_dict(_agent.Averaged.state_dict());
        return actor;
    }
}
