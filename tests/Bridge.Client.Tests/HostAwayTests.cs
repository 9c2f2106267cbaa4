using System.Diagnostics;
using Bridge.Client.Tests.Support;
using Bridge.Contracts;

namespace Bridge.Client.Tests;

/// <summary>When the host counts as away, and when again as there.</summary>
[TestClass]
public sealed class HostAwayTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void IsHostAway_BreakAfterUnanswered_BecomesTrueThenFalseWithAnAnswer()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { BreakAfter = 4 });
        Assert.IsFalse(client.IsHostAway);

        PendingRequest pending = client.Submit(new HelloRequest("test"));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");
        int attempts = host.Received.Count;
        host.Behave(host.Honest.Answer);

        Assert.AreEqual(4, attempts);
        Soon.Answered<WelcomeReply>(pending);
        Assert.IsFalse(client.IsHostAway);
        StringAssert.Contains(client.LastError, "no answer from tcp://127.0.0.1:");
    }

    [TestMethod]
    public void IsHostAway_HostAnsweredAMomentAgo_AnswersDoNotHideItsDeath()
    {
        using var host = new FakeHost();
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { BreakAfter = 3 });
        for (int i = 0; i < 100; i++)
            Soon.Answered<WelcomeReply>(client.Submit(new HelloRequest("test")));
        host.Behave(Misbehaviour.Silent);
        int before = host.Received.Count;

        client.Submit(new HelloRequest("test"));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        Assert.AreEqual(3, host.Received.Count - before);
    }

    [TestMethod]
    public void IsHostAway_ShortAttemptsAndManyOfThem_StillBecomesTrue()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { AttemptTimeout = TimeSpan.FromMilliseconds(50), BreakAfter = 8 });

        client.Submit(new HelloRequest("test"));

        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");
        Assert.AreEqual(8, host.Received.Count);
    }

    [TestMethod]
    public void Starter_SomebodyListensButDoesNotAnswer_IsAskedWhenTheHostCountsAsAway()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        int attempts = 0;
        var starter = new CountingStarter(() =>
        {
            attempts = host.Received.Count;
            host.Behave(host.Honest.Answer);
        });
        using var client = new BridgeClient(Make.Options(host.Endpoint), starter);
        Assert.IsNull(client.LastStart);

        PendingRequest pending = client.Submit(new HelloRequest("test"));

        Soon.Answered<WelcomeReply>(pending);
        Assert.AreEqual(1, starter.Asked);
        Assert.AreEqual("start 1", client.LastStart);
        Assert.AreEqual(Make.Options(host.Endpoint).BreakAfter, attempts);
    }

    [TestMethod]
    public void Starter_NobodyListens_IsAskedAtOnceAndTheFirstAttemptIsAnswered()
    {
        using var host = new FakeHost(start: false);
        var starter = new CountingStarter(host.Start);
        // An attempt that had to end first would take longer than this test waits.
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { AttemptTimeout = TimeSpan.FromMinutes(1) }, starter);

        PendingRequest pending = client.Submit(new HelloRequest("test"));

        Soon.Answered<WelcomeReply>(pending);
        Assert.AreEqual(1, starter.Asked);
        Assert.AreEqual("start 1", client.LastStart);
        Assert.IsFalse(client.IsHostAway);
    }

    [TestMethod]
    public void Starter_TakesLong_CallerDoesNotWaitForIt()
    {
        using var host = new FakeHost(start: false);
        using var release = new ManualResetEventSlim();
        bool over = false;
        var starter = new CountingStarter(() =>
        {
            release.Wait(Soon.Limit);
            Volatile.Write(ref over, true);
        });
        using var client = new BridgeClient(Make.Options(host.Endpoint), starter);

        Reply? reply = client.Ask(new HelloRequest("test"));
        Soon.IsTrue(() => starter.Asked == 1, "the starter is at work");
        Reply? second = client.Ask(new HelloRequest("test"));
        bool returnedBefore = !Volatile.Read(ref over);
        release.Set();

        Assert.IsNull(reply);
        Assert.IsNull(second);
        Assert.IsTrue(returnedBefore);
    }

    [TestMethod]
    public void Starter_HostAnswers_IsNotAsked()
    {
        using var host = new FakeHost();
        var starter = new CountingStarter();
        using var client = new BridgeClient(Make.Options(host.Endpoint), starter);

        for (int i = 0; i < 50; i++)
            Soon.Answered<WelcomeReply>(client.Submit(new HelloRequest("test")));

        Assert.AreEqual(0, starter.Asked);
    }

    [TestMethod]
    public void Submit_HostIsBack_IsAnsweredWithinTheBreak()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        BridgeClientOptions options = Make.Options(host.Endpoint) with { BreakFor = TimeSpan.FromSeconds(1) };
        using var client = new BridgeClient(options);
        PendingRequest pending = client.Submit(new HelloRequest("test"));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");
        host.Behave(host.Honest.Answer);
        long back = Stopwatch.GetTimestamp();

        Soon.Answered<WelcomeReply>(pending);

        TimeSpan waited = Stopwatch.GetElapsedTime(back);
        TestContext.WriteLine($"answered {waited.TotalMilliseconds:0} ms after the host was back, with breaks of {options.BreakFor.TotalMilliseconds:0} ms");
        Assert.IsLessThan(options.BreakFor + TimeSpan.FromSeconds(2), waited);
    }
}
