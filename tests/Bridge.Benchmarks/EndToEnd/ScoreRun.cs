using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.AgentHost.Serving;
using Bridge.Agents.Classifier;
using Bridge.Benchmarks.Measuring;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Journal;

namespace Bridge.Benchmarks.EndToEnd;

/// <summary>One session at a steady rate of suggestions and results while its holes are scored; whoever waits asks again, also while the host is gone.</summary>
internal sealed partial class ScoreRun(HoleSet truth, string navigator, TimeSpan period)
{
    private const string Session = "night";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2), ScoringLimit = TimeSpan.FromMinutes(60);

    private double _clockMin;

    public Latency Before { get; } = new();

    public Latency During { get; } = new();

    public Latency After { get; } = new();

    /// <summary>From the request until the client hears that all have scores.</summary>
    public double ScoringSeconds { get; private set; }

    /// <summary>From the kill to the next answer.</summary>
    public double AwaySeconds { get; private set; }

    /// <summary>Holes that had scores when the host was killed.</summary>
    public int ScoredBefore { get; private set; }

    /// <summary>How many holes had scores, each time that it was more.</summary>
    public List<int> Progress { get; } = [];

    /// <summary>By item: P(good) and Å, as the journal has them.</summary>
    public Dictionary<int, (double?, double?)> Scores { get; } = [];

    /// <exception cref="InvalidOperationException">A score is missing or was told twice, or an answer is not in the journal.</exception>
    public void Measure(HostUnderLoad host, TimeSpan rest, bool kill)
    {
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint, SecretFile = Installation.SecretFileIn(host.Folder), AttemptTimeout = TimeSpan.FromSeconds(1), BreakFor = TimeSpan.FromMilliseconds(500) });
        var answered = new List<string>();
        Ask(new OpenSessionRequest(Session) { Path = navigator, MinutesLeft = 100_000, ClockMin = 0 });
        for (int i = 0; i < 20; i++)
            Suggest(new Latency()); // the host's code is not compiled before
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < rest;)
            Suggest(Before);
        long asked = Stopwatch.GetTimestamp();
        Ask(new ScoreHolesRequest(Session, []) { Path = navigator, ClockMin = _clockMin });
        while (HowMany() < truth.Count)
        {
            if (kill && Progress is [.., var scored] && scored >= truth.Count / 2)
            {
                (kill, ScoredBefore) = (false, scored);
                long gone = Stopwatch.GetTimestamp();
                host.KillAndRestart();
                HowMany();
                AwaySeconds = Stopwatch.GetElapsedTime(gone).TotalSeconds;
            }
            Suggest(During);
            if (Stopwatch.GetElapsedTime(asked) > ScoringLimit)
                throw new TimeoutException($"{Progress.LastOrDefault()} of {truth.Count} holes have scores after {ScoringLimit.TotalMinutes:0} min");
        }
        ScoringSeconds = Stopwatch.GetElapsedTime(asked).TotalSeconds;
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < rest;)
            Suggest(After);
        Check(Directory.GetFiles(Path.Combine(host.Folder, "sessions"), "session-*.jsonl").Single(), answered);

        Reply Ask(SessionRequest request)
        {
            PendingRequest pending = client.Submit(request);
            Reply reply = pending.Wait(Limit) ?? throw new TimeoutException($"{request.Type}: no answer within {Limit.TotalSeconds:0} s");
            if (reply is FaultReply fault)
                throw new ContractException(fault.Code, fault.Message);
            answered.Add(pending.RequestId);
            return reply;
        }

        void Suggest(Latency latency)
        {
            long began = Stopwatch.GetTimestamp();
            var suggestion = (SuggestionReply)Ask(new SuggestRequest(Session) { ClockMin = _clockMin });
            latency.AddSince(began);
            if (suggestion.Target is { } target)
            {
                _clockMin += suggestion.ExpectedMinutes;
                Ask(new ReportCtfRequest(Session, target.Item, truth.CtfA[target.Item - 1]) { ClockMin = _clockMin });
            }
            if (period - Stopwatch.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
                Thread.Sleep(left);
        }

        int HowMany()
        {
            string text = ((ExplanationReply)Ask(new ExplainRequest(Session, "session") { ClockMin = _clockMin })).Text;
            Match match = ScoresOf().Match(text);
            if (!match.Success || int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) != truth.Count)
                throw new InvalidOperationException($"the host does not say how many of {truth.Count} holes have scores: {text}");
            int scored = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (scored > Progress.LastOrDefault())
                Progress.Add(scored);
            return scored;
        }
    }

    private void Check(string journal, List<string> answered)
    {
        var kept = new HashSet<string>();
        foreach (JournalEntry entry in JournalReader.Read(journal))
        {
            JournalledExchange exchange = JournalledExchange.From(entry);
            if (!kept.Add(exchange.Message.RequestId))
                throw new InvalidOperationException($"request {exchange.Message.RequestId} is in the journal twice");
            foreach (Prediction prediction in (exchange.Request as ReportPredictionsRequest)?.Predictions ?? [])
            {
                if (!Scores.TryAdd(prediction.Item, (prediction.Probability, prediction.CtfA)))
                    throw new InvalidOperationException($"the score of item {prediction.Item} was told twice");
            }
        }
        if (Scores.Count != truth.Count)
            throw new InvalidOperationException($"{truth.Count - Scores.Count} holes have no score in the journal");
        if (answered.Find(id => !kept.Contains(id)) is { } lost)
            throw new InvalidOperationException($"request {lost} was answered and is not in the journal");
    }

    [GeneratedRegex(@"scores: (\d+) of (\d+) holes")]
    private static partial Regex ScoresOf();
}
