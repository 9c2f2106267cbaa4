using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// One session with its journal. Every exchange is on disk before its answer is given away, and one request id never acts twice. Used by
/// one thread at a time: the session's mailbox.
/// </summary>
public sealed class JournalledSession : IDisposable
{
    private readonly SessionMemory _memory;
    private readonly SessionJournal _journal;
    private readonly SessionScoring _scoring;

    private JournalledSession(SessionMemory memory, SessionJournal journal, SessionScoring scoring)
    {
        (_memory, _journal, _scoring) = (memory, journal, scoring);
    }

    public string Id => _memory.Core.Session;

    /// <summary>One line for the log.</summary>
    public string Summary => _memory.Core.Summary;

    /// <summary>True after <c>close_session</c>: only requests that were answered before are answered again.</summary>
    public bool IsClosed => _memory.IsClosed;

    /// <summary>Opens a new session and journals its opening, the targets included, because the file may change later.</summary>
    /// <exception cref="ContractException">The request opens nothing or nothing to collect, an unknown planner or policy, or a journal that cannot be written.</exception>
    public static (JournalledSession Session, Reply Reply) Open(BridgeMessage message, SessionRequest request, string journalPath, TimeProvider time, HostPlanners? planners = null, HostAlignments? alignments = null)
    {
        (Grid? grid, IReadOnlyList<string> warnings) = request is OpenSessionRequest collection ? GridSource.Read(collection) : (null, []);
        (MoveMinutes? kept, string? minutesWarning) = request is OpenSessionRequest { Minutes: null } ? (planners ?? HostPlanners.WithoutModels).Minutes.Read(time) : (null, null);
        var memory = new SessionMemory(
            request is OpenSessionRequest timed ? EndTime.Resolved(timed, time) : request,
            grid,
            planners ?? HostPlanners.WithoutModels,
            (request as OpenSessionRequest)?.Planner,
            alignments ?? HostAlignments.WithoutFiles,
            time,
            kept?.ToString());
        double atMin = memory.MinuteOf(request);
        Reply reply = memory.Core.Decide(request, atMin, seq: 1);
        if (reply is SessionOpenedReply opened)
            reply = opened with { Warnings = [.. warnings, .. new[] { memory.PlannerWarning, minutesWarning }.OfType<string>()] };
        SessionJournal journal = SessionJournal.Create(journalPath, time);
        try
        {
            journal.Append(message.Type, JournalledExchange.ToPayload(message, reply, atMin, request is OpenSessionRequest { Path: not null } ? grid : null));
        }
        catch
        {
            journal.Dispose();
            File.Delete(journalPath);  // nothing was answered from it
            throw;
        }
        memory.Keep(new JournalledExchange(message, request, reply, atMin, []));
        memory.Core.WarmUp();
        return (new JournalledSession(memory, journal, new SessionScoring(journalPath, time)), reply);
    }

    /// <summary>Goes on with a session from its journal.</summary>
    /// <exception cref="ContractException">The journal is damaged or does not begin with an opening; or, as <see cref="FaultCode.UnknownSession"/>, it has no
    /// whole line: then a host went away in the middle of an opening, which nobody was told of. Half a line is put aside, the empty journal is deleted, and
    /// the client's repetition opens the session.</exception>
    public static JournalledSession Resume(string journalPath, TimeProvider time, HostPlanners? planners = null, HostAlignments? alignments = null)
    {
        SessionMemory? memory = null;
        var scoring = new SessionScoring(journalPath, time);
        SessionJournal journal = SessionJournal.Open(
            journalPath,
            entry =>
            {
                JournalledExchange exchange = JournalledExchange.From(entry);
                if (memory is null)
                    memory = SessionMemory.From(exchange, planners ?? HostPlanners.WithoutModels, alignments ?? HostAlignments.WithoutFiles, time);
                else
                    memory.Keep(exchange);
                scoring.Remember(exchange, entry.Seq, (memory.Core as CollectionCore)?.State.Grid);
            },
            time);
        if (memory is not null)
        {
            memory.Core.WarmUp();
            scoring.ForgetDone((memory.Core as CollectionCore)?.Scoring);
            (memory.Core as CollectionCore)?.TakeWarning(); // an earlier host has said it
            return new JournalledSession(memory, journal, scoring);
        }
        journal.Dispose();
        File.Delete(journalPath);
        throw new ContractException(FaultCode.UnknownSession, $"{journalPath} had no whole line: a host ended in the middle of opening the session; open it again");
    }

