using Bridge.Agents.Planning;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>A session that collects holes.</summary>
public sealed partial class CollectionCore : ISessionCore
{
    /// <summary>A target that was skipped for later comes back after so many other suggestions.</summary>
    private const int LaterAfter = 10;

    private readonly CollectionState _state;
    private readonly LivePlanner _planner;
    private double _deadlineMin = double.PositiveInfinity;
    private readonly Queue<(int Hole, int Since)> _later = new();
    private readonly Envelope _envelope;
    private readonly MoveTimer _timer;
    private readonly CollectionTexts _texts;
    private readonly LivePlanner? _shadow;
    private readonly bool _surveys;
    private readonly TimeProvider _time;
    private readonly GoalKeeper _goal;
    private readonly string? _keptMinutes;
    private readonly HostMinutes _minutes;
    private int _suggestions;
    private SuggestionReply? _last;

    /// <param name="request">Its end time, if it has one, already turned into minutes.</param>
    /// <param name="create">Makes the planner: at once, and again when predictions become known.</param>
    /// <param name="createShadow">Makes a second one that advises silently; null for none.</param>
    /// <param name="time">For end times.</param>
    /// <param name="keptMinutes">Of moves, from earlier sessions, where the opening names none; null without.</param>
    /// <param name="minutes">Where those of this session are kept when it is closed.</param>
    /// <exception cref="ContractException">Unusable minutes.</exception>
    public CollectionCore(OpenSessionRequest request, Grid grid, Func<Grid, IPlanner> create, Func<Grid, IPlanner>? createShadow, TimeProvider time, string? keptMinutes = null, HostMinutes? minutes = null)
    {
        _time = time;
        (_keptMinutes, _minutes) = (keptMinutes, minutes ?? HostMinutes.None);
        _state = new CollectionState(grid, MoveMinutes.Parse(keptMinutes ?? request.Minutes ?? "text"));
        _planner = new LivePlanner(create, _state);
        _shadow = createShadow is null ? null : new LivePlanner(createShadow, _state);
        _surveys = _planner.Name == Planners.Surveying;
        _envelope = new Envelope(_state);
        _envelope.Set(request.Allowed);
        _timer = new MoveTimer(_state);
        _goal = new GoalKeeper(_state);
        _texts = new CollectionTexts(request.Session, _state, _planner, _envelope, _timer, Shadow, _goal, Scoring, Predictions, keptMinutes is not null ? "kept from earlier sessions" : request.Minutes is null ? "the paper's" : "those that the session was opened with");
        Opening = request;
    }

    /// <summary>The request that opened the session.</summary>
    public OpenSessionRequest Opening { get; }

    public string Session => Opening.Session;

    public string Summary => $"{_state.Grid.Holes.Count} targets, {_state.Unvisited} not visited, planner {PlannerName}";

    public CollectionState State => _state;

    public string PlannerName => _planner.Name;

    /// <summary>What the second planner advised, also if an earlier host asked it.</summary>
    public ShadowRecord Shadow { get; } = new();

    /// <summary>Holes that wait for their scores.</summary>
    public ScoringProgress Scoring { get; } = new();

    /// <summary>What predictions were worth so far.</summary>
    public PredictionRecord Predictions { get; } = new();

    /// <summary>A sentence for the log when the predictions turned out to mislead, once; else null.</summary>
    public string? TakeWarning() => Predictions.TakeWarning(PlannerName);

    /// <inheritdoc/>
    public Reply Decide(SessionRequest request, double atMin, long seq)
    {
        _state.MinutesLeft = Math.Max(0, _deadlineMin - atMin);
        return request switch
        {
            OpenSessionRequest again => Opened(again, resumed: seq > 1),
            SuggestRequest => Suggest() with { Shadow = Advice() },
            ReportVisitRequest visit => AckFor(visit.Item, seq),
            ReportCtfRequest report => AckFor(report.Item, seq),
            ReportSkippedRequest skipped => AckFor(skipped.Item, seq),
            ReportMoveRequest move => AckForMove(move.Item, seq),
            ReportPredictionsRequest told => AckForAll(told, seq),
            ScoreHolesRequest score => AckForScores(score, seq),
            SetEndTimeRequest end => new AckReply(seq) { MinutesLeft = EndTime.MinutesUntil(end.EndTime, _time) },
            ExplainRequest explain => new ExplanationReply(_texts.Explain(explain.About, _last)),
            CloseSessionRequest => new SessionClosedReply(seq),
            SetGoalRequest set => AckForGoal(set.Goal, seq),
            SetBudgetRequest or UpdateStageRequest => new AckReply(seq),
            _ => throw SessionCores.WrongKind(Session, "a collection", request),
        };
    }

    /// <summary>The list of places is not kept with an opening: 200 000 of them are 6 MB, and a client may come back thousands of times.</summary>
    public Reply Whole(Reply kept) => kept is SessionOpenedReply opened ? opened with { Places = UnvisitedPlaces() } : kept;

    /// <summary>Plans once and forgets it.</summary>
    public void WarmUp()
    {
        _planner.Now.Next(_state);
        _shadow?.Now.Next(_state);
    }

    /// <inheritdoc/>
    /// <remarks>Not where the client keeps the time, because that is a simulation, nor where a move holds several shots.</remarks>
    public string? KeepLearned() => Opening.ClockMin is null && PlannerName != Planners.Grouping ? _minutes.Keep(_state.Minutes, _timer.Moves, _time) : null;

    /// <summary>Never: what was collected counts when a session is opened again.</summary>
    public bool BeginsAnew(Request request) => false;

