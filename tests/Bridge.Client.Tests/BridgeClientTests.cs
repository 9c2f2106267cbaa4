using Bridge.Client.Tests.Support;
using Bridge.Contracts;

namespace Bridge.Client.Tests;

/// <summary>What happens to requests: carried out in order, once, whatever becomes of the host meanwhile.</summary>
[TestClass]
public sealed class BridgeClientTests
{
    [TestMethod]
    public void Submit_SilentForThreeAttempts_RepeatsTheSameMessage()
    {
        using var host = new FakeHost();
        int attempts = 0;
        host.Behave(message => Interlocked.Increment(ref attempts) <= 3 ? [] : host.Honest.Answer(message));
        using var client = new BridgeClient(Make.Options(host.Endpoint));

        PendingRequest pending = client.Submit(new ReportVisitRequest("s", 7));

        Soon.Answered<AckReply>(pending);
        BridgeMessage[] received = [.. host.Received];
        Assert.IsGreaterThan(3, received.Length);
        foreach (BridgeMessage message in received)
        {
            Assert.AreEqual(pending.RequestId, message.RequestId);
            Assert.AreEqual(received[0].Body.ToString(), message.Body.ToString());
        }
        Assert.HasCount(1, host.Honest.Acted);
    }

    [TestMethod]
    public void Submit_ManyAtOnce_AreCarriedOutInOrder()
    {
        using var host = new FakeHost();
        using var client = new BridgeClient(Make.Patient(host.Endpoint));

        PendingRequest[] all = [.. Enumerable.Range(1, 500).Select(i => client.Submit(new ReportVisitRequest("s", i)))];

        Soon.Answered<AckReply>(all[^1]);
        CollectionAssert.AreEqual(Enumerable.Range(1, 500).ToArray(), host.Honest.Acted.Select(request => ((ReportVisitRequest)request).Item).ToArray());
        Assert.IsTrue(all.All(pending => pending.Reply is AckReply));
    }

    [TestMethod]
    public void Ask_WhileTheHostIsAway_ArrivesOnceAndInOrderWhenItIsBack()
    {
        using var host = new FakeHost(start: false);
        using var client = new BridgeClient(Make.Options(host.Endpoint));
        for (int i = 1; i <= 50; i++)
            Assert.IsNull(client.Ask(new ReportCtfRequest("s", i, 4), TimeSpan.Zero));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        host.Start();

        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");
        CollectionAssert.AreEqual(Enumerable.Range(1, 50).ToArray(), host.Honest.Acted.Select(request => ((ReportCtfRequest)request).Item).ToArray());
        Assert.IsFalse(client.IsHostAway);
    }

    [TestMethod]
    public void Ask_HostDiesAgainAndAgain_NothingIsLostOrDoneTwice()
    {
        using var host = new FakeHost();
        using var client = new BridgeClient(Make.Options(host.Endpoint));
        const int Reports = 300;

        for (int i = 1; i <= Reports; i++)
        {
            client.Submit(new ReportVisitRequest("s", i));
            if (i % 30 == 0)
            {
                Soon.IsTrue(() => host.Honest.Acted.Count > i - 30, "the host is at work");
                host.Kill();
                host.Start();
            }
        }

        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");
        CollectionAssert.AreEqual(Enumerable.Range(1, Reports).ToArray(), host.Honest.Acted.Select(request => ((ReportVisitRequest)request).Item).ToArray());
    }

    [TestMethod]
    public void Submit_OutboxFull_IsRefusedAtOnce()
    {
        using var host = new FakeHost(Misbehaviour.Silent);
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { OutboxCapacity = 3 });
        for (int i = 0; i < 3; i++)
            Assert.IsNull(client.Submit(new HelloRequest("test")).Reply);

        PendingRequest fourth = client.Submit(new HelloRequest("test"));

