using System.Net;
using System.Net.Sockets;
using System.Text;
using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Core;
using NetMQ.Core.Wire;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Sockets;

[TestClass]
public class RouterDealerTests
{
    [TestMethod]
    public void RoundTrip_MessageOfSeveralFrames_KeepsFramesAndIdentity()
    {
        using RouterSocket router = Make.Router(out int port);
        using DealerSocket dealer = Make.Dealer(port, "client-1");

        dealer.SendMoreFrame("bridge/1").SendMoreFrameEmpty().SendFrame([1, 2, 3]);
        NetMQMessage request = Make.Receive(router);
        router.SendMultipartMessage(request);
        NetMQMessage reply = Make.Receive(dealer);

        Assert.AreEqual(4, request.FrameCount);
        Assert.AreEqual("client-1", request.First.ConvertToString());
        Assert.AreEqual(3, reply.FrameCount);
        Assert.AreEqual("bridge/1", reply[0].ConvertToString());
        Assert.IsTrue(reply[1].IsEmpty);
        Assert.IsTrue(reply[2].Equals([1, 2, 3]));
    }

    [TestMethod]
    public void Dealer_WithoutReconnecting_TakesNothingMoreOnceItsPeerIsGone()
    {
        DealerSocket dealer = new();
        using (dealer)
        {
            dealer.Options.ReconnectInterval = TimeSpan.FromMilliseconds(-1);
            using (RouterSocket router = Make.Router(out int port))
            {
                dealer.Connect(Make.At(port));
                dealer.SendFrame("first");
                Make.Receive(router);
                Assert.IsTrue(dealer.HasOut);
            }

            Make.Eventually(() => !dealer.HasIn && !dealer.HasOut, "the connection counts as lost");
            Assert.IsFalse(dealer.TrySendFrame(Make.Moment, "second"));
        }
    }

    [TestMethod]
    public void Dealer_WithoutReconnectingAndNobodyListens_TakesNothing()
    {
        int port;
        using (Make.Router(out port))
        {
            // A port that was free a moment ago.
        }
        using DealerSocket dealer = new();
        dealer.Options.ReconnectInterval = TimeSpan.FromMilliseconds(-1);
        dealer.Connect(Make.At(port));

        Make.Eventually(() => !dealer.HasIn && !dealer.HasOut, "the attempt counts as failed");
    }

    [TestMethod]
    public void ReceiveFrame_MessageOfSeveralFrames_TellsWhetherMoreFollow()
    {
        using RouterSocket router = Make.Router(out int port);
        using DealerSocket dealer = Make.Dealer(port);

        dealer.SendMoreFrame("a").SendFrame("b");

        Assert.IsTrue(router.TryReceiveFrameBytes(Make.Soon, out byte[]? identity, out bool more));
        Assert.IsTrue(more);
        Assert.HasCount(5, identity);
        Assert.AreEqual(0, identity[0]);
        Assert.AreEqual("a", router.ReceiveFrameString(out more));
        Assert.IsTrue(more);
        Assert.AreEqual("b", router.ReceiveFrameString(out more));
        Assert.IsFalse(more);
        Assert.IsFalse(router.TryReceiveFrameString(out _));
    }

    [TestMethod]
    public void Send_BufferChangedAfterwards_ArrivesAsItWas()
    {
        using RouterSocket router = Make.Router(out int port);
        using DealerSocket dealer = Make.Dealer(port);
        byte[] buffer = [1, 1, 1, 1];

        dealer.SendMoreFrame(buffer);
        buffer[0] = 2;
        dealer.SendFrame(buffer, 2);
        buffer[0] = 3;

        NetMQMessage message = Make.Receive(router);
        Assert.IsTrue(message[1].Equals([1, 1, 1, 1]));
        Assert.IsTrue(message[2].Equals([2, 1]));
    }