    private SuggestionReply Suggest()
    {
        if (_goal.WhyStop is { } reached)
            return new SuggestionReply(SuggestionKind.Stop, reached);
        SuggestionReply reply = ToReply(_planner.Now.Next(_state));
        if (reply is { Kind: SuggestionKind.Target, Target: { } planned } && _goal.StayFor(HoleOf(planned.Item).Index, ProbabilityOf) is var stay and >= 0)
        {
            reply = new SuggestionReply(SuggestionKind.Target, $"the goal keeps the stage in this square; else: {reply.Why}")
            {
                Target = _state.Grid.TargetOf(stay),
                Probability = ProbabilityOf(stay),
                ExpectedMinutes = _state.MinutesTo(stay),
            };
        }
        if (reply.Kind == SuggestionKind.Target)
            reply = reply with { DefocusUm = _goal.NextDefocusUm() };
        if (!_surveys || reply.Target is not { } target || _state.Current < 0 || _last is { Kind: SuggestionKind.UpLevel })
            return reply;
        int here = _state.Grid.Holes[_state.Current].Patch;
        SpecimenLevel? leaves = _state.Grid.LevelBetween(here, HoleOf(target.Item).Patch) switch
        {
            MoveLevel.SamePatch => null,
            MoveLevel.SameSquare => SpecimenLevel.Patch,
            MoveLevel.SameGridImage => SpecimenLevel.Square,
            _ => SpecimenLevel.GridImage,
        };
        return leaves is null ? reply : new SuggestionReply(SuggestionKind.UpLevel, $"patch {_state.Grid.Patches[here].Id} is left: {reply.Why}") { Leaves = leaves };
    }

    private double ProbabilityOf(int hole) => _planner.Now.Explain(hole)?.Probability ?? CtfCalibration.Default.Probability(_state.Grid.Holes[hole]);

    private AckReply AckForGoal(Goal goal, long seq)
    {
        CheckGoal(goal);
        return goal.Count == (Opening.Goal?.Count ?? GoalCount.Good) ? new AckReply(seq)
            : throw new ContractException(FaultCode.BadField, "set_goal: what counts can only be chosen when the session is opened");
    }

    private void CheckGoal(Goal? goal)
    {
        foreach (int item in goal?.Avoid ?? [])
            HoleOf(item);
    }

    private ShadowAdvice? Advice() => _shadow?.Now.Next(_state) switch
    {
        null => null,
        PlanResult.Planned planned => new ShadowAdvice(_shadow.Name, _state.Grid.Holes[planned.Hole].Item, Math.Clamp(planned.Probability, 0, 1)),
        _ => new ShadowAdvice(_shadow.Name, 0, 0),
    };

    private SessionOpenedReply Opened(OpenSessionRequest again, bool resumed)
    {
        CheckSame(again);
        CheckGoal(again.Goal);
        return new SessionOpenedReply(Session, _state.Grid.Holes.Count, resumed, _planner.Name)
        {
            Minutes = _keptMinutes,
            MinutesLeft = again.EndTime is null ? null : EndTime.MinutesUntil(again.EndTime, _time),
            Places = UnvisitedPlaces(),
        };
    }

    private List<(int Item, StageUm Stage)> UnvisitedPlaces()
        => [.. _state.Grid.Holes.Where(hole => !_state.IsVisited(hole.Index)).Select(hole => (hole.Item, hole.Stage))];

    private void CheckSame(OpenSessionRequest again)
    {
        bool same = ReferenceEquals(again, Opening) || (again.Path == Opening.Path && again.Planner == Opening.Planner && again.Seed == Opening.Seed && again.Minutes == Opening.Minutes
            && (again.Goal?.Count ?? GoalCount.Good) == (Opening.Goal?.Count ?? GoalCount.Good)
            && again.Targets.Select(Place).SequenceEqual(Opening.Targets.Select(Place)));
        if (!same)
            throw new ContractException(FaultCode.SessionExists, $"session '{Session}' is open already, with other targets or settings; close it first, or choose another name");

        static (int, string, StageUm) Place(Target target) => (target.Item, target.Id, target.Stage);
    }

    private AckReply AckFor(int item, long seq)
    {
        HoleOf(item);
        return new AckReply(seq);
    }

    private AckReply AckForMove(int item, long seq)
    {
        _timer.Check(HoleOf(item));
        return new AckReply(seq);
    }

    private AckReply AckForAll(ReportPredictionsRequest told, long seq)
    {
        foreach (Prediction prediction in told.Path is null ? told.Predictions : [])
            HoleOf(prediction.Item);
        return new AckReply(seq);
    }

    private AckReply AckForScores(ScoreHolesRequest score, long seq)
    {
        foreach (int item in score.Items)
            HoleOf(item);
        return new AckReply(seq);
    }

    private Hole HoleOf(int item) => _texts.HoleOf(item);

    private SuggestionReply ToReply(PlanResult result) => result switch
    {
        PlanResult.Planned planned => new SuggestionReply(SuggestionKind.Target, planned.Why)
        {
            Target = _state.Grid.TargetOf(planned.Hole),
            Probability = planned.Probability,
            Others = planned.Others.Count == 0 ? [] : [.. planned.Others.Select(_state.Grid.TargetOf)],
            ExpectedMinutes = planned.ExpectedMinutes,
            Reasons = planned.Reasons?.ToJson(),
        },
        PlanResult.Survey look => new SuggestionReply(SuggestionKind.Survey, look.Why) { Target = _state.Grid.TargetOf(look.Hole), ExpectedMinutes = look.ExpectedMinutes },
        PlanResult.Stop stop => new SuggestionReply(SuggestionKind.Stop, stop.Why),
        _ => throw new InvalidOperationException($"unknown plan {result}"),
    };
}
