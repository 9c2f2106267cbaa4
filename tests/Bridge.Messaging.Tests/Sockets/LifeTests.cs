using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Core.Wire;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Sockets;

/// <summary>Reconnecting, heartbeats, lingering, time limits, the end of the process.</summary>
[TestClass]
[DoNotParallelize]   // Cleanup ends every socket of the process
public class LifeTests
{
    [TestMethod]
    public void Connect_BeforeAnyoneIsBound_DeliversWhatWasQueued()
    {
        int port = FreePort();
        using DealerSocket dealer = Make.Dealer(port);
        dealer.SendFrame("early");

        using RouterSocket router = new($"@{Make.At(port)}");

        Assert.AreEqual("early", Make.Receive(router).Last.ConvertToString());
    }

    [TestMethod]
    public void Reconnect_RouterDisposedAndBoundAgain_TalkGoesOn()
    {
        RouterSocket first = Make.Router(out int port);
        using DealerSocket dealer = Make.Dealer(port, "me");
        dealer.SendFrame("one");
        Assert.AreEqual("one", Make.Receive(first).Last.ConvertToString());
        first.Dispose();
        Make.Eventually(() => dealer.Engine.ConnectionCount == 0, "the dealer sees the end");
        dealer.SendFrame("two");

        using RouterSocket second = new($"@{Make.At(port)}");
        NetMQMessage message = Make.Receive(second);
        second.SendMultipartMessage(message);

        Assert.AreEqual("me", message.First.ConvertToString());
        Assert.AreEqual("two", Make.ReceiveString(dealer));
    }

    [TestMethod]
    public void Heartbeat_PeerAnswersNothing_IsDroppedAndPeerWithTtlToo()
    {
        using EventLog log = new();
        using RouterSocket router = new();
        router.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        router.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(100);
        using RawPeer silent = new RawPeer(router.BindRandomPort("tcp://127.0.0.1")).Handshake(confirm: false);

        (byte flags, byte[] ping) = silent.ReceiveFrame();

        Assert.AreEqual(FrameCodec.Command, flags);
        CollectionAssert.AreEqual("\u0004PING\0\0"u8.ToArray(), ping);
        Assert.IsTrue(silent.IsClosedByPeer());
        Assert.IsTrue(log.WaitFor("the peer was silent"));
    }

    [TestMethod]
    public void Heartbeat_PeerThatToldItsTtlFallsSilent_IsDropped()
    {
        using RouterSocket router = Make.Router(out int port);
        using RawPeer peer = new RawPeer(port).Handshake();

        peer.Send(Command.Ping(ttlDeciseconds: 2));

        CollectionAssert.AreEqual("\u0004PONG"u8.ToArray(), peer.ReceiveFrame().Body);
        Assert.IsTrue(peer.IsClosedByPeer());
    }

    [TestMethod]
    public void Ping_WithContext_IsAnsweredWithItAndATooLongOneCloses()
    {
        using RouterSocket router = Make.Router(out int port);
        using RawPeer peer = new RawPeer(port).Handshake();

        peer.Send(Command.Encode("PING", [0, 0, 1, 2, 3]));

        CollectionAssert.AreEqual("\u0004PONG\u0001\u0002\u0003"u8.ToArray(), peer.ReceiveFrame().Body);
        peer.Send(Command.Encode("PING", new byte[2 + 17]));
        Assert.IsTrue(peer.IsClosedByPeer());
    }

    [TestMethod]
    public void Dispose_WithLinger_StillDeliversWhatIsQueued()
    {
        int port = FreePort();
        DealerSocket dealer = new();
        dealer.Options.Linger = TimeSpan.FromSeconds(20);
        dealer.Connect(Make.At(port));
        byte[] payload = Make.Payload(5_000_000);
        for (int i = 0; i < 5; i++)
        {
            dealer.SendFrame(payload);
        }

        dealer.Dispose();

        using RouterSocket router = new($"@{Make.At(port)}");
        for (int i = 0; i < 5; i++)
        {
            Assert.IsTrue(Make.Receive(router).Last.Equals(payload));
        }
        Make.Eventually(() => dealer.Engine.IsFinished, "nothing is left of the socket");
    }

    [TestMethod]
    public void Dispose_WithoutLinger_DropsAndEndsAtOnce()
    {
        DealerSocket dealer = new();
        dealer.Connect("tcp://127.0.0.1:1");
        dealer.SendFrame("x");

        dealer.Dispose();

        Assert.IsTrue(dealer.Engine.IsFinished);
    }

    [TestMethod]
    public void Dispose_LingerOverAndNobodyThere_Ends()
    {
        DealerSocket dealer = new();
        dealer.Options.Linger = TimeSpan.FromMilliseconds(50);
        dealer.Connect("tcp://127.0.0.1:1");
        dealer.SendFrame("x");

        dealer.Dispose();

        Make.Eventually(() => dealer.Engine.IsFinished, "the linger time is over");
    }

    [TestMethod]
    public void TryReceive_NothingComes_ReturnsFalseAfterTheTimeout()
    {
        using RouterSocket router = Make.Router(out _);
        Stopwatch clock = Stopwatch.StartNew();

        bool atOnce = router.TryReceiveFrameBytes(out _);
        bool later = router.TryReceiveFrameBytes(TimeSpan.FromMilliseconds(300), out _);

        Assert.IsFalse(atOnce);
        Assert.IsFalse(later);
        Assert.IsGreaterThanOrEqualTo(290, clock.ElapsedMilliseconds);
    }

    [TestMethod]
    public void Cleanup_WhileAnotherThreadReceives_ItThrowsAndNewSocketsWork()
    {
        using RouterSocket router = Make.Router(out _);
        Task<Exception?> waiting = Task.Run(() => Record(() => router.ReceiveFrameBytes()));

        NetMQConfig.Cleanup();

        Assert.IsTrue(waiting.Wait(Make.Soon));
        Assert.IsInstanceOfType<TerminatingException>(waiting.Result);
        using RouterSocket second = Make.Router(out int port);
        using DealerSocket dealer = Make.Dealer(port);
        dealer.SendFrame("x");
        Assert.AreEqual("x", Make.Receive(second).Last.ConvertToString());
    }

    [TestMethod]
    public void Dispose_WhileAnotherThreadReceives_ItThrows()
    {
        RouterSocket router = Make.Router(out _);
        Task<Exception?> waiting = Task.Run(() => Record(() => router.ReceiveFrameBytes()));

        router.Dispose();

        Assert.IsTrue(waiting.Wait(Make.Soon));
        Assert.IsInstanceOfType<ObjectDisposedException>(waiting.Result);
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
