using System.Globalization;
using System.Runtime.CompilerServices;
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
    private FallbackOrder _order = new([]);
    private readonly Lock _gate = new();  // the client's thread comes in with late answers
    private OpenSessionRequest? _openRequest;
    private PendingRequest? _open;
    private StrongBox<FallbackOrder?> _opened = new();
    private PendingRequest? _suggest;
    private int _putBack;             // how many targets were put back so far
    private int _putBackBefore;       // and how many before the suggestion was asked for

    public ClientSession(BridgeClient client, BridgeClientOptions options, string session)
    {
        (_client, _options, Session) = (client, options, session);
        _client.AnsweredLate += OnAnsweredLate;
    }

    public string Session { get; }

    /// <summary>Minutes on the caller's own clock, sent with every request; null leaves time to the host.</summary>
    public double? ClockMin
    {
        get
        {
            lock (_gate)
                return field;
        }
        set
        {
            lock (_gate)
                field = value;
        }
    }

    /// <summary>Opens the session and waits for it, at most so long; the same request again picks up the answer. The one call that has to
    /// succeed before the others make sense.</summary>
    /// <returns>The answer, or null for pending.</returns>
    public Reply? Open(OpenSessionRequest request, TimeSpan limit)
    {
        if (_open is null || request != _openRequest)
        {
            if (_open is not null)
                _client.Withdraw(_open);
            // Made on the client's thread: with 200 000 places it takes longer than a caller may wait beyond its limit.
            var order = new StrongBox<FallbackOrder?>();
            (_openRequest, _opened) = (request, order);
            _open = _client.Submit(Stamp(request), reply => order.Value = reply is SessionOpenedReply opened ? new FallbackOrder(opened.Places) : null);
        }
        Reply? reply = _open.Wait(limit);
        if (reply is null)
            return null;
        (_openRequest, _open) = (null, null);
        if (_opened.Value is { } made)
        {
            lock (_gate)
            {
                made.StandAt(_order.Here);
                _order = made;
            }
        }
        return reply;
    }

    /// <summary>Tells the host something. It goes out in the order of the calls and is repeated until the host has it, so there is no need
    /// to wait for the answer.</summary>
    /// <returns>The answer, or null if it is pending: it will be kept all the same.</returns>
    public Reply? Tell(SessionRequest request, TimeSpan? deadline = null)
    {
        Note(request);
        return _client.Ask(Stamp(request), deadline);
    }

    /// <summary>Asks for the next target, or picks up the answer to the question asked before.</summary>
    /// <returns>A <see cref="SuggestionReply"/>, a <see cref="FaultReply"/>, or null for pending.</returns>
    public Reply? SuggestNext(TimeSpan? deadline = null)
    {
        if (_suggest is null)
        {
            _putBackBefore = Volatile.Read(ref _putBack);
            _suggest = _client.Submit(Stamp(new SuggestRequest(Session)));
        }
        Reply? reply = _suggest.Wait(deadline ?? _options.Deadline);
        if (reply is null && (_client.IsHostAway || _client.AgeOf(_suggest) >= _options.FallbackAfter))
            reply = _client.Withdraw(_suggest) ?? FallBack();
        if (reply is null)
            return null;
        _suggest = null;
        if (reply is not (SuggestionReply or FaultReply))
            return new FaultReply(FaultCode.BadFrame, $"the host answered '{MessageTypes.Suggest}' with '{reply.Type}'; is it of another version?");
        if (reply is SuggestionReply { Target: { } target } suggestion)
        {
            lock (_gate)
            {
                if (suggestion is { Fallback: false, Kind: SuggestionKind.Target } && _order.IsUsed(target.Item))
                    return null;  // the caller went there by itself while the answer was pending: the next call asks anew
                if (suggestion.Kind == SuggestionKind.Survey)
                    _order.StandAt(target.Stage);
                else
                    _order.Visit(target.Item, target.Stage);
                foreach (Target other in suggestion.Others)
                    _order.Remove(other.Item);
            }
        }
        else if (reply is SuggestionReply { Fallback: false } && _putBackBefore != Volatile.Read(ref _putBack))
        {
            return null;  // the host did not know yet of a target that is free again: the next call asks anew
        }
        return reply;
    }

    /// <summary>Leaves the session open at the host. A target that was asked for and not picked up is put back.</summary>
    public void Dispose()
    {
        if (_suggest is { } suggest && _client.Withdraw(suggest) is { } reply)
            OnAnsweredLate(suggest, reply);
        _suggest = null;
        _client.AnsweredLate -= OnAnsweredLate;
    }

    private Reply FallBack()
    {
        // One step under the gate: else a late answer that names the same place could come between choice and report.
        lock (_gate)
        {
            if (_order.Nearest() is not { } place)
                return new SuggestionReply(SuggestionKind.Stop, "the agent host does not answer, and no unvisited target is known") { Fallback = true };
            // The host hears of it as soon as it is back. If the outbox does not take it, the place would be suggested twice.
            if (_client.Submit(Stamp(new ReportVisitRequest(Session, place.Item))).Abandon() is FaultReply refused)
                return refused;
            _order.Visit(place.Item);
            return new SuggestionReply(SuggestionKind.Target, "the agent host does not answer: nearest unvisited target")
            {
                Target = new Target { Item = place.Item, Id = place.Item.ToString(CultureInfo.InvariantCulture), Stage = place.Stage },
                Fallback = true,
            };
        }
    }

    /// <summary>The host answered after the caller had gone elsewhere: its target is free again, for both sides.</summary>
    private void OnAnsweredLate(PendingRequest pending, Reply reply)
    {
        if (pending.Request is not SuggestRequest suggest || suggest.Session != Session || reply is not SuggestionReply { Target: { } target })
            return;
        lock (_gate)
        {
            if (_order.IsUsed(target.Item))
                return;
            _putBack++;
            _client.Submit(Stamp(new ReportSkippedRequest(Session, target.Item, SkipReason.Later)));
        }
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