    [TestMethod]
    public void Send_UnknownPeer_IsDroppedOrThrowsWhereMandatory()
    {
        using RouterSocket router = Make.Router(out _);

        router.SendMoreFrame("nobody").SendFrame("x");
        router.Options.RouterMandatory = true;

        HostUnreachableException e = Assert.ThrowsExactly<HostUnreachableException>(() => router.SendMoreFrame("nobody").SendFrame("x"));
        Assert.Contains(Convert.ToHexString(Encoding.ASCII.GetBytes("nobody")), e.Message);
        // The refused message is gone whole: the next one is not appended to it.
        router.SendMoreFrame("left over");
        Assert.ThrowsExactly<HostUnreachableException>(() => router.SendMultipartBytes([1], [2]));
        Assert.Contains("6E6F", Assert.ThrowsExactly<HostUnreachableException>(() => router.SendMultipartBytes("no"u8.ToArray(), [2])).Message);
    }

    [TestMethod]
    public void Attach_SecondPeerWithTheSameIdentity_IsRefused()
    {
        using RouterSocket router = Make.Router(out int port);
        using RawPeer first = new RawPeer(port).Handshake(identity: [7]);

        using RawPeer second = new(port);
        second.Send(Greeting.Build("NULL", asServer: false));
        second.Send(Command.Encode("READY", new Metadata("DEALER", [7]).Encode()));

        Assert.IsTrue(second.IsClosedByPeer());
        first.SendFrame([1]);
        Assert.IsTrue(Make.Receive(router).Last.Equals([1]));
    }

    [TestMethod]
    public void Attach_SecondPeerWithTheSameIdentityAndHandover_TakesOver()
    {
        using RouterSocket router = Make.Router(out int port);
        router.Options.RouterHandover = true;
        using RawPeer first = new RawPeer(port).Handshake(identity: [7]);

        using RawPeer second = new RawPeer(port).Handshake(identity: [7]);

        Assert.IsTrue(first.IsClosedByPeer());
        second.SendFrame([2]);
        router.SendMultipartMessage(Make.Receive(router));
        CollectionAssert.AreEqual(new byte[] { 2 }, second.ReceiveFrame().Body);
    }

    [TestMethod]
    public void Dealer_SeveralRouters_GetTheMessagesInTurn()
    {
        using RouterSocket a = Make.Router(out int portA), b = Make.Router(out int portB);
        using DealerSocket dealer = new($">{Make.At(portA)},>{Make.At(portB)}");

        for (int i = 0; i < 4; i++)
        {
            dealer.SendFrame($"{i}");
        }

        Assert.AreEqual("0", Make.Receive(a).Last.ConvertToString());
        Assert.AreEqual("2", Make.Receive(a).Last.ConvertToString());
        Assert.AreEqual("1", Make.Receive(b).Last.ConvertToString());
        Assert.AreEqual("3", Make.Receive(b).Last.ConvertToString());
    }

    [TestMethod]
    public void Router_OnePeerFloods_TheOthersAreHeardInBetween()
    {
        using RouterSocket router = Make.Router(out int port);
        using DealerSocket loud = Make.Dealer(port, "loud"), quiet = Make.Dealer(port, "quiet");
        for (int i = 0; i < 500; i++)
        {
            loud.SendFrame("x");
        }
        quiet.SendFrame("x");
        Make.Eventually(() => router.Engine.HeldBytes == 501 * (1 + Limits.MessageOverhead), "all messages are in");

        int before = 0;
        while (Make.Receive(router).First.ConvertToString() != "quiet")
        {
            before++;
        }

        Assert.IsLessThan(10, before);
    }

    [TestMethod]
    [DataRow("PUB")]
    [DataRow("SUB")]
    [DataRow("REP")]
    [DataRow("PAIR")]
    [DataRow("")]
    public void Handshake_TypeThatDoesNotFit_IsClosed(string type)
    {
        using RouterSocket router = Make.Router(out int port);
        using RawPeer peer = new(port);

        peer.Send(Greeting.Build("NULL", asServer: false));
        peer.Send(Command.Encode("READY", new Metadata(type, []).Encode()));

        Assert.IsTrue(peer.IsClosedByPeer());
    }

    [TestMethod]
    public void Bind_PortInUse_ThrowsAndNamesIt()
    {
        using RouterSocket router = Make.Router(out int port);
        using RouterSocket second = new();

        AddressAlreadyInUseException e = Assert.ThrowsExactly<AddressAlreadyInUseException>(() => second.Bind(Make.At(port)));

        Assert.Contains(Make.At(port), e.Message);
    }

