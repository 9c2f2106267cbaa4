using System.Globalization;
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
    private int _suggestions;
    private SuggestionReply? _last;

    /// <param name="planner">A fresh one for this grid.</param>
    /// <exception cref="ContractException">Unusable minutes.</exception>
    public CollectionCore(OpenSessionRequest request, Grid grid, IPlanner planner)
    {
        _state = new CollectionState(grid, MoveMinutes.Parse(request.Minutes ?? "text"));
        _planner = planner;
        _envelope = new Envelope(_state);
        _envelope.Set(request.Allowed);
        Opening = request;
    }

    /// <summary>The request that opened the session.</summary>
    public OpenSessionRequest Opening { get; }

    public string Session => Opening.Session;

    public string Summary => $"{_state.Grid.Holes.Count} targets, {_state.Unvisited} not visited, planner {PlannerName}";

    public CollectionState State => _state;

    public string PlannerName => _planner.Name;

    /// <inheritdoc/>
    public Reply Decide(SessionRequest request, double atMin, long seq)
    {
        _state.MinutesLeft = Math.Max(0, _deadlineMin - atMin);
        return request switch
        {
            OpenSessionRequest again => Opened(again, resumed: seq > 1),
            SuggestRequest => ToReply(_planner.Next(_state)),
            ReportVisitRequest visit => AckFor(visit.Item, seq),
            ReportCtfRequest report => AckFor(report.Item, seq),
            ReportSkippedRequest skipped => AckFor(skipped.Item, seq),
            ExplainRequest explain => new ExplanationReply(Explain(explain.About)),
            CloseSessionRequest => new SessionClosedReply(seq),
            SetBudgetRequest or UpdateStageRequest => new AckReply(seq),
            _ => throw SessionCores.WrongKind(Session, "a collection", request),
        };
    }

    /// <summary>Plans once and forgets it.</summary>
    public void WarmUp() => _planner.Next(_state);

    /// <summary>Never: what was collected counts when a session is opened again.</summary>
    public bool BeginsAnew(Request request) => false;

    /// <inheritdoc/>
    public void Apply(SessionRequest request, Reply reply, double atMin)
    {
        switch (request)
        {
            case OpenSessionRequest open:
                _envelope.Set(open.Allowed);
                if (open.MinutesLeft is { } minutes)
                    _deadlineMin = atMin + minutes;
                break;
            case SetBudgetRequest budget:
                _deadlineMin = atMin + budget.MinutesLeft;
                break;
            case UpdateStageRequest update:
                _state.StandAt(_state.Grid.Nearest(update.Stage).Index);
                break;
            case SuggestRequest when reply is SuggestionReply suggestion:
                Suggested(suggestion);
                break;
            case ReportVisitRequest visit:
                _state.Visit(HoleOf(visit.Item).Index);
                _envelope.Forget(HoleOf(visit.Item).Index);
                break;
            case ReportCtfRequest report:
                int hole = HoleOf(report.Item).Index;
                _state.Record(hole, report.CtfMaxResA);
                _planner.Observe(_state, hole);
                break;
            case ReportSkippedRequest skipped:
                int skippedHole = HoleOf(skipped.Item).Index;
                _state.MarkVisited(skippedHole);
                _envelope.Forget(skippedHole);
                if (skipped.Reason == SkipReason.Later)
                    _later.Enqueue((skippedHole, _suggestions));
                break;
        }
    }

    private void Suggested(SuggestionReply suggestion)
    {
        _suggestions++;
        _last = suggestion;
        if (suggestion.Target is { } target)
            _state.Visit(HoleOf(target.Item).Index);
        // With nothing else left, what was put off is due at once.
        while (_later.TryPeek(out (int Hole, int Since) first) && (suggestion.Target is null || _suggestions - first.Since >= LaterAfter))
        {
            _later.Dequeue();
            if (double.IsNaN(_state.MeasuredCtfA(first.Hole)))
                _envelope.PutBack(first.Hole);
        }
    }

    private SessionOpenedReply Opened(OpenSessionRequest again, bool resumed)
    {
        CheckSame(again);
        return new SessionOpenedReply(Session, _state.Grid.Holes.Count, resumed, _planner.Name)
        {
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

    private Hole HoleOf(int item) => _state.Grid.FindItem(item)
        ?? throw new ContractException(FaultCode.UnknownItem, $"no item {item} in session '{Opening.Session}'; it has {_state.Grid.Holes.Count} targets, open a new session if the Navigator has changed");

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

    private string Explain(string about)
    {
        if (about == "last")
            return _last is null ? "nothing was suggested yet" : _last.Target is { } target ? $"item {target.Item}: {_last.Why}" : _last.Why;
        if (about == "reasons")
            return _last?.Reasons?.ToString(Newtonsoft.Json.Formatting.None) ?? $"planner {_planner.Name} gave no reasons in numbers; Explain last has its sentence, and planner bayes gives numbers";
        if (about == "session")
        {
            string left = double.IsInfinity(_state.MinutesLeft) ? "no limit" : Invariant($"{_state.MinutesLeft:0.#} min left");
            return Invariant($"session '{Opening.Session}', planner {_planner.Name}: {_state.Good} good of {_state.Measured} measured, {_state.Unvisited} of {_state.Grid.Holes.Count} targets not visited, {left}");
        }
        if (about.StartsWith("item ", StringComparison.Ordinal) && int.TryParse(about.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int item))
        {
            Hole hole = HoleOf(item);
            double ctfA = _state.MeasuredCtfA(hole.Index);
            string seen = _envelope.RefusalOf(hole) is { } refusal ? $"not allowed ({refusal})" : !double.IsNaN(ctfA) ? Invariant($"measured {ctfA:0.##} Å") : _state.IsVisited(hole.Index) ? "visited, no result yet" : "not visited";
            string predicted = double.IsNaN(hole.PredictedCtfA) ? "no prediction" : Invariant($"predicted {hole.PredictedCtfA:0.##} Å");
            string believed = double.IsNaN(ctfA) && _planner.Explain(hole.Index) is { } belief ? Invariant($", good with probability {belief.Probability:0.00} ({belief.Low:0.00} to {belief.High:0.00})") : "";
            return Invariant($"item {item} '{hole.Id}' at {hole.Stage.X:0.##}, {hole.Stage.Y:0.##} µm: {seen}, {predicted}{believed}, {_state.MinutesTo(hole.Index):0.#} min from here");
        }
        throw new ContractException(FaultCode.BadField, $"explain: 'about' must be last, reasons, session or item N, got '{about}'");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
