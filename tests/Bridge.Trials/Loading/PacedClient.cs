using System.Diagnostics;
using Bridge.Benchmarks.Measuring;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Loading;

/// <summary>One script under load: a suggestion and a result by turns, each due at its time, whether or not the one before was late.</summary>
internal sealed class PacedClient(string endpoint, string session) : IDisposable
{
    private readonly BridgeClient _client = new(new BridgeClientOptions { Endpoint = endpoint, AttemptTimeout = TimeSpan.FromSeconds(10) });
    private readonly HashSet<int> _handedOut = [];
    private int _item;
    private double _clockMin;

    public Latency Latency { get; private set; } = new();

    public int Refused { get; private set; }

    public int Unanswered { get; private set; }

    /// <summary>Holes that were handed out twice.</summary>
    public List<string> Losses { get; } = [];

    /// <returns>How long it took.</returns>
    /// <exception cref="TrialLossException">The session could not be opened.</exception>
    public TimeSpan Open(string navigator, string planner)
    {
        long began = Stopwatch.GetTimestamp();
        Reply? reply = _client.Submit(new OpenSessionRequest(session) { Path = navigator, Planner = planner, ClockMin = 0 }).Wait(Asker.Limit);
        return reply is SessionOpenedReply ? Stopwatch.GetElapsedTime(began) : throw new TrialLossException($"session {session} was not opened: {(reply as FaultReply)?.Message ?? "no answer"}");
    }

    /// <param name="every">Time between two requests of this client.</param>
    /// <param name="first">When the first is due.</param>
    /// <param name="until">When no more are.</param>
    /// <param name="over">Ends it earlier; null leaves it to the time.</param>
    public void Run(TimeSpan every, long first, long until, Func<bool>? over = null)
    {
        (Latency, Refused, Unanswered) = (new Latency(), 0, 0);
        long step = (long)(every.TotalSeconds * Stopwatch.Frequency);
        for (long due = first; due < until && over?.Invoke() != true; due += step)
        {
            TimeSpan early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (early > TimeSpan.Zero)
                Thread.Sleep(early);
            switch (_client.Submit(NextRequest()).Wait(Asker.Limit))
            {
                case null:
                    Unanswered++;
                    return;
                case FaultReply:
                    Refused++;
                    break;
                case SuggestionReply { Target: { } target } suggestion:
                    _item = target.Item;
                    if (!_handedOut.Add(_item))
                        Losses.Add($"{session}: item {_item} was handed out twice");
                    _clockMin += suggestion.ExpectedMinutes;
                    break;
                default:
                    _item = 0;
                    break;
            }
            Latency.AddSince(due);
        }
    }

    public void Dispose() => _client.Dispose();

    private SessionRequest NextRequest() => _item == 0
        ? new SuggestRequest(session) { ClockMin = _clockMin }
        : new ReportCtfRequest(session, _item, Script.ResolutionA(_item)) { ClockMin = _clockMin };
}
