namespace Bridge.Agents.Alignment.Instrument;

/// <summary>
/// A network that learns this very microscope while it is used, alignment after alignment. It proposes each move; <see cref="ResponseEstimate"/> knows what the moves
/// of this alignment did and replaces a proposal that would gain less than the estimate's own. Before the estimate knows enough, the network decides alone only
/// if its last proposals were good; else <see cref="LeastSquaresPolicy"/> does, and the network learns from that.
/// </summary>
public sealed class SacPolicy(AlignmentSettings settings, SacLearner learner) : IAlignmentPolicy
{
    /// <summary>Who chose a move: the network, the estimate in its place after the check, or the estimate alone.</summary>
    public const string Network = "network", Overruled = "overruled", Estimate = "estimate";

    /// <summary>A proposal must gain this share of what the estimate's own move is expected to gain.</summary>
    private const double LeastGain = 0.7;

    /// <summary>A move was good if the goal came nearer by this share of what the beam moved.</summary>
    private const double LeastStraight = 0.5;

    private const double LeastTrust = 0.5;

    private readonly LeastSquaresPolicy _careful = new(settings);
    private bool _wentWrong;

    public string Name => AlignmentPolicies.Sac;

    public void Observe(AlignmentState state)
    {
        _careful.Observe(state);
        Xy move = state.Shift - state.SeenBefore.Shift;
        if (state.SeenBefore.Beam is not { } seenBefore || move.Length == 0)
            return;
        Xy before = settings.Goal - seenBefore;
        Xy? after = state.IsLost ? null : settings.Goal - state.Seen!.Value;
        learner.Tell(before, move, after);
        if (state.By == Network)
        {
            bool isGood = after is { } way && before.Length - way.Length >= LeastStraight * (before - way).Length;
            _wentWrong |= !isGood;
            learner.Judge(isGood);
        }
        else if (state.By == Overruled)
        {
            learner.Judge(isGood: false);
        }
    }

    public AlignmentResult Next(AlignmentState state)
    {
        AlignmentResult careful = _careful.Next(state);
        if (careful is not AlignmentResult.Move own)
            return careful;
        Xy way = settings.Goal - state.Seen!.Value;
        (Xy proposal, int learned) = learner.Propose(way);
        proposal = proposal.AtMost(settings.MaxStep / Math.Pow(2, state.Lost));
        if (!_careful.Response.IsKnown)
            proposal = _careful.Response.Checked(way, proposal).AtMost(settings.MaxStep);
        bool isAllowed = (state.Shift + proposal).Length <= settings.MaxShift;
        if (_careful.Response.IsKnown)
        {
            double goal = _careful.Response.Expect(way, own.Shift - state.Shift), proposed = _careful.Response.Expect(way, proposal);
            return isAllowed && way.Length - proposed >= LeastGain * (way.Length - goal)
                ? new AlignmentResult.Move(state.Shift + proposal, own.Why) { By = Network, Learned = learned }
                : own with { By = Overruled, Learned = learned };
        }
        return isAllowed && learner.Trust >= LeastTrust && !_wentWrong
            ? new AlignmentResult.Move(state.Shift + proposal, "as this microscope was learned to react") { By = Network, Learned = learned }
            : own with { By = Estimate, Learned = learned };
    }
}
