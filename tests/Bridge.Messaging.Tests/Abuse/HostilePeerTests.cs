using System.Diagnostics;
using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Core;
using NetMQ.Core.Wire;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Abuse;

/// <summary>Single hostile acts; every time an honest peer must still be served.</summary>
[TestClass]
public class HostilePeerTests
{
    private static readonly byte[] TwoGigabytes = [FrameCodec.Long, 0, 0, 0, 0, 0x77, 0x35, 0x94, 0];

    [TestMethod]
    public void LengthPrefix_TwoGigabytesAboveTheLimit_IsClosed()
    {
        using Served served = new();
        using RawPeer peer = new RawPeer(served.Port).Handshake();

        peer.Send(TwoGigabytes);

        Assert.IsTrue(peer.IsClosedByPeer());
        served.AssertHonestIsAnswered();
    }

    [TestMethod]
    public void LengthPrefix_TwoGigabytesWithinTheLimit_AllocatesOnlyForWhatComes()
    {
        using Served served = new(o => o.MaxMsgSize = -1);
        using RawPeer peer = new RawPeer(served.Port).Handshake();
        peer.SendFrame([1, 2, 3]);
        peer.ReceiveFrame();
        long before = Process.GetCurrentProcess().PrivateMemorySize64;

        peer.Send(TwoGigabytes);
        peer.Send(new byte[100_000]);

        Make.Eventually(() => served.Router.Engine.HeldBytes >= 100_000, "the beginning has arrived");
        served.AssertHonestIsAnswered();
        Assert.IsLessThan(1L << 20, served.Router.Engine.HeldBytes);
        Assert.IsLessThan(before + (200L << 20), Process.GetCurrentProcess().PrivateMemorySize64);
    }

    [TestMethod]
    public void Message_AllFramesTogetherAboveTheLimit_IsClosed()
    {
        using Served served = new(o => o.MaxMsgSize = 10_000);
        using RawPeer peer = new RawPeer(served.Port).Handshake();

        for (int i = 0; i < 3; i++)
        {
            peer.SendFrame(new byte[4_000], FrameCodec.More);
        }

        Assert.IsTrue(peer.IsClosedByPeer());
        Assert.AreEqual(0, served.Router.Engine.HeldBytes);
        served.AssertHonestIsAnswered();
    }

    [TestMethod]
    public void Message_TooManyFrames_IsClosed()
    {
        using Served served = new();
        using RawPeer peer = new RawPeer(served.Port).Handshake();

        peer.Send([.. Enumerable.Range(0, Limits.FramesPerMessage + 1).SelectMany(_ => new byte[] { FrameCodec.More, 0 })]);

        Assert.IsTrue(peer.IsClosedByPeer());
        served.AssertHonestIsAnswered();
    }

    [TestMethod]
    public void Unfinished_SeveralPeersSendHalfAMessage_TheirSumIsBounded()
    {
        using Served served = new(o => o.MaxMsgSize = -1);
        List<RawPeer> peers = [];
        byte[] half = new byte[120 << 20];
        try
        {
            for (int i = 0; i < 6; i++)
            {
                RawPeer peer = new RawPeer(served.Port).Handshake();
                peers.Add(peer);
                peer.Send(TwoGigabytes);
                SendAll(peer, half);
            }

            Make.Eventually(() => peers.Exists(p => p.IsClosedByPeer(100)), "one is closed");
            Assert.IsLessThanOrEqualTo(Limits.UnfinishedBytes, served.Router.Engine.HeldBytes);
            served.AssertHonestIsAnswered();
        }
        finally
        {
            peers.ForEach(p => p.Dispose());
        }
        GC.Collect();   // 500 MB are not to weigh on the tests that follow
    }

    [TestMethod]
    public void Pings_AnswersLeftUnread_IsClosed()
    {
        using Served served = new();
        using RawPeer peer = new RawPeer(served.Port, receiveBuffer: 4096).Handshake();
        byte[] pings = [.. Enumerable.Range(0, 1_000).SelectMany(_ => Command.Encode("PING", new byte[2 + Command.MaxPingContext]))];

        bool closed = false;
        for (int i = 0; i < 1_000 && !closed; i++)
        {
            closed = !SendAll(peer, pings);
        }

        Assert.IsTrue(closed);
        served.AssertHonestIsAnswered();
    }

    [TestMethod]
    [DataRow("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [DataRow("\u0001\0")]
    public void Greeting_OfAnotherProtocol_IsClosed(string bytes)
    {
        using Served served = new();
        using RawPeer peer = new(served.Port);

        peer.Send(System.Text.Encoding.Latin1.GetBytes(bytes));

        Assert.IsTrue(peer.IsClosedByPeer());
        served.AssertHonestIsAnswered();
    }

    [TestMethod]
    public void Message_BeforeTheHandshakeIsOver_IsClosed()
    {
        using Served served = new();
        using RawPeer peer = new(served.Port);

        peer.Send(Greeting.Build("NULL", asServer: false));
        peer.SendFrame([1]);

        Assert.IsTrue(peer.IsClosedByPeer());
    }

    [TestMethod]
    public void Handshake_NeverFinished_IsClosedAtItsDeadline()
    {
        using Served served = new();
        using RawPeer silent = new(served.Port);

        Assert.IsTrue(silent.IsClosedByPeer(Limits.HandshakeMs + 5_000));
    }

    [TestMethod]
    public void HandshakeStorm_ManySilentConnections_HonestPeersStillGetIn()
    {
        using Served served = new();
        List<RawPeer> silent = [.. Enumerable.Range(0, 500).Select(_ => new RawPeer(served.Port))];
        try
        {
            served.AssertHonestIsAnswered();

            Make.Eventually(() => served.Router.Engine.ConnectionCount <= Limits.PendingHandshakes + 1, "the oldest silent ones are closed");
        }
        finally
        {
            silent.ForEach(p => p.Dispose());
        }
    }

    [TestMethod]
    public void Connections_BeyondTheMost_AreClosedAndTheOthersServed()
    {
        using Served served = new();
        served.AssertHonestIsAnswered();
        List<RawPeer> peers = [];
        try
        {
            for (int i = 1; i < Limits.Connections; i++)
            {
                peers.Add(new RawPeer(served.Port).Handshake());
            }

            using RawPeer oneTooMany = new(served.Port);

            Assert.IsTrue(oneTooMany.IsClosedByPeer());
            served.AssertHonestIsAnswered();
        }
        finally
        {
            peers.ForEach(p => p.Dispose());
        }
    }

    private static bool SendAll(RawPeer peer, byte[] bytes)
    {
        try
        {
            peer.Send(bytes);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;   // closed by the other side
        }
    }
}
