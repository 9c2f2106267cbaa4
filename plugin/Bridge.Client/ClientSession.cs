using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>
/// The calls of one session for a caller who must not wait: each returns within the deadline, with an answer or with null for "pending".
/// Should the host stay away, the next target is the nearest one that nobody visited, and the answer says so.
/// Used by one thread at a time.
/// </summary>
public sealed class ClientSession : IDisposable
{
    private readonly BridgeClient _client;
    private readonly BridgeClientOptions _options;
    private readonly FallbackOrder _order = new();
    private readonly Lock _gate = new();
    private PendingRequest? _open;
    private PendingRequest? _suggest;

    public ClientSession(BridgeClient client, BridgeClientOptions options, string session)
    {
        (_client, _options, Session) = (client, options, session);
        _client.AnsweredLate += OnAnsweredLate;
    }

    public string Session { get; }

    /// <summary>Minutes on the caller's own clock, sent with every request; null leaves time to the host.</summary>
    public double? ClockMin { get; set; }

    /// <summary>Opens the session and waits for it, at most so long, or picks up the answer to the opening asked for before. The one call that
    /// has to succeed before the others make sense.</summary>
    /// <returns>The answer, or null for pending.</returns>
    public Reply? Open(OpenSessionRequest request, TimeSpan limit)
    {
        _open ??= _client.Submit(Stamp(request));
        Reply? reply = _open.Wait(limit);
        if (reply is not null)
            _open = null;
        if (reply is SessionOpenedReply opened)
        {
            lock (_gate)
                _order.Reset(opened.Places);
        }
        return reply;
    }

    /// <summary>Tells the host something. It goes out in the order of the calls and is repeated until the host has it, so there is no need
    /// to wait for the answer.</summary>
    /// <returns>The answer, or null if it is pending: it will be kept all the same, and <see cref="BridgeClient.AnsweredLate"/> tells.</returns>
    public Reply? Tell(SessionRequest request, TimeSpan? deadline = null)
    {
        Note(request);
        PendingRequest pending = _client.Submit(Stamp(request));
        return pending.Wait(deadline ?? _options.Deadline) ?? pending.Abandon();
    }

    /// <summary>Asks for the next target, or picks up the answer to the question asked before.</summary>
    /// <returns>A suggestion, a fault, or null for pending.</returns>
    public Reply? SuggestNext(TimeSpan? deadline = null)
    {
        TimeSpan wait = deadline ?? _options.Deadline;
        _suggest ??= _client.Submit(Stamp(new SuggestRequest(Session)));
        Reply? reply = _suggest.Wait(wait);
        if (reply is null && (_client.IsHostAway || _client.AgeOf(_suggest) >= _options.FallbackAfter))
            reply = _suggest.Abandon() ?? FallBack();
        if (reply is null)
            return null;
        _suggest = null;
        if (reply is SuggestionReply { Target: { } target })
        {
            lock (_gate)
                _order.Visit(target.Item);
        }
        return reply;
    }

    public void Dispose() => _client.AnsweredLate -= OnAnsweredLate;

    private SuggestionReply FallBack()
    {
        (int Item, StageUm Stage)? nearest;
        lock (_gate)
            nearest = _order.Nearest();
        if (nearest is not { } place)
            return new SuggestionReply(SuggestionKind.Stop, "the agent host does not answer, and no unvisited target is known") { Fallback = true };
        // The host hears of it as soon as it is back.
        _client.Submit(Stamp(new ReportVisitRequest(Session, place.Item)));
        return new SuggestionReply(SuggestionKind.Target, "the agent host does not answer: nearest unvisited target")
        {
            Target = new Target { Item = place.Item, Id = place.Item.ToString(System.Globalization.CultureInfo.InvariantCulture), Stage = place.Stage },
            Fallback = true,
        };
    }

    /// <summary>The host answered after the caller had gone elsewhere: its target is free again, for both sides.</summary>
    private void OnAnsweredLate(PendingRequest pending, Reply reply)
    {
        if (pending.Request is not SuggestRequest suggest || suggest.Session != Session || reply is not SuggestionReply { Target: { } target })
            return;
        bool unvisited;
        lock (_gate)
            unvisited = _order.IsUnvisited(target.Item);
        if (unvisited)
            _client.Submit(Stamp(new ReportSkippedRequest(Session, target.Item, SkipReason.Later)));
    }

    private void Note(SessionRequest request)
    {
        lock (_gate)
        {
            switch (request)
            {
                case UpdateStageRequest update:
                    _order.StandAt(update.Stage);
                    break;
                case ReportVisitRequest visit:
                    _order.Visit(visit.Item);
                    break;
                case ReportCtfRequest report:
                    _order.Remove(report.Item);
                    break;
                case ReportSkippedRequest { Reason: SkipReason.Later } later:
                    _order.PutBack(later.Item);
                    break;
                case ReportSkippedRequest skipped:
                    _order.Remove(skipped.Item);
                    break;
            }
        }
    }

    private T Stamp<T>(T request)
        where T : SessionRequest => request with { ClockMin = request.ClockMin ?? ClockMin };
}
