using Bridge.Contracts;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>The place of one session name: its mailbox, and the session once it is open. A name can be opened again after it was closed.</summary>
/// <param name="manyLines">A journal of so many lines is put away when the session begins anew; a long alignment has a hundred.</param>
public sealed class SessionSlot(DataFolder folder, int capacity, HostPlanners planners, HostAlignments alignments, TimeProvider time, ILogger logger, long manyLines = SessionSlot.ManyLines)
{
    /// <summary>See the constructor.</summary>
    public const long ManyLines = 10_000;

    private readonly SessionMailbox _mailbox = new(capacity);
    private volatile JournalledSession? _session;
    private volatile ContractException? _damage;
    private int _waiting;

    /// <summary>False while nothing is open under this name and nothing waits to open it.</summary>
    public bool IsOpen => _session is { IsClosed: false } || _damage is not null || Volatile.Read(ref _waiting) > 0;

    /// <summary>Reads the journal of an earlier host. Called before the first <see cref="Post"/>.</summary>
    public void Resume(string id)
    {
        try
        {
            _session = JournalledSession.Resume(folder.JournalOf(id), time, planners, alignments);
            logger.DidResume(id, _session.Summary);
            if (_session.IsClosed)
                PutAway(_session);  // the last host went away before it could
            else
                BeginScoring(_session);
        }
        catch (ContractException e)
        {
            _damage = e;
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
                    bool wasOpen = _session is { IsClosed: false };
                    answer(Handle(message));
                    // After the answer: should the host be killed in between, the next one finds the journal and can repeat the answer.
                    if (wasOpen && _session is { IsClosed: true } closed)
                        PutAway(closed);
                    if (message.Type == MessageTypes.ScoreHoles && _session is { IsClosed: false } asking)
                        BeginScoring(asking);
                    // What reading the targets left behind is cleared away here, where the client has just waited anyway: later it stopped
                    // a suggestion for more than 100 ms (20 000 holes).
                    if (!wasOpen && _session is { IsClosed: false })
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
                return FaultReply.From(damage);
            if (_session is { IsClosed: false } full && full.IsBetterOpenedAnew(message, manyLines))
            {
                PutAway(full);
                _session = null;
            }
            bool nothingOpen = _session is null || (_session.IsClosed && !_session.HasAnswered(message.RequestId));
            if (nothingOpen && MessageTypes.OpensSession(message.Type))
                return Open(message, (SessionRequest)Request.Parse(message));
            if (_session is not { } session)
                throw new ContractException(FaultCode.UnknownSession, "no session of this name is open any more; open it anew");
            if (message.Type == MessageTypes.ScoreHoles && planners.Classifier.WhyNot is { } whyNot)
                throw new ContractException(FaultCode.UnreadableFile, whyNot);
            return session.Handle(message);
        }
        catch (ContractException e)
        {
            return FaultReply.From(e);
        }
        catch (Exception e)  // the top of a request: a bug must not end the session's mailbox
        {
            logger.RequestFailed(e, message.Type, message.RequestId);
            return new FaultReply(FaultCode.Internal, $"{message.Type} failed: {e.Message} The host's log has the details; please report it.");
        }
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
        (JournalledSession session, Reply reply) = JournalledSession.Open(message, opening, folder.JournalOf(opening.Session), time, planners, alignments);
        _session = session;
        logger.DidOpen(session.Id, session.Summary);
        return reply;
    }

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
        try
        {
            folder.MarkClosed(session.Id, time.GetUtcNow());
            logger.DidClose(session.Id);
        }
        catch (IOException e)
        {
            logger.CannotPutAway(e, session.Id);
        }
    }
}
