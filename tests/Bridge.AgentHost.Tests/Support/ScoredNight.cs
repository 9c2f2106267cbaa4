using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.AgentHost.Serving;
using Bridge.Agents.Classifier;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Journal;

namespace Bridge.AgentHost.Tests.Support;

/// <summary>A client that plays a session while its holes are being scored: suggestion, result, how far are the scores, again. It asks again until it is answered, also while the host is gone.</summary>
internal sealed partial class ScoredNight(string endpoint, HoleSet truth) : IDisposable
{
    private const string Session = "night";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60); // for safety only

    private readonly BridgeClient _client = new(new BridgeClientOptions { Endpoint = endpoint, AttemptTimeout = TimeSpan.FromMilliseconds(500), BreakFor = TimeSpan.FromMilliseconds(500) });
    private readonly List<(string RequestId, Reply Reply)> _answered = [];
    private readonly HashSet<int> _suggested = [];
    private double _clockMin;

    /// <summary>How many holes had scores, each time that somebody asked.</summary>
    public List<int> Progress { get; } = [];

    public int SuggestedWhileScoring { get; private set; }

    public void Open(string navigator)
    {
        var opened = (SessionOpenedReply)Ask(new OpenSessionRequest(Session) { Path = navigator, Planner = "rate", MinutesLeft = 100_000, ClockMin = 0 });
        Assert.AreEqual(truth.Count, opened.Targets);
    }

    public void AskForScores(string navigator) => Assert.IsInstanceOfType<AckReply>(Ask(new ScoreHolesRequest(Session, []) { Path = navigator, ClockMin = _clockMin }));

    /// <summary>Plays until so many holes have scores.</summary>
    public void GoOnUntil(Func<int, bool> isEnough)
    {
        do
        {
            Suggest();
            string text = ((ExplanationReply)Ask(new ExplainRequest(Session, "session") { ClockMin = _clockMin })).Text;
            Match match = Scores().Match(text);
            Assert.IsTrue(match.Success && int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) == truth.Count, text);
            Progress.Add(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            SuggestedWhileScoring += Progress[^1] < truth.Count ? 1 : 0;
            Assert.IsFalse(text.Contains("cannot", StringComparison.Ordinal), text);
        }
        while (!isEnough(Progress[^1]));
    }

    /// <summary>Takes a suggestion, goes there and tells what was measured.</summary>
    public void Suggest()
    {
        var suggestion = (SuggestionReply)Ask(new SuggestRequest(Session) { ClockMin = _clockMin });
        if (suggestion.Target is not { } target)
            return; // all were visited
        Assert.IsTrue(_suggested.Add(target.Item), $"item {target.Item} was suggested twice");
        _clockMin += suggestion.ExpectedMinutes;
        Ask(new ReportCtfRequest(Session, target.Item, truth.CtfA[target.Item - 1]) { ClockMin = _clockMin });
    }

    /// <summary>Everything that was answered is in the journal, once and the same.</summary>
    public void AssertAllIsIn(string journal)
    {
        var kept = new Dictionary<string, Reply>();
        foreach (JournalEntry entry in JournalReader.Read(journal))
        {
            JournalledExchange exchange = JournalledExchange.From(entry);
            Assert.IsTrue(kept.TryAdd(exchange.Message.RequestId, exchange.Reply), $"request {exchange.Message.RequestId} acted twice");
        }
        foreach ((string id, Reply reply) in _answered.Where(answer => answer.Reply is not SessionOpenedReply))
        {
            Assert.IsTrue(kept.TryGetValue(id, out Reply? known), $"{reply.Type} {id} is not in the journal");
            Assert.AreEqual(reply.ToJson().ToString(), known.ToJson().ToString());
        }
    }

    public void Dispose() => _client.Dispose();

    private Reply Ask(SessionRequest request)
    {
        PendingRequest pending = _client.Submit(request);
        Reply reply = pending.Wait(Limit) ?? throw new TimeoutException($"{request.Type}: no answer within {Limit}");
        Assert.IsFalse(reply is FaultReply, $"{request.Type}: {(reply as FaultReply)?.Message}");
        _answered.Add((pending.RequestId, reply));
        return reply;
    }

    [GeneratedRegex(@"scores: (\d+) of (\d+) holes")]
    private static partial Regex Scores();
}
