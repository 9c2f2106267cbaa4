using Bridge.Agents.Planning;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>A session that collects holes.</summary>
public sealed class CollectionCore : ISessionCore
{
    /// <summary>A target that was skipped for later comes back after so many other suggestions.</summary>
    private const int LaterAfter = 10;

    private readonly CollectionState _state;
    private readonly IPlanner _planner;
    private double _deadlineMin = double.PositiveInfinity;
    private readonly Queue<(int Hole, int Since)> _later = new();
    private readonly Envelope _envelope;
    private readonly MoveTimer _timer;
    private readonly CollectionTexts _texts;
    private readonly IPlanner? _shadow;
    private readonly TimeProvider _time;
    private int _suggestions;
    private SuggestionReply? _last;

    /// <param name="request">Its end time, if it has one, already turned into minutes.</param>
    /// <param name="planner">A fresh one for this grid.</param>
    /// <param name="shadow">A second one that advises silently, or null.</param>
    /// <param name="time">For end times.</param>
    /// <exception cref="ContractException">Unusable minutes.</exception>
    public CollectionCore(OpenSessionRequest request, Grid grid, IPlanner planner, IPlanner? shadow, TimeProvider time)
    {
        (_shadow, _time) = (shadow, time);
        _state = new CollectionState(grid, MoveMinutes.Parse(request.Minutes ?? "text"));
        _planner = planner;
        _envelope = new Envelope(_state);
        _envelope.Set(request.Allowed);
        _timer = new MoveTimer(_state);
        _texts = new CollectionTexts(request.Session, _state, planner, _envelope, _timer, Shadow);
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

    /// <inheritdoc/>
    public Reply Decide(SessionRequest request, double atMin, long seq)
    {
        _state.MinutesLeft = Math.Max(0, _deadlineMin - atMin);
        return request switch
        {
            OpenSessionRequest again => Opened(again, resumed: seq > 1),
            SuggestRequest => ToReply(_planner.Next(_state)) with { Shadow = Advice() },
            ReportVisitRequest visit => AckFor(visit.Item, seq),
            ReportCtfRequest report => AckFor(report.Item, seq),
            ReportSkippedRequest skipped => AckFor(skipped.Item, seq),
            ReportMoveRequest move => AckForMove(move.Item, seq),
            SetEndTimeRequest end => new AckReply(seq) { MinutesLeft = EndTime.MinutesUntil(end.EndTime, _time) },
            ExplainRequest explain => new ExplanationReply(_texts.Explain(explain.About, _last)),
            CloseSessionRequest => new SessionClosedReply(seq),
            SetBudgetRequest or UpdateStageRequest => new AckReply(seq),
            _ => throw SessionCores.WrongKind(Session, "a collection", request),
        };
    }

    /// <summary>Plans once and forgets it.</summary>
    public void WarmUp()
    {
        _planner.Next(_state);
        _shadow?.Next(_state);
    }

    /// <summary>Never: what was collected counts when a session is opened again.</summary>
    public bool BeginsAnew(Request request) => false;

    /// <inheritdoc/>
    public void Apply(SessionRequest request, Reply reply, double atMin)
    {
        switch (request)
        {
            case OpenSessionRequest open:
                _envelope.Set(open.Allowed);
                if (((reply as SessionOpenedReply)?.MinutesLeft ?? open.MinutesLeft) is { } minutes)
                    _deadlineMin = atMin + minutes;
                break;
            case SetEndTimeRequest when reply is AckReply { MinutesLeft: { } untilEnd }:
                _deadlineMin = atMin + untilEnd;
                break;
            case SetBudgetRequest budget:
                _deadlineMin = atMin + budget.MinutesLeft;
                break;
            case UpdateStageRequest update:
                _state.StandAt(_state.Grid.Nearest(update.Stage).Index);
                break;
            case SuggestRequest when reply is SuggestionReply suggestion:
                Suggested(suggestion, atMin);
                break;
            case ReportMoveRequest move:
                _timer.Tell(HoleOf(move.Item).Index, move.Minutes);
                break;
            case ReportVisitRequest visit:
                _timer.Begin(HoleOf(visit.Item).Index, atMin);
                _state.Visit(HoleOf(visit.Item).Index);
                _envelope.Forget(HoleOf(visit.Item).Index);
                break;
            case ReportCtfRequest report:
                int hole = HoleOf(report.Item).Index;
                _timer.End(hole, atMin);
                _state.Record(hole, report.CtfMaxResA);
                _planner.Observe(_state, hole);
                _shadow?.Observe(_state, hole);
                break;
            case ReportSkippedRequest skipped:
                int skippedHole = HoleOf(skipped.Item).Index;
                _timer.Abandon();
                _state.MarkVisited(skippedHole);
                _envelope.Forget(skippedHole);
                if (skipped.Reason == SkipReason.Later)
                    _later.Enqueue((skippedHole, _suggestions));
                break;
        }
    }

    private void Suggested(SuggestionReply suggestion, double atMin)
    {
        _suggestions++;
        _last = suggestion;
        int hole = suggestion.Target is { } target ? HoleOf(target.Item).Index : -1;
        if (suggestion.Shadow is { } advice)
            Shadow.Add(advice, hole, advice.Item > 0 ? HoleOf(advice.Item).Index : -1);
        if (hole >= 0)
        {
            _timer.Begin(hole, atMin);
            _state.Visit(hole);
        }
        // With nothing else left, what was put off is due at once.
        while (_later.TryPeek(out (int Hole, int Since) first) && (suggestion.Target is null || _suggestions - first.Since >= LaterAfter))
        {
            _later.Dequeue();
            if (double.IsNaN(_state.MeasuredCtfA(first.Hole)))
                _envelope.PutBack(first.Hole);
        }
    }

    private ShadowAdvice? Advice() => _shadow?.Next(_state) switch
    {
        null => null,
        PlanResult.Planned planned => new ShadowAdvice(_shadow.Name, _state.Grid.Holes[planned.Hole].Item, Math.Clamp(planned.Probability, 0, 1)),
        _ => new ShadowAdvice(_shadow.Name, 0, 0),
    };

    private SessionOpenedReply Opened(OpenSessionRequest again, bool resumed)
    {
        CheckSame(again);
        return new SessionOpenedReply(Session, _state.Grid.Holes.Count, resumed, _planner.Name)
        {
            MinutesLeft = again.EndTime is null ? null : EndTime.MinutesUntil(again.EndTime, _time),
            Places = [.. _state.Grid.Holes.Where(hole => !_state.IsVisited(hole.Index)).Select(hole => (hole.Item, hole.Stage))],
        };
    }

    private void CheckSame(OpenSessionRequest again)
    {
        bool same = ReferenceEquals(again, Opening) || (again.Path == Opening.Path && again.Planner == Opening.Planner && again.Seed == Opening.Seed && again.Minutes == Opening.Minutes
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

    private Hole HoleOf(int item) => _texts.HoleOf(item);

    private SuggestionReply ToReply(PlanResult result) => result switch
    {
        PlanResult.Planned planned => new SuggestionReply(SuggestionKind.Target, planned.Why)
        {
            Target = _state.Grid.TargetOf(planned.Hole),
            Probability = planned.Probability,
            ExpectedMinutes = planned.ExpectedMinutes,
            Reasons = planned.Reasons?.ToJson(),
        },
        PlanResult.Stop stop => new SuggestionReply(SuggestionKind.Stop, stop.Why),
        _ => throw new InvalidOperationException($"unknown plan {result}"),
    };
}
