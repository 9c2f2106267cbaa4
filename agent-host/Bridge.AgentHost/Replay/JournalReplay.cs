using Bridge.AgentHost.Serving;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.OffPolicy;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Replay;

/// <summary>
/// Goes through a journal once more. At every suggestion the planner is asked again, in the state in which the host was then, and its
/// answer is laid beside the one that was given; the session goes on with what was given.
/// </summary>
public sealed class JournalReplay
{
    private readonly List<Difference> _differences = [];
    private readonly SortedDictionary<string, int> _events = new(StringComparer.Ordinal);
    private readonly List<int> _results = [];
    private CollectionCore? _core;
    private CollectionState? _start;
    private OpenSessionRequest? _opening;

    /// <summary>One suggestion that came out differently. Item 0 stands for "stop".</summary>
    public sealed record Difference(long Line, double AtMin, int GivenItem, int NewItem, string Why);

    public string Session { get; private set; } = "";

    public string Planner => _core?.PlannerName ?? "";

    /// <summary>The planner that was in charge of the session.</summary>
    public string RecordedPlanner { get; private set; } = "";

    public IReadOnlyDictionary<string, int> Events => _events;

    public int Suggestions { get; private set; }

    public IReadOnlyList<Difference> Differences => _differences;

    public CollectionState? State => _core?.State;

    /// <summary>What a second planner advised silently, if there was one.</summary>
    public ShadowRecord? Shadow => _core?.Shadow;

    /// <summary>The session as another planner would have met it; null if nothing was suggested in it.</summary>
    public RecordedSession? Recorded => _start is null ? null : new RecordedSession(_start, _core!.State, _results);

    /// <summary>What the opening told planners.</summary>
    public PlannerSetup Setup => HostPlanners.SetupOf(_opening!, _core!.State.Grid);

    /// <summary>Minutes of the session's clock from the opening to the last line.</summary>
    public double Minutes { get; private set; }

    /// <param name="path">The journal.</param>
    /// <param name="planner">Another planner to ask; null asks the one that was in charge.</param>
    /// <param name="catalog">Where the planner comes from; null has only those without weights.</param>
    /// <exception cref="ContractException">The journal is damaged, or the planner is unknown.</exception>
    public static JournalReplay Run(string path, string? planner, PlannerCatalog? catalog = null)
    {
        var replay = new JournalReplay();
        double openedAt = 0;
        foreach (JournalEntry entry in JournalReader.Read(path))
        {
            JournalledExchange exchange = JournalledExchange.From(entry);
            if (replay._core is null)
            {
                if (exchange.Request is BeginAlignmentRequest or BeginScanRequest)
                    throw new ContractException(FaultCode.BadField, $"{path} is the journal of an alignment or a scan, and there is no planner in it");
                OpenSessionRequest opening = exchange.Request as OpenSessionRequest
                    ?? throw new ContractException(FaultCode.JournalCorrupt, $"{path} line 1: a journal begins with {MessageTypes.OpenSession}, this one with {entry.Event}");
                Grid grid = GridBuilder.FromTargets(exchange.Targets);
                opening = opening with { MinutesLeft = (exchange.Reply as SessionOpenedReply)?.MinutesLeft ?? opening.MinutesLeft, Minutes = (exchange.Reply as SessionOpenedReply)?.Minutes ?? opening.Minutes };
                replay.RecordedPlanner = (exchange.Reply as SessionOpenedReply)?.Planner ?? opening.Planner ?? Planners.Default;
                string name = planner ?? replay.RecordedPlanner;
                replay._core = new CollectionCore(opening, grid, known => (catalog ?? PlannerCatalog.WithoutModels).Create(name, HostPlanners.SetupOf(opening, known)), createShadow: null, TimeProvider.System);
                (replay.Session, replay._opening, openedAt) = (opening.Session, opening, exchange.AtMin);
            }
            replay.Take(entry, exchange);
            replay.Minutes = Math.Max(replay.Minutes, exchange.AtMin - openedAt);
        }
        return replay._core is null ? throw new ContractException(FaultCode.JournalCorrupt, $"{path} has no line") : replay;
    }

    private void Take(JournalEntry entry, JournalledExchange exchange)
    {
        _events[entry.Event] = _events.GetValueOrDefault(entry.Event) + 1;
        if (exchange.Request is SuggestRequest && exchange.Reply is SuggestionReply given)
        {
            Suggestions++;
            var now = (SuggestionReply)_core!.Decide(exchange.Request, exchange.AtMin, entry.Seq);
            _start ??= new CollectionState(_core.State); // with the minutes left of that moment
            if (ItemOf(now) != ItemOf(given))
                _differences.Add(new Difference(entry.Seq, exchange.AtMin, ItemOf(given), ItemOf(now), now.Why));
        }
        if (exchange.Reply is FaultReply)
            return;
        if (exchange.Request is ReportCtfRequest report && _core!.State.Grid.FindItem(report.Item) is { } hole && double.IsNaN(_core.State.MeasuredCtfA(hole.Index)))
            _results.Add(hole.Index);
        _core!.Apply(exchange.Request, exchange.Reply, exchange.AtMin);
    }

    private static int ItemOf(SuggestionReply suggestion) => suggestion.Target?.Item ?? 0;
}