    /// <summary>Where half a line was put aside that a crash had left at the journal's end; null if there was none.</summary>
    public string? TornPath => _journal.TornPath;

    /// <summary>Answers given, for repetitions that come after the session's end.</summary>
    public ReplyCache Replies => _memory.Replies;

    /// <summary>True if a request of this id was answered here.</summary>
    public bool HasAnswered(string requestId) => _memory.HasAnswered(requestId);

    /// <summary>True if the request begins anew and the journal is so long that a new one is better.</summary>
    /// <param name="manyLines">Lines from which on it is.</param>
    public bool IsBetterOpenedAnew(BridgeMessage message, long manyLines)
        => _journal.LastSeq >= manyLines && !HasAnswered(message.RequestId) && MessageTypes.OpensSession(message.Type) && _memory.Core.BeginsAnew(Request.Parse(message));

    /// <summary>Carries one request out, once. A picture of the beam is journalled as the position found in it.</summary>
    /// <exception cref="ContractException">It cannot be read, or the journal cannot be written: nothing was done.</exception>
    public Reply Handle(BridgeMessage message)
    {
        message = BeamPictures.Located(message);
        if (_memory.FindReply(message) is { } known)
            return known;
        var request = (SessionRequest)Request.Parse(message);
        if (IsClosed)
            throw new ContractException(FaultCode.UnknownSession, $"session '{Id}' is closed; open it anew");
        if (request is ReportPredictionsRequest told)
            request = GridSource.Resolved(told);
        if (request is ScoreHolesRequest score)
            return Score(message, _memory.Core is CollectionCore collection ? SessionScoring.Resolved(score, collection.State.Grid) : score);
        double atMin = _memory.MinuteOf(request);
        Reply reply = Decide(request, atMin);
        _journal.Append(message.Type, JournalledExchange.ToPayload(message, reply, atMin, read: request as ReportPredictionsRequest));
        var exchange = new JournalledExchange(message, request, reply, atMin, []);
        _memory.Keep(exchange);
        _scoring.Remember(exchange, _journal.LastSeq, grid: null);
        return reply;
    }

    /// <summary>What somebody should know of the session's predictions, once; else null.</summary>
    public string? TakeWarning() => (_memory.Core as CollectionCore)?.TakeWarning();

    /// <summary>Holes that wait for their scores and that nobody took yet.</summary>
    public IReadOnlyList<ScoringJob> TakeJobs() => _scoring.Take();

    /// <summary>Takes scores in, as predictions. Scores that it asked for in another life, or has already, change nothing.</summary>
    /// <param name="whyNot">Why there are none; null if there are.</param>
    /// <exception cref="ContractException">The journal cannot be written: nothing was done.</exception>
    public void TakeScores(ScoringJob job, BridgeMessage? message, string? whyNot)
    {
        if (IsClosed || !_scoring.Knows(job))
            return;
        if (whyNot is not null && _memory.Core is CollectionCore collection)
            collection.Scoring.WhyNot = whyNot;
        if (message is not null && !_scoring.HasTold(message.RequestId))
            Handle(message);
    }

    /// <summary>Writes what outlives the session.</summary>
    /// <returns>The file, or null if there is nothing to keep.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string? KeepLearned() => _memory.Core.KeepLearned();

    public void Dispose()
    {
        _journal.Dispose();
        (_memory.Core as IDisposable)?.Dispose();
    }

    /// <summary>Keeps the crops beside the journal, then the request in it.</summary>
    private Reply Score(BridgeMessage message, ScoreHolesRequest request)
    {
        Agents.Classifier.CropStack? crops = request.Path is null ? HoleCrops.Read(message, request) : null;
        double atMin = _memory.MinuteOf(request);
        Reply reply = Decide(request, atMin);
        string? file = reply is FaultReply ? null : _scoring.Keep(Id, crops);
        _journal.Append(message.Type, JournalledExchange.ToPayload(message, reply, atMin, score: request, crops: file));
        var exchange = new JournalledExchange(message, request, reply, atMin, []) { Crops = file };
        _memory.Keep(exchange);
        _scoring.Remember(exchange, _journal.LastSeq, (_memory.Core as CollectionCore)?.State.Grid);
        return reply;
    }

    private Reply Decide(SessionRequest request, double atMin)
    {
        try
        {
            return _memory.Core.Decide(request, atMin, _journal.LastSeq + 1);
        }
        catch (ContractException e)
        {
            return FaultReply.From(e);  // refused, but told: it belongs into the journal
        }
    }
}
