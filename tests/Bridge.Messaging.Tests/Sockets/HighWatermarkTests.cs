using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Core;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Sockets;

[TestClass]
public class HighWatermarkTests
{
    [TestMethod]
    public void Dealer_NobodyConnected_QueuesUpToTheMarkThenRefuses()
    {
        using DealerSocket dealer = new();
        dealer.Options.SendHighWatermark = 3;
        dealer.Connect("tcp://127.0.0.1:1");   // nobody listens there

        bool[] taken = [.. Enumerable.Range(0, 5).Select(_ => dealer.TrySendFrame("x"))];

        CollectionAssert.AreEqual(new[] { true, true, true, false, false }, taken);
        Assert.IsFalse(dealer.HasOut);
    }

    [TestMethod]
    public void Dealer_WithoutAnyEndpoint_RefusesAtOnceOrAfterTheTimeout()
    {
        using DealerSocket dealer = new();

        Assert.IsFalse(dealer.TrySendFrame("x"));
        Assert.IsFalse(dealer.TrySendFrame(Make.Moment, "x"));
    }

    [TestMethod]
    public void TrySend_LastFrameRefused_CanBeTriedAgainAndTheMessageIsWhole()
    {
        using RouterSocket router = new();
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using DealerSocket dealer = new();
        dealer.SendMoreFrame("first");

        bool early = dealer.TrySendFrame("last");
        dealer.Connect(Make.At(port));
        bool late = dealer.TrySendFrame("last");

        Assert.IsFalse(early);
        Assert.IsTrue(late);
        NetMQMessage message = Make.Receive(router);
        Assert.AreEqual(3, message.FrameCount);
        Assert.AreEqual("first", message[1].ConvertToString());
    }

    [TestMethod]
    public void Send_RouterDoesNotReceive_BlocksAtTheMarksAndLosesNothing()
    {
        using RouterSocket router = new();
        router.Options.ReceiveHighWatermark = 5;
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using DealerSocket dealer = new();
        dealer.Options.SendHighWatermark = 5;
        dealer.Connect(Make.At(port));
        byte[] payload = new byte[200_000];
        int sent = 0;

        while (dealer.TrySendFrame(Make.Moment * 5, payload))
        {
            sent++;
        }
        Assert.IsLessThanOrEqualTo(6 * (payload.Length + 3L * Limits.MessageOverhead), router.Engine.HeldBytes);
        for (int i = 0; i < sent; i++)
        {
            Assert.AreEqual(payload.Length, Make.Receive(router).Last.MessageSize);
        }

        Assert.IsGreaterThanOrEqualTo(10, sent);
        Assert.IsTrue(dealer.TrySendFrame(Make.Soon, payload));
        Make.Receive(router);
    }

    [TestMethod]
    public void Receive_MessagesInOneReadBeyondTheMark_AllArriveInOrder()
    {
        using RouterSocket router = new();
        router.Options.ReceiveHighWatermark = 3;
        using RawPeer peer = new RawPeer(router.BindRandomPort("tcp://127.0.0.1")).Handshake();
        byte[] burst = [.. Enumerable.Range(0, 200).SelectMany(i => new byte[] { 0, 1, (byte)i })];

        peer.Send(burst);

        for (int i = 0; i < 200; i++)
        {
            Assert.AreEqual((byte)i, Make.Receive(router).Last.Buffer[0]);
        }
    }

    [TestMethod]
    public void Router_PeerDoesNotRead_OthersAreServedAndItsQueueIsBounded()
    {
        using RouterSocket router = new();
        router.Options.SendHighWatermark = 20;
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using RawPeer slow = new RawPeer(port, receiveBuffer: 4096).Handshake(identity: [7]);
        using DealerSocket honest = Make.Dealer(port, "honest");
        byte[] payload = new byte[50_000];

        for (int i = 0; i < 2_000; i++)
        {
            router.SendMoreFrame([7]).SendFrame(payload);
            if (i % 10 == 0)
            {
                honest.SendFrame($"{i}");
                router.SendMultipartMessage(Make.Receive(router));
                Assert.AreEqual($"{i}", Make.ReceiveString(honest));
            }
        }

        Assert.IsLessThanOrEqualTo(21 * (payload.Length + 9L), router.Engine.HeldBytes);
    }

    [TestMethod]
    public void Router_MandatoryAndPeerFull_RefusesInsteadOfDropping()
    {
        using RouterSocket router = new();
        router.Options.SendHighWatermark = 2;
        router.Options.RouterMandatory = true;
        using RawPeer slow = new RawPeer(router.BindRandomPort("tcp://127.0.0.1"), receiveBuffer: 4096).Handshake(identity: [7]);
        byte[] payload = new byte[1_000_000];

        bool refused = Enumerable.Range(0, 100).Any(_ => !router.TrySendMultipartBytes([7], payload));

        Assert.IsTrue(refused);
    }
}