    [TestMethod]
    [DataRow("ipc://x")]
    [DataRow("tcp://127.0.0.1")]
    [DataRow("tcp://127.0.0.1:70000")]
    [DataRow("tcp://127.0.0.1:-1")]
    [DataRow("tcp://no.such.host:5555")]
    [DataRow("127.0.0.1:5555")]
    [DataRow("tcp://:")]
    [DataRow("")]
    public void BindAndConnect_AddressThatIsNone_Throws(string address)
    {
        using DealerSocket dealer = new();

        Assert.ThrowsExactly<InvalidException>(() => dealer.Bind(address));
        Assert.ThrowsExactly<InvalidException>(() => dealer.Connect(address));
    }

    [TestMethod]
    [DataRow("tcp://127.0.0.1")]
    [DataRow("tcp://localhost")]
    [DataRow("tcp://*")]
    [DataRow("tcp://[::1]")]
    public void BindRandomPort_EveryFormOfHost_CanBeConnected(string host)
    {
        if (host.Contains("::1") && !Socket.OSSupportsIPv6)
        {
            Assert.Inconclusive("This machine has no IPv6.");
        }
        using RouterSocket router = new();

        int port = router.BindRandomPort(host);

        using DealerSocket dealer = new($">{host.Replace("*", IPAddress.Loopback.ToString())}:{port}");
        dealer.SendFrame("x");
        Assert.AreEqual(2, Make.Receive(router).FrameCount);
        Assert.EndsWith($":{port}", router.Options.LastEndpoint!);
    }

    [TestMethod]
    public void UnbindAndDisconnect_UnknownEndpoint_Throws()
    {
        using RouterSocket router = Make.Router(out int port);

        Assert.ThrowsExactly<EndpointNotFoundException>(() => router.Unbind(Make.At(port == 1 ? 2 : 1)));
        Assert.ThrowsExactly<EndpointNotFoundException>(() => router.Disconnect(Make.At(port)));
    }

    [TestMethod]
    public void Unbind_BoundEndpoint_FreesThePortAndKeepsConnections()
    {
        using RouterSocket router = Make.Router(out int port);
        using RawPeer peer = new RawPeer(port).Handshake();

        router.Unbind(router.Options.LastEndpoint!);

        using RouterSocket second = new($"@{Make.At(port)}");
        peer.SendFrame([5]);
        Assert.IsTrue(Make.Receive(router).Last.Equals([5]));
    }

    [TestMethod]
    public void Disconnect_ConnectedEndpoint_EndsTheConnectionAndSendsNoMore()
    {
        using RouterSocket router = Make.Router(out int port);
        using DealerSocket dealer = Make.Dealer(port);
        dealer.SendFrame("x");
        Make.Receive(router);

        dealer.Disconnect(Make.At(port));

        Assert.IsFalse(dealer.TrySendFrame("y"));
        Make.Eventually(() => router.Engine.ConnectionCount == 0, "the router sees it");
    }

    [TestMethod]
    public void RoundTrip_WithTcpKeepalive_Works()
    {
        using RouterSocket router = new();
        router.Options.TcpKeepalive = true;
        router.Options.TcpKeepaliveIdle = TimeSpan.FromSeconds(5);
        router.Options.TcpKeepaliveInterval = TimeSpan.FromSeconds(1);
        using DealerSocket dealer = Make.Dealer(router.BindRandomPort("tcp://127.0.0.1"));

        dealer.SendFrame("x");

        Assert.AreEqual("x", Make.Receive(router).Last.ConvertToString());
    }

    [TestMethod]
    public void Use_AfterDispose_Throws()
    {
        DealerSocket dealer = new();
        dealer.Dispose();
        dealer.Dispose();

        Assert.IsTrue(dealer.IsDisposed);
        Assert.ThrowsExactly<ObjectDisposedException>(() => dealer.SendFrame("x"));
        Assert.ThrowsExactly<ObjectDisposedException>(() => dealer.TryReceiveFrameBytes(out _));
        Assert.ThrowsExactly<ObjectDisposedException>(() => dealer.Bind("tcp://127.0.0.1:0"));
    }
}
