using Bridge.Contracts;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Bridge.Client;

/// <summary>
/// Repeats attempts until one is answered. A retry for ever around a circuit breaker: a host that stayed silent too often in a row is left
/// alone for a while instead of being hammered, and its starter is asked. The starter is asked at once if nobody even listens. Used by one
/// thread; what it has to tell may be read by all.
/// </summary>
internal sealed class HostPipeline
{
    /// <summary>Longest pause between two attempts while the circuit is closed.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(500);

    private readonly BridgeClientOptions _options;
    private readonly IHostStarter? _starter;
    private readonly Func<bool>? _nobodyListens;
    private readonly ResiliencePipeline<Reply> _pipeline;
    private bool _answered;    // the last attempt was
    private int _unanswered;
    private volatile bool _isHostAway;
    private volatile string? _lastStart;
    private volatile string? _lastError;

    /// <param name="nobodyListens">Whether it is certain that an attempt would find nobody; null if that cannot be known.</param>
    public HostPipeline(BridgeClientOptions options, IHostStarter? starter, TimeProvider time, Func<bool>? nobodyListens = null)
    {
        (_options, _starter, _nobodyListens) = (options, starter, nobodyListens);
        _pipeline = Build(time);
    }

    public bool IsHostAway => _isHostAway;

    public string? LastStart => _lastStart;

    public string? LastError => _lastError;

    /// <exception cref="OperationCanceledException">Nothing else ends it but an answer or an exception that is no <see cref="HostAwayException"/>.</exception>
    public Reply Execute<TState>(Func<TState, CancellationToken, Reply> attempt, TState state, CancellationToken stop)
        => _pipeline.Execute(static (all, token) => all.self.Attempt(all.attempt, all.state, token), (self: this, attempt, state), stop);

    private Reply Attempt<TState>(Func<TState, CancellationToken, Reply> attempt, TState state, CancellationToken stop)
    {
        // The attempt is made all the same: it waits while the host starts.
        if (!_answered && _starter is not null && _nobodyListens?.Invoke() == true)
            StartHost();
        try
        {
            Reply reply = attempt(state, stop);
            _answered = true;
            _unanswered = 0;
            _isHostAway = false;
            return reply;
        }
        catch (HostAwayException e)
        {
            _answered = false;
            _unanswered++;
            _lastError = e.Message;
            throw;
        }
    }

    private void StartHost() => _lastStart = _starter?.TryStart() ?? _lastStart;

    private ResiliencePipeline<Reply> Build(TimeProvider time) => new ResiliencePipelineBuilder<Reply> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<Reply>
        {
            ShouldHandle = static arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is HostAwayException or BrokenCircuitException || arguments.Outcome.Result is FaultReply { Code: FaultCode.Busy }),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(20),
            MaxDelay = MaxDelay,
            UseJitter = true,
            // An open circuit says when it will let the next attempt through; null means the backoff above.
            DelayGenerator = static arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is BrokenCircuitException { RetryAfter: { } left } ? left : (TimeSpan?)null),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Reply>
        {
            // Polly counts a share of failures in a window of time, so that answers of a moment ago would hide a host that just died.
            // The predicate counts failures in a row instead: with a ratio of 0 the first that it lets through opens the circuit.
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is HostAwayException && _unanswered >= _options.BreakAfter),
            FailureRatio = 0,
            MinimumThroughput = 2,
            SamplingDuration = 2 * _options.AttemptTimeout + TimeSpan.FromSeconds(5),  // holds two attempts at least
            BreakDuration = _options.BreakFor,
            OnOpened = _ =>
            {
                _isHostAway = true;
                StartHost();
                return ValueTask.CompletedTask;
            },
        })
        .Build();
}
