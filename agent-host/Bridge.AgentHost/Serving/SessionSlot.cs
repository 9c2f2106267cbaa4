using Bridge.Contracts;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>The place of one session name: its mailbox, and the session once it is open. A name can be opened again after it was closed.</summary>
public sealed class SessionSlot(DataFolder folder, int capacity, HostPlanners planners, TimeProvider time, ILogger logger)
{
    private readonly SessionMailbox _mailbox = new(capacity);
    private volatile CollectionSession? _session;
    private volatile ContractException? _damage;
    private int _waiting;

    /// <summary>False while nothing is open under this name and nothing waits to open it.</summary>
    public bool IsOpen => _session is { IsClosed: false } || _damage is not null || Volatile.Read(ref _waiting) > 0;

    /// <summary>Reads the journal of an earlier host. Called before the first <see cref="Post"/>.</summary>
    public void Resume(string id)
    {
        try
        {
            _session = CollectionSession.Resume(folder.JournalOf(id), time, planners);
            logger.DidResume(id, _session.Summary);
            if (_session.IsClosed)
                PutAway(_session);  // the last host went away before it could
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
            bool nothingOpen = _session is null || (_session.IsClosed && !_session.HasAnswered(message.RequestId));
            if (nothingOpen && Request.Parse(message) is OpenSessionRequest opening)
                return Open(message, opening);
            if (_session is not { } session)
                throw new ContractException(FaultCode.UnknownSession, $"no session is open; send {MessageTypes.OpenSession} first");
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

    private Reply Open(BridgeMessage message, OpenSessionRequest opening)
    {
        (CollectionSession session, Reply reply) = CollectionSession.Open(message, opening, folder.JournalOf(opening.Session), time, planners);
        _session = session;
        logger.DidOpen(session.Id, session.Summary);
        return reply;
    }

    private void PutAway(CollectionSession session)
    {
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
