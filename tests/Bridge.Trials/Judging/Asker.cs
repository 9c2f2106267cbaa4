using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Trials.Judging;

/// <summary>A client that plays sessions by the contract's own messages and remembers every answer, to be looked up in the journals afterwards.
/// Its requests are repeated until they are answered, as <see cref="BridgeClient"/> does.</summary>
internal sealed class Asker : IDisposable
{
    /// <summary>Longest wait for one answer. It has to outlast a host that is killed, stands still or has no room.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly MeasuredGrid _specimen;
    private readonly BridgeClient _client;
    private readonly List<Exchange> _answered = [];
    private long _exchanges;

    public Asker(string endpoint, MeasuredGrid specimen, string? secretFile = null, TimeSpan? attempt = null)
    {
        _specimen = specimen;
        _client = new BridgeClient(new BridgeClientOptions { Endpoint = endpoint, SecretFile = secretFile, AttemptTimeout = attempt ?? TimeSpan.FromMilliseconds(500), BreakFor = TimeSpan.FromMilliseconds(500) });
    }

    /// <summary>So many requests were answered.</summary>
    public long Exchanges => Interlocked.Read(ref _exchanges);

    /// <summary>Every answer that came from a session; read when nobody plays.</summary>
    public IReadOnlyList<Exchange> Answered => _answered;

    /// <summary>Opens, collects until nothing is left, time is up or <paramref name="over"/> says so, and closes.</summary>
    /// <exception cref="TrialLossException">The host refused something, answered with something else, or not at all.</exception>
    public void Play(string session, string planner, Func<bool> over, bool close = true)
    {
        Open(session, planner);
        double clockMin = 0;
        while (!over() && Suggest(session, ref clockMin) is { } item)
            Report(session, item, clockMin);
        if (close)
            Ask<SessionClosedReply>(new CloseSessionRequest(session));
    }

    public SessionOpenedReply Open(string session, string planner = "rate", double minutes = 480) => Ask<SessionOpenedReply>(new OpenSessionRequest(session)
    {
        Targets = [.. _specimen.Grid.ToTargets()],
        Planner = planner,
        MinutesLeft = minutes,
        ClockMin = 0,
    });

    /// <returns>The item, or null if the session is at its end.</returns>
    public int? Suggest(string session, ref double clockMin)
    {
        SuggestionReply suggestion = Ask<SuggestionReply>(new SuggestRequest(session) { ClockMin = clockMin });
        clockMin += suggestion.ExpectedMinutes;
        return suggestion.Target?.Item;
    }

    public void Report(string session, int item, double clockMin)
        => Ask<AckReply>(new ReportCtfRequest(session, item, _specimen.CtfA[_specimen.Grid.FindItem(item)!.Index]) { ClockMin = clockMin });

    /// <summary>Asks without expecting anything of the answer.</summary>
    /// <exception cref="TrialLossException">There was none.</exception>
    public Reply AskAnything(SessionRequest request)
    {
        PendingRequest pending = _client.Submit(request);
        Reply reply = pending.Wait(Limit) ?? throw new TrialLossException($"{request.Type} was not answered within {Limit.TotalSeconds:0} s");
        if (reply is not FaultReply)
            _answered.Add(Exchange.Of(request.ToMessage(pending.RequestId), reply));
        Interlocked.Increment(ref _exchanges);
        return reply;
    }

    /// <exception cref="TrialLossException">The answer is of another kind: a fault, or one to another request.</exception>
    public T Ask<T>(SessionRequest request)
        where T : Reply => AskAnything(request) switch
    {
        T reply => reply,
        FaultReply fault => throw new TrialLossException($"{request.Type} was refused: {fault.Code} {fault.Message}"),
        { } other => throw new TrialLossException($"{request.Type} was answered with {other.Type}"),
    };

    public void Dispose() => _client.Dispose();
}
