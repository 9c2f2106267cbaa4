using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>
/// Talks to the agent host on behalf of a caller who must not wait. Requests go into an outbox and are carried out one after the other by
/// one thread, which repeats each, with the same request id, until it is answered: what was told is not lost while this process lives.
/// The thread starts with the first request. Thread-safe.
/// </summary>
public sealed class BridgeClient : IDisposable
{
    /// <summary>What <see cref="Dispose"/> grants to requests that wait, unless the host is away.</summary>
    private static readonly TimeSpan LastChance = TimeSpan.FromMilliseconds(500);

    private static readonly FaultReply Closed = new(FaultCode.HostUnreachable, "the client was closed before the host answered");

    private readonly BridgeClientOptions _options;
    private readonly IHostStarter? _starter;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly object _gate = new();
    private readonly LinkedList<PendingRequest> _outbox = new();  // linked, so that a withdrawn request leaves at once
    private bool _underWay;
    private bool _closed;
    private Thread? _thread;
    private volatile HostPipeline? _pipeline;
    private volatile string? _lastBug;

    /// <param name="starter">Starts the host when nobody answers; null leaves that to others.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public BridgeClient(BridgeClientOptions options, IHostStarter? starter = null, TimeProvider? time = null)
    {
        options.Validate();
        (_options, _starter, _time) = (options, starter, time ?? TimeProvider.System);
    }

    /// <summary>True from the moment when too many attempts in a row stayed without an answer, until one is answered again.</summary>
    public bool IsHostAway => _pipeline?.IsHostAway ?? false;

