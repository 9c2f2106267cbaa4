using System.Diagnostics;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>SIGKILL at random moments: nothing that was answered is lost, and no hole is suggested twice.</summary>
[TestClass]
public sealed class KilledHostTests
{
    private const int Kills = 100;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    [TestMethod]
    [Timeout(480_000, CooperativeCancellation = true)]
    public void Session_HostKilledAHundredTimes_LosesNothingAndRepeatsNothing()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.Path);
        MeasuredGrid specimen = Make.Specimen(holes: 2300);
        var random = new Random(20261121);
        long exchanges = 0;
        bool over = false;
        using var client = new BridgeClient(new BridgeClientOptions
        {
            Endpoint = host.Endpoint,
            AttemptTimeout = TimeSpan.FromMilliseconds(500),
            BreakFor = TimeSpan.FromMilliseconds(500),
        });
        // The sessions go on beside the killing; each answer is kept here, to be looked up in the journals at the end.
        var answered = new List<(BridgeMessage Request, Reply Reply)>();
        Task sessions = Task.Factory.StartNew(
            () =>
            {
                for (int n = 0; !Volatile.Read(ref over); n++)
                    RunSession($"killed-{n}", client, specimen, answered, ref exchanges, ref over);
            },
            TaskCreationOptions.LongRunning);

        for (int kill = 0; kill < Kills; kill++)
        {
            long from = Interlocked.Read(ref exchanges), until = from + random.Next(0, 12);
            long began = Stopwatch.GetTimestamp();
            while (Interlocked.Read(ref exchanges) < until && !sessions.IsCompleted && Stopwatch.GetElapsedTime(began) < AnswerLimit)
                Thread.Yield();
            SpinFor(TimeSpan.FromMicroseconds(random.Next(0, 3000)));
            host.Kill();
            host.Restart();
        }
        Volatile.Write(ref over, true);

        Assert.IsTrue(sessions.Wait(AnswerLimit), "the client did not come to its end");
        host.Kill();  // it may be about to put the last journal away
        AssertAllIsInTheJournals(host.Journals(), answered);
        AssertNoHoleTwice(answered);
        Assert.IsTrue(answered.Count > 3 * Kills, $"only {answered.Count} exchanges");
    }

    private static void RunSession(string name, BridgeClient client, MeasuredGrid specimen, List<(BridgeMessage, Reply)> answered, ref long exchanges, ref bool over)
    {
        double clockMin = 0;
        Ask(client, Make.Opening(specimen, name), answered, ref exchanges);
        while (!Volatile.Read(ref over)
            && Ask(client, new SuggestRequest(name) { ClockMin = clockMin }, answered, ref exchanges) is SuggestionReply { Target: { } target } suggestion)
        {
            clockMin += suggestion.ExpectedMinutes;
            double ctfA = specimen.CtfA[specimen.Grid.FindItem(target.Item)!.Index];
            Ask(client, new ReportCtfRequest(name, target.Item, ctfA) { ClockMin = clockMin }, answered, ref exchanges);
        }
        Ask(client, new CloseSessionRequest(name), answered, ref exchanges);
    }

    private static Reply Ask(BridgeClient client, SessionRequest request, List<(BridgeMessage, Reply)> answered, ref long exchanges)
    {
        PendingRequest pending = client.Submit(request);
        Reply reply = pending.Wait(AnswerLimit) ?? throw new TimeoutException($"{request.Type}: no answer within {AnswerLimit}");
        if (reply is FaultReply fault)
            throw new InvalidOperationException($"{request.Type}: {fault.Message}");
        answered.Add((request.ToMessage(pending.RequestId), reply));
        Interlocked.Increment(ref exchanges);
        return reply;
    }

    private static void AssertAllIsInTheJournals(string[] journals, List<(BridgeMessage Request, Reply Reply)> answered)
    {
        var kept = new Dictionary<string, JournalledExchange>();
        foreach (string journal in journals)
        {
            foreach (JournalEntry entry in JournalReader.Read(journal))
            {
                JournalledExchange exchange = JournalledExchange.From(entry);
                Assert.IsTrue(kept.TryAdd(exchange.Message.RequestId, exchange), $"request {exchange.Message.RequestId} acted twice");
            }
        }
        foreach ((BridgeMessage request, Reply reply) in answered.Where(exchange => exchange.Reply is not SessionOpenedReply))
        {
            Assert.IsTrue(kept.TryGetValue(request.RequestId, out JournalledExchange? exchange), $"{request.Type} {request.RequestId} was answered and is not in the journal");
            Assert.AreEqual(reply.ToJson().ToString(), exchange.Reply.ToJson().ToString());
        }
    }

    private static void AssertNoHoleTwice(List<(BridgeMessage Request, Reply Reply)> answered)
    {
        var handedOut = new HashSet<(string, int)>();
        foreach ((BridgeMessage request, Reply reply) in answered)
        {
            if (reply is SuggestionReply { Target: { } target })
                Assert.IsTrue(handedOut.Add(((string)request.Body["session"]!, target.Item)), $"item {target.Item} was suggested twice");
        }
    }

    private static void SpinFor(TimeSpan time)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < time)
            Thread.SpinWait(10);
    }
}
