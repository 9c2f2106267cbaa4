using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Core;
using NetMQ.Core.Wire;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Sockets;

[TestClass]
public class PublishSubscribeTests
{
    [TestMethod]
    public void Publish_SeveralTopics_EachSubscriberGetsItsOwn()
    {
        using PublisherSocket publisher = new();
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using SubscriberSocket holes = Subscriber(port, "hole"), all = Subscriber(port, "");
        using NetMQTimerLoop loop = new(publisher, () =>
        {
            publisher.SendMoreFrame("grid 1").SendFrame("g");
            publisher.SendMoreFrame("hole 1").SendFrame("h");
        });

        string[] ofAll = [.. Enumerable.Range(0, 20).Select(_ => Make.Receive(all).First.ConvertToString()).Distinct().Order()];

        CollectionAssert.AreEqual(new[] { "grid 1", "hole 1" }, ofAll);
        for (int i = 0; i < 20; i++)
        {
            Assert.AreEqual("hole 1", Make.Receive(holes).First.ConvertToString());
        }
    }

    [TestMethod]
    public void Subscribe_PeerOfZmtp30_IsToldByMessagesAndOf31ByCommands()
    {
        using SubscriberSocket subscriber = new();
        int port = subscriber.BindRandomPort("tcp://127.0.0.1");
        subscriber.Subscribe("ab");
        using RawPeer old = new RawPeer(port).Handshake("PUB", minor: 0, confirm: false), current = new RawPeer(port).Handshake("XPUB", minor: 1, confirm: false);

        (byte Flags, byte[] Body) toOld = old.ReceiveFrame(), toCurrent = current.ReceiveFrame();
        subscriber.Unsubscribe("ab");
        (byte Flags, byte[] Body) endToOld = old.ReceiveFrame(), endToCurrent = current.ReceiveFrame();

        Assert.AreEqual(0, toOld.Flags);
        CollectionAssert.AreEqual("\u0001ab"u8.ToArray(), toOld.Body);
        CollectionAssert.AreEqual("\u0000ab"u8.ToArray(), endToOld.Body);
        Assert.AreEqual(FrameCodec.Command, toCurrent.Flags);
        CollectionAssert.AreEqual("\u0009SUBSCRIBEab"u8.ToArray(), toCurrent.Body);
        CollectionAssert.AreEqual("\u0006CANCELab"u8.ToArray(), endToCurrent.Body);
    }

    [TestMethod]
    public void Publish_SubscribedByMessageOrByCommand_Arrives()
    {
        using PublisherSocket publisher = new();
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using RawPeer old = new RawPeer(port).Handshake("SUB", minor: 0), current = new RawPeer(port).Handshake("SUB", minor: 1);
        old.SendFrame("\u0001a"u8.ToArray());
        current.Send(Command.Encode("SUBSCRIBE", "a"u8));
        using NetMQTimerLoop loop = new(publisher, () => publisher.SendFrame("abc"));

        CollectionAssert.AreEqual("abc"u8.ToArray(), old.ReceiveFrame().Body);
        CollectionAssert.AreEqual("abc"u8.ToArray(), current.ReceiveFrame().Body);
    }

    [TestMethod]
    public void Subscribe_PublisherGoneAndBack_IsSubscribedAgain()
    {
        PublisherSocket first = new();
        int port = first.BindRandomPort("tcp://127.0.0.1");
        using SubscriberSocket subscriber = Subscriber(port, "a");
        using (new NetMQTimerLoop(first, () => first.SendFrame("a1")))
        {
            Assert.AreEqual("a1", Make.ReceiveString(subscriber));
        }
        first.Dispose();

        using PublisherSocket second = new($"@{Make.At(port)}");
        using NetMQTimerLoop loop = new(second, () => second.SendFrame("a2"));

        Assert.IsTrue(SpinWait.SpinUntil(() => Make.ReceiveString(subscriber) == "a2", Make.Soon));
    }

    [TestMethod]
    public void Publish_SubscriberDoesNotRead_DropsForItAndHoldsABoundedQueue()
    {
        using PublisherSocket publisher = new();
        publisher.Options.SendHighWatermark = 10;
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using RawPeer slow = new RawPeer(port, receiveBuffer: 4096).Handshake("SUB");
        slow.Send(Command.Encode("SUBSCRIBE", ""u8));
        using SubscriberSocket good = Subscriber(port, "");
        byte[] payload = new byte[100_000];
        int received = 0;

        Make.Eventually(() =>
        {
            publisher.SendFrame(payload);
            received += good.TryReceiveFrameBytes(Make.Moment, out _) ? 1 : 0;
            return received >= 300;
        }, "the good subscriber gets its messages");

        Assert.IsLessThanOrEqualTo(11 * (payload.Length + 9L), publisher.Engine.HeldBytes);
    }

    [TestMethod]
    public void Publish_PeerWithTooManySubscriptions_IsClosed()
    {
        using PublisherSocket publisher = new();
        using RawPeer peer = new RawPeer(publisher.BindRandomPort("tcp://127.0.0.1")).Handshake("SUB");

        for (int i = 0; i <= Limits.Subscriptions; i++)
        {
            peer.Send(Command.Encode("SUBSCRIBE", BitConverter.GetBytes(i)));
        }

        Assert.IsTrue(peer.IsClosedByPeer());
    }

    [TestMethod]
    public void SendOrReceive_InTheWrongDirection_IsNotSupported()
    {
        using PublisherSocket publisher = new();
        using SubscriberSocket subscriber = new();

        Assert.ThrowsExactly<NotSupportedException>(() => publisher.TryReceiveFrameBytes(out _));
        Assert.ThrowsExactly<NotSupportedException>(() => subscriber.SendFrame("x"));
    }

    private static SubscriberSocket Subscriber(int port, string topic)
    {
        SubscriberSocket subscriber = new($">{Make.At(port)}");
        subscriber.Subscribe(topic);
        return subscriber;
    }
}
