using Bridge.Client.Tests.Support;
using Bridge.Contracts;

namespace Bridge.Client.Tests;

/// <summary>One session through good times and bad: what the caller gets, and what the host hears of it.</summary>
[TestClass]
public sealed class ClientSessionTests
{
    [TestMethod]
    public void SuggestNext_HostAnswers_IsTheHostsTarget()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 3);

        SuggestionReply suggestion = Assert.IsInstanceOfType<SuggestionReply>(session.SuggestNext(Soon.Limit));

        Assert.AreEqual(1, suggestion.Target!.Item);
        Assert.IsFalse(suggestion.Fallback);
    }

    [TestMethod]
    public void SuggestNext_Pending_IsPickedUpByTheNextCall()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 3);
        host.HoldAnswers();

        Reply? first = session.SuggestNext();
        Reply? second = session.SuggestNext();
        Soon.IsTrue(() => host.Honest.HandedOut.Count == 1, "the host has chosen");
        host.ReleaseHeld();
        Reply? third = session.SuggestNext(Soon.Limit);

        Assert.IsNull(first);
        Assert.IsNull(second);
        Assert.AreEqual(1, Assert.IsInstanceOfType<SuggestionReply>(third).Target!.Item);
        Assert.HasCount(1, host.Honest.Acted.OfType<SuggestRequest>().ToList());
    }

    [TestMethod]
    public void Open_Pending_IsPickedUpByTheNextCall()
    {
        using var host = new FakeHost();
        host.HoldAnswers();
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options);
        using var session = new ClientSession(client, options, "s");
        OpenSessionRequest opening = Make.Opening("s", Make.Row(3));

        Reply? first = session.Open(opening, TimeSpan.Zero);
        Soon.IsTrue(() => host.Honest.Acted.Count == 1, "the host has it");
        host.ReleaseHeld();
        Reply? second = session.Open(opening, Soon.Limit);

        Assert.IsNull(first);
        Assert.AreEqual(3, Assert.IsInstanceOfType<SessionOpenedReply>(second).Targets);
        Assert.HasCount(1, host.Honest.Acted);
    }

    [TestMethod]
    public void SuggestNext_HostAway_IsTheNearestAndSaysSo()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Options(host.Endpoint);
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 10);
        host.Kill();
        Assert.IsNull(session.Tell(new UpdateStageRequest("s", new StageUm(52, 0, 0))));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        SuggestionReply[] suggestions = [.. Enumerable.Range(0, 4).Select(_ => (SuggestionReply)session.SuggestNext()!)];

        CollectionAssert.AreEqual(new[] { 5, 4, 3, 2 }, suggestions.Select(suggestion => suggestion.Target!.Item).ToArray());
        foreach (SuggestionReply suggestion in suggestions)
        {
            Assert.IsTrue(suggestion.Fallback);
            StringAssert.Contains(suggestion.Why, "the agent host does not answer: nearest unvisited target");
        }
        Assert.AreEqual(new StageUm(50, 0, 0), suggestions[0].Target!.Stage);
    }

    [TestMethod]
    public void SuggestNext_HostTooSlow_FallsBackAfterTheLimit()
    {
        using var host = new FakeHost();
        var clock = new Testing.HandTurnedClock();
        BridgeClientOptions options = Make.Patient(host.Endpoint) with { FallbackAfter = TimeSpan.FromSeconds(10) };
        using var client = new BridgeClient(options, time: clock);
        using ClientSession session = Open(client, options, 3);
        host.Behave(Misbehaviour.Silent);

        Reply? asked = session.SuggestNext();
        clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Reply? notYet = session.SuggestNext();
        clock.Advance(TimeSpan.FromTicks(1));
        Reply? now = session.SuggestNext();

        Assert.IsNull(asked);
        Assert.IsNull(notYet);
        Assert.IsTrue(Assert.IsInstanceOfType<SuggestionReply>(now).Fallback);
    }

    [TestMethod]
    public void SuggestNext_NothingKnown_IsStop()
    {
        using var host = new FakeHost(start: false);
        BridgeClientOptions options = Make.Options(host.Endpoint);
        using var client = new BridgeClient(options);
        using var session = new ClientSession(client, options, "s");
        Assert.IsNull(session.SuggestNext());
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        SuggestionReply suggestion = Assert.IsInstanceOfType<SuggestionReply>(session.SuggestNext());

        Assert.AreEqual(SuggestionKind.Stop, suggestion.Kind);
        Assert.IsTrue(suggestion.Fallback);
    }

    [TestMethod]
    public void SuggestNext_WholeNightWithoutTheHost_EachHoleOnceThenStopAndTheHostHearsAll()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Options(host.Endpoint) with { Deadline = TimeSpan.Zero };
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 100);
        host.Kill();
        session.SuggestNext();
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        var visited = new List<int>();
        while (session.SuggestNext() is SuggestionReply { Target: { } target })
        {
            visited.Add(target.Item);
            session.Tell(new ReportCtfRequest("s", target.Item, 5));
        }
        host.Start();
        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");

        CollectionAssert.AreEqual(Enumerable.Range(1, 100).ToArray(), visited);
        List<Request> heard = host.Honest.Acted;
        CollectionAssert.AreEqual(visited, heard.OfType<ReportVisitRequest>().Select(visit => visit.Item).ToList());
        CollectionAssert.AreEqual(visited, heard.OfType<ReportCtfRequest>().Select(report => report.Item).ToList());
        // The one that was under way when the host died; those asked later were taken back before they were sent.
        Assert.IsLessThanOrEqualTo(1, heard.OfType<SuggestRequest>().Count());
        CollectionAssert.AreEqual(visited, host.Honest.HandedOut);
    }

    [TestMethod]
    public void SuggestNext_LateAnswerNotUsed_IsPutBack()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Patient(host.Endpoint) with { FallbackAfter = TimeSpan.Zero };
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 10);
        session.Tell(new UpdateStageRequest("s", new StageUm(100, 0, 0)), Soon.Limit);
        host.HoldAnswers();

        // The host chooses 1, too late; the client goes to 10.
        var used = (SuggestionReply)session.SuggestNext()!;
        Soon.IsTrue(() => host.Honest.HandedOut.Contains(1), "the host has chosen");
        host.Behave(host.Honest.Answer);
        host.ReleaseHeld();
        Soon.IsTrue(() => host.Honest.Acted.OfType<ReportSkippedRequest>().Any(), "the target is put back");
        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");
        var next = (SuggestionReply)session.SuggestNext(Soon.Limit)!;

        Assert.AreEqual(10, used.Target!.Item);
        Assert.IsTrue(used.Fallback);
        Assert.AreEqual(1, next.Target!.Item);
        Assert.IsFalse(next.Fallback);
        CollectionAssert.AreEqual(new[] { 1, 10 }, host.Honest.HandedOut);
    }

    [TestMethod]
    public void SuggestNext_LateAnswerNamesThePlaceTaken_IsNotPutBack()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Patient(host.Endpoint) with { FallbackAfter = TimeSpan.Zero };
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 10);
        host.HoldAnswers();

        // Both choose 1.
        var used = (SuggestionReply)session.SuggestNext()!;
        Soon.IsTrue(() => host.Honest.HandedOut.Contains(1), "the host has chosen");
        host.Behave(host.Honest.Answer);
        host.ReleaseHeld();
        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");
        var next = (SuggestionReply)session.SuggestNext(Soon.Limit)!;

        Assert.AreEqual(1, used.Target!.Item);
        Assert.AreEqual(2, next.Target!.Item);
        Assert.IsEmpty(host.Honest.Acted.OfType<ReportSkippedRequest>().ToList());
    }

    [TestMethod]
    public void SuggestNext_CallerWentThereMeanwhile_IsAskedAgain()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 3);
        host.HoldAnswers();
        Assert.IsNull(session.SuggestNext());
        Soon.IsTrue(() => host.Honest.HandedOut.Contains(1), "the host has chosen 1");
        Assert.IsNull(session.Tell(new ReportVisitRequest("s", 1)));
        host.Behave(host.Honest.Answer);
        host.ReleaseHeld();
        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");

        Reply? stale = session.SuggestNext(Soon.Limit);
        Reply? next = session.SuggestNext(Soon.Limit);

        Assert.IsNull(stale);
        Assert.AreEqual(2, Assert.IsInstanceOfType<SuggestionReply>(next).Target!.Item);
    }

    [TestMethod]
    public void SuggestNext_HostStopsBeforeItHearsOfAFreeTarget_IsAskedAgain()
    {
        using var host = new FakeHost();
        var clock = new Testing.HandTurnedClock();
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options, time: clock);
        using ClientSession session = Open(client, options, 2);
        session.Tell(new UpdateStageRequest("s", new StageUm(20, 0, 0)), Soon.Limit);
        host.HoldAnswers();
        Assert.IsNull(session.SuggestNext());
        Soon.IsTrue(() => host.Honest.HandedOut.Contains(1), "the host has chosen 1");
        clock.Advance(options.FallbackAfter);
        Assert.AreEqual(2, ((SuggestionReply)session.SuggestNext()!).Target!.Item);
        Assert.IsNull(session.SuggestNext(TimeSpan.Zero));

        // The host says stop, because 1 is handed out; that nobody went there comes after.
        host.Behave(host.Honest.Answer);
        host.ReleaseHeld();
        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");
        Reply? stale = session.SuggestNext(Soon.Limit);
        Reply? next = session.SuggestNext(Soon.Limit);
        Reply? last = session.SuggestNext(Soon.Limit);

        Assert.IsNull(stale);
        Assert.AreEqual(1, Assert.IsInstanceOfType<SuggestionReply>(next).Target!.Item);
        Assert.AreEqual(SuggestionKind.Stop, Assert.IsInstanceOfType<SuggestionReply>(last).Kind);
    }

    [TestMethod]
    public void SuggestNext_HostComesAndGoes_NoHoleTwiceAndNoneForgotten()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Options(host.Endpoint) with { Deadline = TimeSpan.FromMilliseconds(20), FallbackAfter = TimeSpan.FromMilliseconds(100) };
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 200);
        var random = new Random(3);
        var visited = new HashSet<int>();
        int fallbacks = 0;
        bool up = true;

        while (session.SuggestNext() is var reply && reply is not SuggestionReply { Kind: SuggestionKind.Stop, Fallback: false })
        {
            if (reply is SuggestionReply { Target: { } target } suggestion)
            {
                Assert.IsTrue(visited.Add(target.Item), $"item {target.Item} was suggested twice");
                fallbacks += suggestion.Fallback ? 1 : 0;
                session.Tell(new ReportCtfRequest("s", target.Item, 5), TimeSpan.Zero);
            }
            if (up && visited.Count < 190 && random.Next(10) == 0)
            {
                host.Kill();
                up = false;
            }
            else if (!up && (random.Next(10) == 0 || visited.Count >= 190))
            {
                host.Start();
                up = true;
            }
        }

        Assert.HasCount(200, visited);
        Assert.IsGreaterThan(0, fallbacks);
        Assert.IsLessThan(200, fallbacks);
    }

    [TestMethod]
    public void SuggestNext_OutboxFull_RefusesRatherThanForget()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Options(host.Endpoint) with { OutboxCapacity = 4 };
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 10);
        host.Kill();
        session.SuggestNext();
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        Reply?[] replies = [.. Enumerable.Range(0, 6).Select(_ => session.SuggestNext())];
        host.Start();
        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");

        int[] went = [.. replies.OfType<SuggestionReply>().Select(suggestion => suggestion.Target!.Item)];
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, went);
        Assert.AreEqual(FaultCode.Busy, Assert.IsInstanceOfType<FaultReply>(replies[^1]).Code);
        CollectionAssert.AreEqual(went, host.Honest.Acted.OfType<ReportVisitRequest>().Select(visit => visit.Item).ToArray());
    }

    [TestMethod]
    public void SuggestNext_AnswerOfAnotherType_IsAFault()
    {
        using var host = new FakeHost(message => [MessageCodec.Encode(new AckReply(1).ToMessage(message.RequestId))]);
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options);
        using var session = new ClientSession(client, options, "s");

        Assert.AreEqual(FaultCode.BadFrame, Assert.IsInstanceOfType<FaultReply>(session.SuggestNext(Soon.Limit)).Code);
    }

    [TestMethod]
    public void Dispose_SuggestionNotPickedUp_IsPutBack()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options);
        ClientSession session = Open(client, options, 3);
        host.HoldAnswers();
        Assert.IsNull(session.SuggestNext());
        Soon.IsTrue(() => host.Honest.HandedOut.Count == 1, "the host has chosen");
        host.Behave(host.Honest.Answer);
        host.ReleaseHeld();
        Soon.IsTrue(() => client.Waiting == 0, "the answer is there");

        session.Dispose();

        Soon.IsTrue(() => host.Honest.HandedOut.Count == 0, "the target is put back");
    }

    [TestMethod]
    public void Tell_WithAClock_StampsEveryRequest()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Patient(host.Endpoint);
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 3);

        session.ClockMin = 31.5;
        session.SuggestNext(Soon.Limit);
        session.Tell(new ReportCtfRequest("s", 1, 4) { ClockMin = 30 }, Soon.Limit);
        session.ClockMin = null;
        session.Tell(new ReportCtfRequest("s", 1, 4), Soon.Limit);

        CollectionAssert.AreEqual(new double?[] { 31.5, 30, null }, host.Honest.Acted.Skip(1).Select(request => request.ClockMin).ToArray());
    }

    [TestMethod]
    public void Tell_VisitedSkippedOrMeasured_IsNotSuggestedWhileTheHostIsAway()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Options(host.Endpoint);
        using var client = new BridgeClient(options);
        using ClientSession session = Open(client, options, 6);
        session.Tell(new ReportVisitRequest("s", 1));
        session.Tell(new ReportCtfRequest("s", 2, 4));
        session.Tell(new ReportSkippedRequest("s", 3, SkipReason.MoveFailed));
        session.Tell(new ReportSkippedRequest("s", 4, SkipReason.LooksBad));
        session.Tell(new ReportSkippedRequest("s", 4, SkipReason.Later));
        host.Kill();
        session.SuggestNext();
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        int[] items = [.. Enumerable.Range(0, 3).Select(_ => ((SuggestionReply)session.SuggestNext()!).Target!.Item)];

        CollectionAssert.AreEqual(new[] { 4, 5, 6 }, items);
    }

    private static ClientSession Open(BridgeClient client, BridgeClientOptions options, int holes)
    {
        var session = new ClientSession(client, options, "s");
        Assert.IsInstanceOfType<SessionOpenedReply>(session.Open(Make.Opening("s", Make.Row(holes)), Soon.Limit));
        return session;
    }
}
