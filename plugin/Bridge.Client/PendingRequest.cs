using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>A request on its way: made by a caller, answered by the client's thread.</summary>
public sealed class PendingRequest : IDisposable
{
    private readonly ManualResetEventSlim _answered = new();
    private readonly Lock _gate = new();
    private Reply? _reply;
    private bool _abandoned;

    internal PendingRequest(Request request, long submittedAt)
    {
        (Request, SubmittedAt) = (request, submittedAt);
    }

    public Request Request { get; }

    /// <summary>The same for every attempt, so that the host acts once.</summary>
    public string RequestId { get; } = Ids.New();

    /// <summary>Timestamp of the client's clock.</summary>
    internal long SubmittedAt { get; }

    /// <summary>The answer, or null as long as there is none.</summary>
    public Reply? Reply => Volatile.Read(ref _reply);

    /// <summary>Waits for the answer, at most so long.</summary>
    /// <returns>The answer, or null.</returns>
    public Reply? Wait(TimeSpan limit)
    {
        if (Reply is { } reply)
            return reply;
        _answered.Wait(limit);
        return Reply;
    }

    /// <summary>The caller wants the answer no more.</summary>
    /// <returns>The answer, if it came first after all.</returns>
    internal Reply? Abandon()
    {
        lock (_gate)
        {
            _abandoned = _reply is null;
            return _reply;
        }
    }

    /// <returns>False if nobody wants the answer any more.</returns>
    internal bool Answer(Reply reply)
    {
        lock (_gate)
        {
            _reply = reply;
            _answered.Set();
            return !_abandoned;
        }
    }

    public void Dispose() => _answered.Dispose();
}