        Assert.AreEqual(FaultCode.Busy, Assert.IsInstanceOfType<FaultReply>(fourth.Reply).Code);
        Assert.AreEqual(3, client.Waiting);
    }

    [TestMethod]
    public void Submit_HostIsBusy_IsAskedAgainWithTheSameId()
    {
        using var host = new FakeHost();
        int asked = 0;
        host.Behave(message => Interlocked.Increment(ref asked) <= 5
            ? [MessageCodec.Encode(new FaultReply(FaultCode.Busy, "too much").ToMessage(message.RequestId))]
            : host.Honest.Answer(message));
        using var client = new BridgeClient(Make.Options(host.Endpoint));

        PendingRequest pending = client.Submit(new ReportVisitRequest("s", 1));

        Soon.Answered<AckReply>(pending);
        Assert.AreEqual(6, Volatile.Read(ref asked));
        Assert.IsTrue(host.Received.All(message => message.RequestId == pending.RequestId));
        Assert.IsFalse(client.IsHostAway, "a busy host is there");
    }

    [TestMethod]
    public void Submit_AnswerSentThreeTimes_NextRequestGetsItsOwn()
    {
        using var host = new FakeHost();
        host.Behave(message => Enumerable.Repeat(host.Honest.Answer(message).Single(), 3));
        using var client = new BridgeClient(Make.Patient(host.Endpoint));

        PendingRequest[] all = [.. Enumerable.Range(1, 100).Select(i => client.Submit(new ReportVisitRequest("s", i)))];

        for (int i = 0; i < all.Length; i++)
            Assert.AreEqual(i + 1, Soon.Answered<AckReply>(all[i]).Seq);
    }

    [TestMethod]
    public void Submit_GarbageBeforeTheAnswer_IsAnswered()
    {
        using var host = new FakeHost();
        Func<BridgeMessage, IEnumerable<List<byte[]>>> garbage = Misbehaviour.Garbage(seed: 2);
        host.Behave(message => [.. garbage(message), .. host.Honest.Answer(message)]);
        using var client = new BridgeClient(Make.Patient(host.Endpoint));

        PendingRequest[] all = [.. Enumerable.Range(1, 100).Select(i => client.Submit(new ReportVisitRequest("s", i)))];

        foreach (PendingRequest pending in all)
            Soon.Answered<AckReply>(pending);
    }

    [TestMethod]
    [DataRow("bridge/2", "ack", "{\"seq\":1}", FaultCode.UnknownProtocol)]
    [DataRow("bridge/1", "ack", "{\"seq\":", FaultCode.BadFrame)]
    [DataRow("bridge/1", "ack", "{\"seq\":\"one\"}", FaultCode.BadField)]
    [DataRow("bridge/1", "ack", "{\"seq\":1}{", FaultCode.BadFrame)]
    [DataRow("bridge/1", "haiku", "{}", FaultCode.UnknownMessageType)]
    public void Submit_AnswerCannotBeRead_IsAFault(string protocol, string type, string json, FaultCode expected)
    {
        using var host = new FakeHost(message => [Misbehaviour.Unreadable(message, protocol, type, json)]);
        using var client = new BridgeClient(Make.Options(host.Endpoint));

        FaultReply fault = Soon.Answered<FaultReply>(client.Submit(new HelloRequest("test")));

        Assert.AreEqual(expected, fault.Code);
        StringAssert.Contains(fault.Message, "the host's answer cannot be read");
    }

    [TestMethod]
    public void Submit_RequestThatCannotBeEncoded_IsAFaultAndTheNextIsCarriedOut()
    {
        using var host = new FakeHost();
        using var client = new BridgeClient(Make.Patient(host.Endpoint));

        PendingRequest bad = client.Submit(new HelloRequest("half a pair: \ud800"));
        PendingRequest good = client.Submit(new HelloRequest("whole"));

        Assert.AreEqual(FaultCode.BadField, Soon.Answered<FaultReply>(bad).Code);
        Soon.Answered<WelcomeReply>(good);
    }

    [TestMethod]
    public void Submit_MessageBeyondTheLimit_IsAFaultAndTheNextIsCarriedOut()
    {
        using var host = new FakeHost();
        using var client = new BridgeClient(Make.Patient(host.Endpoint));

        PendingRequest huge = client.Submit(new HelloRequest(new string('x', Protocol.MaxJsonBytes)));
        PendingRequest good = client.Submit(new HelloRequest("small"));

        Assert.AreEqual(FaultCode.TooLarge, Soon.Answered<FaultReply>(huge).Code);
        Soon.Answered<WelcomeReply>(good);
        Assert.HasCount(1, host.Received);
    }

    [TestMethod]
    public void Submit_RequestThatThrows_IsAFaultAndTheNextIsCarriedOut()
    {
        using var host = new FakeHost();
        using var client = new BridgeClient(Make.Patient(host.Endpoint));

        PendingRequest bad = client.Submit(new OpenSessionRequest("s") { Targets = [null!] });
        PendingRequest good = client.Submit(new HelloRequest("test"));

        Assert.AreEqual(FaultCode.Internal, Soon.Answered<FaultReply>(bad).Code);
        Soon.Answered<WelcomeReply>(good);
        StringAssert.Contains(client.LastError, "open_session");
    }

    [TestMethod]
    public void AnsweredLate_CallerWaitedInVain_GetsTheAnswer()
    {
        using var host = new FakeHost();
        host.HoldAnswers();
        using var client = new BridgeClient(Make.Patient(host.Endpoint));
        Reply? late = null;
        client.AnsweredLate += (_, reply) => Volatile.Write(ref late, reply);

        Reply? reply = client.Ask(new ReportVisitRequest("s", 1));
        Soon.IsTrue(() => host.Honest.Acted.Count == 1, "the host has it");
        host.ReleaseHeld();

        Assert.IsNull(reply);
        Soon.IsTrue(() => Volatile.Read(ref late) is AckReply, "the late answer is told");
    }

    [TestMethod]
    public void AnsweredLate_HandlerThrows_TheNextIsCarriedOut()
    {
        using var host = new FakeHost(start: false);
        using var client = new BridgeClient(Make.Patient(host.Endpoint));
        client.AnsweredLate += (_, _) => throw new InvalidOperationException("a bug of the handler");
        Assert.IsNull(client.Ask(new HelloRequest("late"), TimeSpan.Zero));
        PendingRequest next = client.Submit(new HelloRequest("next"));

        host.Start();

        Soon.Answered<WelcomeReply>(next);
        StringAssert.Contains(client.LastError, "a bug of the handler");
    }

    [TestMethod]
    public void Ask_ManyClientsInOneProcess_EachGetsItsAnswers()
    {
        using var host = new FakeHost();
        var clients = Enumerable.Range(0, 30).Select(_ => new BridgeClient(Make.Patient(host.Endpoint))).ToList();

        Parallel.ForEach(clients, client =>
        {
            for (int i = 1; i <= 20; i++)
                Assert.IsInstanceOfType<AckReply>(client.Ask(new ReportVisitRequest("s", i), Soon.Limit));
        });

        Assert.HasCount(30 * 20, host.Honest.Acted);
        clients.ForEach(client => client.Dispose());
    }

    [TestMethod]
    public void Submit_FromManyThreads_EachIsCarriedOutOnce()
    {
        using var host = new FakeHost();
        using var client = new BridgeClient(Make.Patient(host.Endpoint));

        Parallel.For(1, 401, i => client.Submit(new ReportVisitRequest("s", i)));

        Soon.IsTrue(() => client.Waiting == 0, "the outbox is empty");
        CollectionAssert.AreEqual(Enumerable.Range(1, 400).ToArray(), host.Honest.Acted.Select(request => ((ReportVisitRequest)request).Item).Order().ToArray());
    }
}
