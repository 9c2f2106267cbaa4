using System.Diagnostics;
using Bridge.Client.Tests.Support;
using Bridge.Contracts;
using NetMQ;

namespace Bridge.Client.Tests;

/// <summary>How a client begins and ends.</summary>
[TestClass]
public sealed class LifetimeTests
{
    /// <summary>Dispose takes a second at most; the rest is for a busy machine.</summary>
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    [TestMethod]
    public void Thread_StartsWithTheFirstRequestAndEndsWithTheClient()
    {
        using var host = new FakeHost();
        int before = ClientThreads.Count();
        var client = new BridgeClient(Make.Patient(host.Endpoint), new CountingStarter());
        using var session = new ClientSession(client, Make.Patient(host.Endpoint), "s");
        int constructed = ClientThreads.Count();

        Assert.IsInstanceOfType<WelcomeReply>(client.Ask(new HelloRequest("test"), Soon.Limit));
        int asked = ClientThreads.Count();
        client.Dispose();

        Assert.AreEqual(before, constructed);
        Assert.AreEqual(before + 1, asked);
        Soon.IsTrue(() => ClientThreads.Count() == before, "the thread is gone");
    }

    [TestMethod]
    public void Dispose_NeverUsed_DoesNothing()
    {
        var client = new BridgeClient(new BridgeClientOptions());

        client.Dispose();

        Assert.AreEqual(0, client.Waiting);
    }

    [TestMethod]
    public void Dispose_Twice_DoesNothingTheSecondTime()
    {
        using var host = new FakeHost();
        var client = new BridgeClient(Make.Patient(host.Endpoint));
        Soon.Answered<WelcomeReply>(client.Submit(new HelloRequest("test")));

        client.Dispose();
        client.Dispose();

        Assert.AreEqual(0, client.Waiting);
    }

    [TestMethod]
    public void Submit_AfterDispose_IsAFault()
    {
        using var host = new FakeHost();
        var client = new BridgeClient(Make.Patient(host.Endpoint));
        client.Dispose();

        Reply? reply = client.Ask(new HelloRequest("test"));

        Assert.AreEqual(FaultCode.HostUnreachable, Assert.IsInstanceOfType<FaultReply>(reply).Code);
        Assert.IsEmpty(host.Received);
    }

    [TestMethod]
    public void Dispose_RequestsWaitAndTheHostAnswers_TheyStillArrive()
    {
        using var host = new FakeHost();
        var client = new BridgeClient(Make.Patient(host.Endpoint));
        Soon.Answered<WelcomeReply>(client.Submit(new HelloRequest("test")));
        PendingRequest[] last = [.. Enumerable.Range(1, 5).Select(i => client.Submit(new ReportVisitRequest("s", i)))];

        client.Dispose();

        Assert.IsTrue(last.All(pending => pending.Reply is AckReply));
        Assert.HasCount(6, host.Honest.Acted);
    }

    [TestMethod]
    public void Dispose_SilentHost_AnswersWhatWaitsWithAFault()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        var client = new BridgeClient(Make.Patient(host.Endpoint) with { AttemptTimeout = TimeSpan.FromMinutes(1) });
        PendingRequest[] all = [.. Enumerable.Range(1, 3).Select(i => client.Submit(new ReportVisitRequest("s", i)))];
        Soon.IsTrue(() => !host.Received.IsEmpty, "the first is under way");

        AssertDisposesInTime(client);

        foreach (PendingRequest pending in all)
            Assert.AreEqual(FaultCode.HostUnreachable, Soon.Answered<FaultReply>(pending).Code);
    }

    [TestMethod]
    public void Dispose_HostIsAway_DoesNotWaitForTheBreak()
    {
        using var host = new FakeHost(start: false);
        var client = new BridgeClient(Make.Options(host.Endpoint) with { BreakFor = TimeSpan.FromMinutes(1) });
        PendingRequest pending = client.Submit(new HelloRequest("test"));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        AssertDisposesInTime(client);

        Soon.Answered<FaultReply>(pending);
    }

    [TestMethod]
    public void Dispose_CallerWaits_CallerIsAnswered()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        var client = new BridgeClient(Make.Patient(host.Endpoint));
        PendingRequest pending = client.Submit(new HelloRequest("test"));
        Task<Reply?> caller = Task.Run(() => pending.Wait(Soon.Limit));

        client.Dispose();

        Assert.IsTrue(caller.Wait(Soon.Limit));
        Assert.IsInstanceOfType<FaultReply>(caller.Result);
    }

    [TestMethod]
    public void Dispose_CallersGaveUp_NoEventComesOfIt()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        var client = new BridgeClient(Make.Options(host.Endpoint));
        int events = 0;
        client.AnsweredLate += (_, _) => Interlocked.Increment(ref events);
        for (int i = 1; i <= 3; i++)
            Assert.IsNull(client.Ask(new ReportVisitRequest("s", i), TimeSpan.Zero));

        client.Dispose();

        Soon.IsTrue(() => client.Waiting == 0, "all are answered");
        Assert.AreEqual(0, events);
    }

    [TestMethod]
    public void Dispose_FromAHandler_DoesNotWaitForItself()
    {
        using var host = new FakeHost(start: false);
        var client = new BridgeClient(Make.Patient(host.Endpoint));
        TimeSpan? took = null;
        client.AnsweredLate += (_, _) =>
        {
            long start = Stopwatch.GetTimestamp();
            client.Dispose();
            took = Stopwatch.GetElapsedTime(start);
        };
        Assert.IsNull(client.Ask(new HelloRequest("late"), TimeSpan.Zero));
        PendingRequest next = client.Submit(new HelloRequest("next"));

        host.Start();

        Soon.Answered<FaultReply>(next);
        Assert.IsLessThan(DisposeLimit, took!.Value);
    }

    [TestMethod]
    public void Dispose_WhileOthersSubmit_EveryRequestIsAnswered()
    {
        using var host = new FakeHost();
        var client = new BridgeClient(Make.Patient(host.Endpoint));
        var all = new System.Collections.Concurrent.ConcurrentBag<PendingRequest>();
        Task[] submitters = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 1; i <= 2000; i++)
                all.Add(client.Submit(new ReportVisitRequest("s", i)));
        }))];
        Soon.IsTrue(() => !host.Received.IsEmpty, "the first is under way");

        client.Dispose();

        Assert.IsTrue(Task.WaitAll(submitters, Soon.Limit));
        foreach (PendingRequest pending in all)
            Assert.IsNotNull(pending.Wait(Soon.Limit));
    }

    [TestMethod]
    public void NetMQCleanup_SocketIsTakenAway_TheRequestGoesOutOnANewOne()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        using var client = new BridgeClient(Make.Options(host.Endpoint));
        PendingRequest pending = client.Submit(new HelloRequest("test"));
        Soon.IsTrue(() => !host.Received.IsEmpty, "the first attempt is under way");
        host.Kill();

        NetMQConfig.Cleanup(block: false);
        host.Behave(host.Honest.Answer);
        host.Start();

        Soon.Answered<WelcomeReply>(pending);
    }

    private static void AssertDisposesInTime(BridgeClient client)
    {
        long start = Stopwatch.GetTimestamp();
        client.Dispose();
        Assert.IsLessThan(DisposeLimit, Stopwatch.GetElapsedTime(start));
    }
}
