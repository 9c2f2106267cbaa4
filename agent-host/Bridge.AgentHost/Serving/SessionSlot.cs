using Bridge.Contracts;
using Bridge.Domain.Journal;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>The place of one session name: its mailbox, and the session once it is open. A name can be opened again after it was closed.</summary>
/// <param name="manyLines">A journal of so many lines is put away when the session begins anew; a long alignment has a hundred.</param>
public sealed class SessionSlot(DataFolder folder, int capacity, HostPlanners planners, HostAlignments alignments, TimeProvider time, ILogger logger, long manyLines = SessionSlot.ManyLines)
{
    /// <summary>See the constructor.</summary>
    public const long ManyLines = 10_000;

    /// <summary>A collection of a heap of this size takes some 0.2 s.</summary>
    private const long LargeHeapBytes = 512L << 20;

    /// <summary>Answers of a closed session that are kept for repetitions; a client has at most a handful under way.</summary>
    private const int AnswersAfterClose = 64;

    private readonly SessionMailbox _mailbox = new(capacity, logger);
    private volatile JournalledSession? _session;
    private volatile DamagedJournal? _damage;
    private ReplyCache? _answersOfClosed;
    private string? _notPutAway;
    private int _waiting;
    private long _unwritable;

    /// <summary>False while nothing is open under this name and nothing waits to open it.</summary>
    public bool IsOpen => _session is not null || _damage is not null || Volatile.Read(ref _waiting) > 0;

    /// <summary>Reads the journal of an earlier host. Called before the first <see cref="Post"/>.</summary>
    public void Resume(string id)
    {
        string path = folder.JournalOf(id);
        try
        {
            _damage = null;
            _session = JournalledSession.Resume(path, time, planners, alignments);
            if (_session.TornPath is { } torn)
                logger.DidCutTorn(id, torn);
            logger.DidResume(id, _session.Summary);
            if (_session.IsClosed)
                PutAway(_session);  // the last host went away before it could
            else
                BeginScoring(_session);
        }
        catch (ContractException e) when (e.Code == FaultCode.UnknownSession)
        {
            logger.DidNotOpenInTime(id);
        }
        catch (ContractException e)
        {
            _damage = new DamagedJournal(id, path, e, time);
            logger.CannotResume(e, id);
        }
        catch (Exception e)  // whatever is wrong with one journal, the other sessions go on
        {
            _damage = new DamagedJournal(id, path, new ContractException(FaultCode.JournalCorrupt, $"{path}: the journal cannot be resumed: {e.Message}", e), time);
            logger.CannotResume(e, id);
        }
    }