    /// <summary>Requests that wait for the host, the one under way included.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _outbox.Count + (_underWay ? 1 : 0);
        }
    }

    /// <summary>What the starter said last, for the log; null if it was not asked.</summary>
    public string? LastStart => _pipeline?.LastStart;

    /// <summary>Why an attempt failed last, for the log; null if none did.</summary>
    public string? LastError => _lastBug ?? _pipeline?.LastError;

    /// <summary>Called on the client's thread with answers that came after their caller had stopped waiting.</summary>
    public event Action<PendingRequest, Reply>? AnsweredLate;

    /// <summary>Puts a request into the outbox; never waits.</summary>
    /// <returns>The request under way. A full outbox is answered at once with <see cref="FaultCode.Busy"/>, a closed client with
    /// <see cref="FaultCode.HostUnreachable"/>.</returns>
    public PendingRequest Submit(Request request) => Submit(request, prepare: null);

    /// <param name="request">The request.</param>
    /// <param name="prepare">See <see cref="PendingRequest.Prepare"/>; not called for an answer that is not the host's.</param>
    internal PendingRequest Submit(Request request, Action<Reply>? prepare)
    {
        var pending = new PendingRequest(request, _time.GetTimestamp(), prepare);
        FaultReply? refusal = null;
        lock (_gate)
        {
            if (_closed)
                refusal = Closed;
            else if (Waiting >= _options.OutboxCapacity)
                refusal = new FaultReply(FaultCode.Busy, $"{_options.OutboxCapacity} requests wait for the host already; see that agent-host runs (agent-host doctor)");
            else
                Enqueue(pending);
        }
        if (refusal is not null)
            pending.Answer(refusal);
        return pending;
    }

    /// <summary>Submits and waits, at most for the deadline. The request is carried out all the same.</summary>
    /// <returns>The answer, or null if it is pending: then <see cref="AnsweredLate"/> gets it.</returns>
    public Reply? Ask(Request request, TimeSpan? deadline = null)
    {
        PendingRequest pending = Submit(request);
        return pending.Wait(deadline ?? _options.Deadline) ?? pending.Abandon();
    }

    /// <summary>How long a request has been waiting.</summary>
    public TimeSpan AgeOf(PendingRequest pending) => _time.GetElapsedTime(pending.SubmittedAt);

    /// <summary>Takes a request back: if it was not sent yet it never is; else it is carried out and <see cref="AnsweredLate"/> gets the answer.</summary>
    /// <returns>The answer, if it came first after all.</returns>
    internal Reply? Withdraw(PendingRequest pending)
    {
        lock (_gate)
        {
            if (pending.Place.List == _outbox)
                _outbox.Remove(pending.Place);
        }
        return pending.Abandon();
    }

    /// <summary>Gives what waits a last chance of half a second if the host is there, and stops the thread. What still waits then is answered
    /// with <see cref="FaultCode.HostUnreachable"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            Monitor.PulseAll(_gate);
        }
        if (EndsWithin(IsHostAway ? TimeSpan.Zero : LastChance))
        {
            _stop.Dispose();
            return;
        }
        _stop.Cancel();
        if (EndsWithin(TimeSpan.FromSeconds(1)))
            _stop.Dispose();
    }

    private void Enqueue(PendingRequest pending)
    {
        _outbox.AddLast(pending.Place);
        Monitor.PulseAll(_gate);
        if (_thread is not null)
            return;
        _thread = new Thread(Run) { Name = "bridge-client", IsBackground = true };
        _thread.Start();
    }

    /// <summary>A handler of <see cref="AnsweredLate"/> may dispose of the client: it does not wait for itself.</summary>
    private bool EndsWithin(TimeSpan limit) => _thread is null || (_thread != Thread.CurrentThread && _thread.Join(limit));

    private void Run()
    {
        // Polly starts a task with its circuit breaker, so it is not built before it is needed either.
        var pipeline = new HostPipeline(_options, _starter, _time, () => LocalListeners.AreNoneAt(_options.Endpoint));
        _pipeline = pipeline;
        using var connection = new HostConnection(_options);
        while (Next() is { } pending)
            Finish(pending, _stop.IsCancellationRequested ? Closed : CarryOut(pipeline, connection, pending));
    }

    private PendingRequest? Next()
    {
        lock (_gate)
        {
            _underWay = false;
            while (_outbox.Count == 0)
            {
                if (_closed)
                    return null;
                Monitor.Wait(_gate);
            }
            PendingRequest next = _outbox.First!.Value;
            _outbox.RemoveFirst();
            _underWay = true;
            return next;
        }
    }

    private Reply CarryOut(HostPipeline pipeline, HostConnection connection, PendingRequest pending)
    {
        try
        {
            return pipeline.Execute(
                static (state, stop) => state.connection.Exchange(state.RequestId, state.frames, stop),
                (connection, pending.RequestId, frames: Encode(pending)),
                _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return Closed;
        }
        catch (ContractException e)
        {
            return FaultReply.From(e);
        }
        catch (Exception e)
        {
            // The top of the thread: one request that cannot be carried out must not stop the others.
            connection.Dispose();
            _lastBug = $"{pending.Request.Type}: {e}";
            return new FaultReply(FaultCode.Internal, $"{pending.Request.Type} could not be sent: {e.Message}");
        }
    }

    private static byte[][] Encode(PendingRequest pending)
    {
        List<byte[]> frames;
        try
        {
            frames = MessageCodec.Encode(pending.Request.ToMessage(pending.RequestId));
        }
        catch (ArgumentException e)
        {
            throw new ContractException(FaultCode.BadField, $"{pending.Request.Type}: a text is not valid Unicode: {e.Message}", e);
        }
        int bytes = frames.Sum(static frame => frame.Length);
        // The host would drop the connection at a larger one, again and again.
        return bytes <= Protocol.MaxJsonBytes
            ? [.. frames]
            : throw new ContractException(FaultCode.TooLarge, $"{pending.Request.Type}: the message has {bytes} bytes, the limit is {Protocol.MaxJsonBytes}");
    }

    private void Finish(PendingRequest pending, Reply reply)
    {
        Guard(() => pending.Prepare?.Invoke(reply), nameof(pending.Prepare));
        if (!pending.Answer(reply) && !_stop.IsCancellationRequested)
            Guard(() => AnsweredLate?.Invoke(pending, reply), nameof(AnsweredLate));
    }

    /// <summary>A bug of whoever is called must not stop the thread.</summary>
    private void Guard(Action call, string name)
    {
        try
        {
            call();
        }
        catch (Exception e)
        {
            _lastBug = $"{name}: {e}";
        }
    }
}
