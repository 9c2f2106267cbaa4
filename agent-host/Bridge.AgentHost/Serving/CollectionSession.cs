using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// One session with its journal. Every exchange is on disk before its answer is given away, and one request id never acts twice. Used by
/// one thread at a time: the session's mailbox.
/// </summary>
public sealed class CollectionSession : IDisposable
{
    private readonly SessionCore _core;
    private readonly SessionClock _clock;
    private readonly SessionJournal _journal;
    private readonly ReplyCache _replies = new();

    private CollectionSession(SessionCore core, SessionClock clock, SessionJournal journal)
    {
        (_core, _clock, _journal) = (core, clock, journal);
    }

    public string Id => _core.Opening.Session;

    /// <summary>One line for the log.</summary>
    public string Summary => $"{_core.State.Grid.Holes.Count} targets, {_core.State.Unvisited} not visited, planner {_core.PlannerName}";

    /// <summary>True after <c>close_session</c>: only requests that were answered before are answered again.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Opens a new session and journals its opening, the targets included, because the file may change later.</summary>
    /// <exception cref="ContractException">Nothing to collect, an unknown planner, or a journal that cannot be written.</exception>
    public static (CollectionSession Session, Reply Reply) Open(BridgeMessage message, OpenSessionRequest request, string journalPath, TimeProvider time)
    {
        (Grid grid, IReadOnlyList<string> warnings) = GridSource.Read(request);
        var core = new SessionCore(request, grid);
        var clock = new SessionClock(clientKeepsTime: request.ClockMin is not null, time);
        SessionJournal journal = SessionJournal.Create(journalPath, time);
        var session = new CollectionSession(core, clock, journal);
        try
        {
            double atMin = clock.Read(request.ClockMin);
            Reply reply = (SessionOpenedReply)core.Decide(request, atMin, seq: 1) with { Warnings = warnings };
            journal.Append(message.Type, JournalledExchange.ToPayload(message, reply, atMin, request.Path is null ? null : grid));
            session.Keep(message, request, reply, atMin);
            return (session, reply);
        }
        catch
        {
            session.Dispose();
            File.Delete(journalPath);  // nothing was answered from it
            throw;
        }
    }

    /// <summary>Goes on with a session from its journal.</summary>
    /// <exception cref="ContractException">The journal is damaged or does not begin with an opening.</exception>
    public static CollectionSession Resume(string journalPath, TimeProvider time)
    {
        SessionJournal journal = SessionJournal.Open(journalPath, time);
        try
        {
            CollectionSession? session = null;
            foreach (JournalEntry entry in JournalReader.Read(journalPath))
            {
                JournalledExchange exchange = JournalledExchange.From(entry);
                if (session is null)
                {
                    OpenSessionRequest opening = exchange.Request as OpenSessionRequest
                        ?? throw new ContractException(FaultCode.JournalCorrupt, $"{journalPath} line 1: a journal begins with {MessageTypes.OpenSession}, this one with {entry.Event}");
                    Grid grid = GridBuilder.FromTargets(exchange.Targets);
                    session = new CollectionSession(new SessionCore(opening, grid), new SessionClock(opening.ClockMin is not null, time), journal);
                    // The journal leaves the list of places out of the answer; it follows from the targets.
                    var opened = (SessionOpenedReply)session._core.Decide(opening, exchange.AtMin, seq: 1);
                    exchange = exchange with { Reply = opened with { Warnings = ((SessionOpenedReply)exchange.Reply).Warnings } };
                }
                session.Keep(exchange.Message, exchange.Request, exchange.Reply, exchange.AtMin);
            }
            return session ?? throw new ContractException(FaultCode.JournalCorrupt, $"{journalPath} is empty; move it away to go on");
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>True if a request of this id was answered here.</summary>
    public bool HasAnswered(string requestId) => _replies.Contains(requestId);

    /// <summary>Carries one request out. Never throws a <see cref="ContractException"/>: the answer is then a fault.</summary>
    public Reply Handle(BridgeMessage message)
    {
        try
        {
            UInt128 fingerprint = ReplyCache.FingerprintOf(message.Type, message.Body);
            if (_replies.Find(message.RequestId, fingerprint) is { } known)
                return known;
            var request = (SessionRequest)Request.Parse(message);
            if (IsClosed)
                throw new ContractException(FaultCode.UnknownSession, $"session '{Id}' is closed; open it anew");
            double atMin = _clock.Read(request.ClockMin);
            Reply reply = Answer(request, atMin);
            _journal.Append(message.Type, JournalledExchange.ToPayload(message, reply, atMin));
            Keep(message, request, reply, atMin);
            return reply;
        }
        catch (ContractException e)
        {
            return FaultReply.From(e);
        }
    }

    public void Dispose() => _journal.Dispose();

    private Reply Answer(SessionRequest request, double atMin)
    {
        try
        {
            if (request is OpenSessionRequest again)
                CheckSameSession(again);
            return _core.Decide(request, atMin, _journal.NextSeq);
        }
        catch (ContractException e)
        {
            return FaultReply.From(e);  // refused, but told: it belongs into the journal
        }
    }

    private void Keep(BridgeMessage message, SessionRequest request, Reply reply, double atMin)
    {
        _clock.Advance(atMin);
        if (reply is not FaultReply)
            _core.Apply(request, reply, atMin);
        IsClosed |= reply is SessionClosedReply;
        _replies.Add(message.RequestId, ReplyCache.FingerprintOf(message.Type, message.Body), reply);
    }

    private void CheckSameSession(OpenSessionRequest again)
    {
        OpenSessionRequest first = _core.Opening;
        bool same = again.Path == first.Path && again.Planner == first.Planner && again.Seed == first.Seed && again.Minutes == first.Minutes
            && again.Targets.Select(target => (target.Item, target.Id, target.Stage)).SequenceEqual(first.Targets.Select(target => (target.Item, target.Id, target.Stage)));
        if (!same)
            throw new ContractException(FaultCode.SessionExists, $"session '{Id}' is open already, with other targets or settings; close it first, or choose another name");
    }
}
