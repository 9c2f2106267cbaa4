using System.Collections.Concurrent;
using Bridge.Contracts;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Bridge.Client;

/// <summary>
/// Talks to the agent host on behalf of a caller who must not wait. Requests go into an outbox and are carried out one after the other by
/// one thread, which repeats each, with the same request id, until it is answered: what was told is not lost while this process lives.
/// The thread starts with the first request. Submitting is thread-safe.
/// </summary>
public sealed class BridgeClient : IDisposable
{
    private readonly BridgeClientOptions _options;
    private readonly IHostStarter? _starter;
    private readonly TimeProvider _time;
    private readonly BlockingCollection<PendingRequest> _outbox;
    private readonly CancellationTokenSource _stop = new();
    private readonly ResiliencePipeline<Reply> _pipeline;
    private readonly Lock _gate = new();
    private Thread? _thread;
    private int _waiting;

    /// <param name="starter">Starts the host when nobody answers; null leaves that to others.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public BridgeClient(BridgeClientOptions options, IHostStarter? starter = null, TimeProvider? time = null)
    {
        options.Validate();
        (_options, _starter, _time) = (options, starter, time ?? TimeProvider.System);
        _outbox = new BlockingCollection<PendingRequest>(options.OutboxCapacity);
        _pipeline = BuildPipeline();
    }

    /// <summary>True from the moment when too many attempts in a row stayed without an answer, until one is answered again.</summary>
    public bool IsHostAway { get; private set; }

    /// <summary>Requests that wait for the host, the one under way included.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>What the starter said last, for the log; null if it was not asked.</summary>
    public string? LastStart { get; private set; }

    /// <summary>Called on the client's thread with answers that came after their caller had given up.</summary>
    public event Action<PendingRequest, Reply>? AnsweredLate;

    /// <summary>Puts a request into the outbox; never waits.</summary>
    /// <returns>The request under way; a full outbox is answered at once with <see cref="FaultCode.Busy"/>.</returns>
    public PendingRequest Submit(Request request)
    {
        var pending = new PendingRequest(request, _time.GetTimestamp());
        StartThread();
        Interlocked.Increment(ref _waiting);
        if (!_outbox.TryAdd(pending))
        {
            Interlocked.Decrement(ref _waiting);
            pending.Answer(new FaultReply(FaultCode.Busy, $"{_options.OutboxCapacity} requests wait for the host already; see that agent-host runs (agent-host doctor)"));
        }
        return pending;
    }

    /// <summary>Submits and waits, at most for the deadline.</summary>
    /// <returns>The answer, or null if it is pending.</returns>
    public Reply? Ask(Request request, TimeSpan? deadline = null) => Submit(request).Wait(deadline ?? _options.Deadline);

    /// <summary>How long a request has been waiting.</summary>
    public TimeSpan AgeOf(PendingRequest pending) => _time.GetElapsedTime(pending.SubmittedAt);

    /// <summary>Gives a request a last chance and stops the thread. What still waits is answered with a fault.</summary>
    public void Dispose()
    {
        _outbox.CompleteAdding();
        _stop.Cancel();
        _thread?.Join(_options.AttemptTimeout + TimeSpan.FromSeconds(1));
        foreach (PendingRequest pending in _outbox)
            pending.Answer(Closed());
    }

    private void StartThread()
    {
        lock (_gate)
        {
            if (_thread is not null)
                return;
            _thread = new Thread(Run) { Name = "bridge-client", IsBackground = true };
            _thread.Start();
        }
    }

    private void Run()
    {
        HostConnection? connection = null;
        try
        {
            foreach (PendingRequest pending in _outbox.GetConsumingEnumerable(_stop.Token))
                connection = TryCarryOut(connection, pending);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Dispose answers what is left.
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>A bug here costs one request its answer, not the process in which this library is a guest.</summary>
    private HostConnection? TryCarryOut(HostConnection? connection, PendingRequest pending)
    {
        try
        {
            connection ??= new HostConnection(_options);
            CarryOut(connection, pending);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            pending.Answer(Closed());
            throw;
        }
        catch (Exception e)
        {
            pending.Answer(new FaultReply(FaultCode.Internal, $"{pending.Request.Type}: {e.GetType().Name}: {e.Message}"));
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        return connection;
    }

    private static FaultReply Closed() => new(FaultCode.HostUnreachable, "the client was closed before the host answered");

    private void CarryOut(HostConnection connection, PendingRequest pending)
    {
        BridgeMessage message = pending.Request.ToMessage(pending.RequestId);
        Reply reply = _pipeline.Execute(
            static (state, _) => state.connection.Exchange(state.message, state.limit, state.time),
            (connection, message, limit: _options.AttemptTimeout, time: _time),
            _stop.Token);
        IsHostAway = false;
        if (!pending.Answer(reply))
            AnsweredLate?.Invoke(pending, reply);
    }

    /// <summary>Retry for ever around a circuit breaker: a request is repeated until it is answered or the client is disposed, and a host
    /// that is away is left alone for a while instead of being hammered.</summary>
    private ResiliencePipeline<Reply> BuildPipeline() => new ResiliencePipelineBuilder<Reply> { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions<Reply>
        {
            ShouldHandle = static arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is HostAwayException or BrokenCircuitException || arguments.Outcome.Result is FaultReply { Code: FaultCode.Busy }),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(20),
            MaxDelay = TimeSpan.FromMilliseconds(500),
            UseJitter = true,
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Reply>
        {
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is HostAwayException),
            FailureRatio = 1,
            MinimumThroughput = _options.BreakAfter,
            SamplingDuration = TimeSpan.FromTicks(_options.AttemptTimeout.Ticks * (_options.BreakAfter + 2)),
            BreakDuration = _options.BreakFor,
            OnOpened = _ =>
            {
                IsHostAway = true;
                LastStart = _starter?.TryStart() ?? LastStart;
                return ValueTask.CompletedTask;
            },
        })
        .Build();
}
