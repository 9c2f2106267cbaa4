using System.Diagnostics;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Benchmarks.Measuring;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.EndToEnd;

/// <summary>
/// Sessions of one grid, one after the other, as a microscope's script plays them: suggest, go, report. Time passes on the script's clock,
/// so that the last minutes of a session, where the planner looks ahead move by move, are in the figures too.
/// </summary>
internal sealed class SuggestRun(MeasuredGrid truth, double sessionMinutes)
{
    /// <summary>Longest wait for one answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(60);

    private int _skip;

    /// <summary>A question that reaches no session: the client's thread, two sockets and the host's threads.</summary>
    public Latency Hello { get; } = new();

    public Latency OpenByMessage { get; } = new();

    public Latency OpenByFile { get; } = new();

    public Latency Suggest { get; } = new();

    /// <summary>The first suggestion of each session, warm-up or not: of a fresh host the slowest, because its code is not compiled yet.</summary>
    public Latency First { get; } = new();

    public Latency Report { get; } = new();

    /// <summary><see cref="IPlanner.Next"/> alone, in this process, over the same sessions.</summary>
    public Latency Planner { get; } = new();

    /// <summary>The disk alone, in the same folder.</summary>
    public Latency Flush { get; } = new();

    public static SuggestRun Of(int holes, double sessionMinutes) => new(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed: 0)), sessionMinutes);

    /// <param name="host">The host, with nothing open.</param>
    /// <param name="count">Suggestions to measure.</param>
    /// <param name="warmUp">Calls of each kind before, which are not counted.</param>
    /// <exception cref="ContractException">The host refused something.</exception>
    /// <exception cref="TimeoutException">It did not answer, or the client fell back to its own order.</exception>
    public void Measure(HostUnderLoad host, int count, int warmUp)
    {
        string navigator = Path.Combine(host.Folder, "grid.nav");
        NavigatorWriter.Write(navigator, truth.Grid);
        var options = new BridgeClientOptions { Endpoint = host.Endpoint, SecretFile = Installation.SecretFileIn(host.Folder) };
        using var client = new BridgeClient(options);
        using var flush = new DiskFlush(host.Folder);
        _skip = warmUp;
        for (int session = 0; Suggest.Count < count; session++)
        {
            using var calls = new ClientSession(client, options, $"bench-{truth.Grid.Holes.Count}-{session}") { ClockMin = 0 };
            Open(calls, navigator: session % 2 == 0 ? null : navigator);
            Collect(calls, client, flush, count);
            Timed(new Latency(), () => calls.Tell(new CloseSessionRequest(calls.Session), Limit));
        }
    }

    private void Open(ClientSession session, string? navigator)
    {
        var opening = new OpenSessionRequest(session.Session) { Path = navigator, MinutesLeft = sessionMinutes };
        if (navigator is null)
            opening = opening with { Targets = [.. truth.Grid.ToTargets()] };
        Timed(navigator is null ? OpenByMessage : OpenByFile, () => session.Open(opening, OpenLimit));
    }

    /// <summary>The parts are measured beside the whole, call by call, so that noise hits all alike.</summary>
    private void Collect(ClientSession session, BridgeClient client, DiskFlush flush, int count)
    {
        var planner = new PlannedSession(truth, Planners.Default, sessionMinutes);
        int suggested = 0;
        while (Suggest.Count < count)
        {
            bool counted = _skip-- <= 0;
            var suggestion = (SuggestionReply)Timed(suggested == 0 ? First : counted ? Suggest : new Latency(), () => session.SuggestNext(Limit));
            if (suggestion.Fallback)
                throw new TimeoutException("the host did not answer in time: the client chose the hole itself");
            if (suggestion.Target is not { } target)
                break;
            session.ClockMin += suggestion.ExpectedMinutes;
            double ctfA = truth.CtfA[truth.Grid.FindItem(target.Item)!.Index];
            Timed(counted ? Report : new Latency(), () => session.Tell(new ReportCtfRequest(session.Session, target.Item, ctfA), Limit));
            Timed(counted ? Hello : new Latency(), () => client.Ask(new HelloRequest("benchmark"), Limit));
            flush.Append(counted ? Flush : new Latency());
            Plan(planner, counted ? Planner : new Latency());
            suggested++;
        }
        if (suggested == 0)
            throw new InvalidOperationException($"the host suggested nothing in a session of {sessionMinutes} min");
    }

    private static void Plan(PlannedSession session, Latency latency)
    {
        long start = Stopwatch.GetTimestamp();
        PlanResult result = session.Next();
        latency.AddSince(start);
        if (result is not PlanResult.Planned planned)
            return;
        session.State.MinutesLeft -= planned.ExpectedMinutes;
        session.Arrive(planned.Hole);
    }

    private static Reply Timed(Latency latency, Func<Reply?> call)
    {
        long start = Stopwatch.GetTimestamp();
        Reply? reply = call();
        latency.AddSince(start);
        return reply switch
        {
            null => throw new TimeoutException("the host did not answer in time"),
            FaultReply fault => throw new ContractException(fault.Code, fault.Message),
            _ => reply,
        };
    }
}
