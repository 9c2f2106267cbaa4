using System.Diagnostics;
using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>A request on its way: made by a caller, answered once by the client's thread. Thread-safe.</summary>
public sealed class PendingRequest
{
    private readonly object _gate = new();
    private Reply? _reply;
    private bool _abandoned;

    internal PendingRequest(Request request, long submittedAt, Action<Reply>? prepare)
    {
        (Request, SubmittedAt, Prepare) = (request, submittedAt, prepare);
        Place = new LinkedListNode<PendingRequest>(this);
    }

    public Request Request { get; }

    /// <summary>The same for every attempt, so that the host acts once.</summary>
    public string RequestId { get; } = Ids.New();

    /// <summary>Timestamp of the client's clock.</summary>
    internal long SubmittedAt { get; }

    /// <summary>Called with the host's answer, on the client's thread, before anybody can see the answer.</summary>
    internal Action<Reply>? Prepare { get; }

    /// <summary>Its place in the outbox; guarded by the client.</summary>
    internal LinkedListNode<PendingRequest> Place { get; }

    /// <summary>The answer, or null as long as there is none.</summary>
    public Reply? Reply => Volatile.Read(ref _reply);

    /// <summary>Waits for the answer, at most so long; not at all if the limit is negative.</summary>
    /// <returns>The answer, or null.</returns>
    public Reply? Wait(TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (_reply is null)
            {
                TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                    break;
            }
            return _reply;
        }
    }

    /// <summary>The caller waits no more.</summary>
    /// <returns>The answer, if it came first after all.</returns>
    internal Reply? Abandon()
    {
        lock (_gate)
        {
            _abandoned = _reply is null;
            return _reply;
        }
    }

    /// <summary>The first answer stands.</summary>
    /// <returns>False if nobody waits for it any more.</returns>
    internal bool Answer(Reply reply)
    {
        lock (_gate)
        {
            _reply ??= reply;
            Monitor.PulseAll(_gate);
            return !_abandoned;
        }
    }
}