    /// <exception cref="ContractException">The mailbox is full.</exception>
    public void Post(BridgeMessage message, Action<Reply> answer)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            _mailbox.Post(() =>
            {
                try
                {
                    bool wasOpen = _session is not null;
                    answer(Handle(message));
                    // After the answer: should the host be killed in between, the next one finds the journal and can repeat the answer.
                    if (_session is { IsClosed: true } closed)
                        PutAway(closed);
                    if (message.Type == MessageTypes.ScoreHoles && _session is { IsClosed: false } asking)
                        BeginScoring(asking);
                    // What reading the targets left behind is cleared away here, where the client has just waited anyway: later it stopped
                    // a suggestion for more than 100 ms (20 000 holes). Beside many large sessions it would itself hold all of them up.
                    if (!wasOpen && _session is not null && GC.GetTotalMemory(forceFullCollection: false) < LargeHeapBytes)
                        GC.Collect();
                }
                finally
                {
                    Interlocked.Decrement(ref _waiting);
                }
            });
        }
        catch
        {
            Interlocked.Decrement(ref _waiting);
            throw;
        }
    }

    public async Task StopAsync()
    {
        await _mailbox.CompleteAsync().ConfigureAwait(false);
        _session?.Dispose();
    }

    private Reply Handle(BridgeMessage message)
    {
        try
        {
            if (_damage is { } damage)
            {
                if (!damage.MayBeMended())
                    return FaultReply.From(damage.Why);
                _damage = null;
                if (damage.IsThere)
                    Resume(damage.Session);
                if (_damage is { } still)
                    return FaultReply.From(still.Why);
            }
            // Also while the name is open again: a frame that was late must not close or change the next session.
            if (_answersOfClosed?.Find(message) is { } known)
                return known;
            if (_session is { } full && full.IsBetterOpenedAnew(message, manyLines))
                PutAway(full);
            if (_session is { } session)
            {
                if (message.Type == MessageTypes.ScoreHoles && planners.Classifier.WhyNot is { } whyNot)
                    throw new ContractException(FaultCode.UnreadableFile, whyNot);
                Reply reply = session.Handle(message);
                if (reply is SessionOpenedReply { Resumed: true })
                    logger.DidOpenAgain(session.Id, session.Summary);
                if (session.TakeWarning() is { } warning)
                    logger.PredictionsMislead(session.Id, warning);
                return reply;
            }
            if (!MessageTypes.OpensSession(message.Type))
            {
                return AnswerOfEarlierHost(message)
                    ?? throw new ContractException(FaultCode.UnknownSession, $"no session '{new Fields(message.Type, message.Body).Id("session")}' is open any more; open it anew");
            }
            return Open(message, (SessionRequest)Request.Parse(message));
        }
        catch (ContractException e)
        {
            // The first, the second, the fourth, …: a client that asks on while the disk is full is no flood of lines.
            if (e.Code == FaultCode.JournalUnwritable && long.IsPow2(++_unwritable))
                logger.JournalUnwritable(e.Message, _unwritable);
            return FaultReply.From(e);
        }
        catch (Exception e)  // the top of a request: a bug must not end the session's mailbox
        {
            logger.RequestFailed(e, message.Type, message.RequestId);
            return new FaultReply(FaultCode.Internal, $"{message.Type} failed: {e.Message} The host's log has the details; please report it.");
        }
    }

    /// <summary>A host may be killed after it has put a closed session's journal away, and before its answer has left.</summary>
    private Reply? AnswerOfEarlierHost(BridgeMessage message)
    {
        if (_answersOfClosed is not null || message.Type != MessageTypes.CloseSession || folder.LastClosed(new Fields(message.Type, message.Body).Id("session")) is not { } journal)
            return null;
        _answersOfClosed = new ReplyCache();
        if (JournalReader.Read(journal).LastOrDefault() is { } last)
        {
            JournalledExchange closing = JournalledExchange.From(last);
            _answersOfClosed.Add(closing.Message, closing.Reply);
        }
        return _answersOfClosed.Find(message);
    }

    /// <summary>Gives the classifier what waits for scores.</summary>
    private void BeginScoring(JournalledSession session)
    {
        foreach (ScoringJob job in session.TakeJobs())
        {
            try
            {
                planners.Classifier.Enqueue(job, (message, whyNot) => TakeScores(job, message, whyNot));
            }
            catch (ContractException e)
            {
                logger.CannotScore(e, job.Session);
                session.TakeScores(job, null, e.Message);
            }
        }
    }

    /// <returns>False while the mailbox is full.</returns>
    private bool TakeScores(ScoringJob job, BridgeMessage? scores, string? whyNot)
    {
        try
        {
            _mailbox.Post(() =>
            {
                try
                {
                    _session?.TakeScores(job, scores, whyNot);
                }
                catch (Exception e)  // the top of a request: a bug must not end the session's mailbox
                {
                    logger.CannotScore(e, job.Session);
                }
            });
            return true;
        }
        catch (ContractException)
        {
            return false; // tried again until there is room, or the host stops
        }
    }

    private Reply Open(BridgeMessage message, SessionRequest opening)
    {
        if (_notPutAway is { } before)
            TryMarkClosed(before);
        (JournalledSession session, Reply reply) = JournalledSession.Open(message, opening, folder.JournalOf(opening.Session), time, planners, alignments);
        _session = session;
        logger.DidOpen(session.Id, session.Summary);
        return reply;
    }

    /// <summary>What the session held in memory is given back; only its last answers stay.</summary>
    private void PutAway(JournalledSession session)
    {
        try
        {
            if (session.KeepLearned() is { } file)
                logger.DidKeepLearned(session.Id, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CannotKeepLearned(e, session.Id);
        }
        session.Dispose();
        _answersOfClosed = session.Replies;
        _answersOfClosed.Trim(AnswersAfterClose);
        _session = null;
        TryMarkClosed(session.Id);
    }

    private void TryMarkClosed(string session)
    {
        try
        {
            folder.MarkClosed(session, time.GetUtcNow());
            _notPutAway = null;
            logger.DidClose(session);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _notPutAway = session;
            logger.CannotPutAway(e, session);
        }
    }
}
