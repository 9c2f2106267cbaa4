using System.Threading.Channels;
using Bridge.Contracts;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// Carries out one session's requests one after the other, in the order in which they came. Bounded: a full mailbox refuses. After each request the other sessions have their
/// turn: a client that floods one session must not keep the threads from the others until its mailbox is empty.
/// </summary>
public sealed class SessionMailbox
{
    private readonly Channel<Action> _work;
    private readonly Task _reader;
    private readonly ILogger _logger;

    public SessionMailbox(int capacity, ILogger logger)
    {
        _logger = logger;
        _work = Channel.CreateBounded<Action>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _reader = Task.Run(ReadAsync);
    }

    /// <summary>Puts work in, without waiting.</summary>
    /// <exception cref="ContractException">The mailbox is full, or the host is stopping.</exception>
    public void Post(Action work)
    {
        if (!_work.Writer.TryWrite(work))
            throw new ContractException(FaultCode.Busy, "too many requests wait in this session already; wait for their answers, then ask again with the same request id");
    }

    /// <summary>Takes no more work; the task ends when what is there is done.</summary>
    public Task CompleteAsync()
    {
        _work.Writer.TryComplete();
        return _reader;
    }

    private async Task ReadAsync()
    {
        await foreach (Action work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                work();
            }
            catch (Exception e)  // the top of a thread: else every later request to the session would wait in silence
            {
                _logger.MailboxWorkFailed(e);
            }
            await Task.Yield();  // to the end of the queue that all sessions share
        }
    }
}
