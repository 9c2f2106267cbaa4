using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Interop;

/// <summary>Against libzmq: heartbeats, and either side lost and back.</summary>
[TestClass]
public class LibzmqLifeTests
{
    [TestMethod]
    [DataRow(100, 0)]
    [DataRow(0, 100)]
    [DataRow(100, 100)]
    public void Heartbeat_BothIdle_ConnectionStays(int theirs, int ours)
    {
        using EventLog log = new();
        using RouterSocket router = new();
        router.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(ours);
        router.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(3 * 100);
        router.Options.HeartbeatTtl = TimeSpan.FromSeconds(1);
        using Echo echo = new(router);
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using PythonPeer peer = PythonPeer.Start("DEALER", "connect", Make.At(port), "ask", "--heartbeat", theirs.ToString());
        Assert.AreEqual("ok", peer.ReadLine());

        bool closed = log.WaitFor("ROUTER closed", seconds: 2);

        Assert.IsFalse(closed);
    }

    [TestMethod]
    public void Heartbeat_LibzmqFreezes_IsDropped()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("There is no SIGSTOP on Windows.");
        }
        using EventLog log = new();
        using RouterSocket router = new();
        router.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        router.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(300);
        using Echo echo = new(router);
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using PythonPeer peer = PythonPeer.Start("DEALER", "connect", Make.At(port), "ask");
        Assert.AreEqual("ok", peer.ReadLine());

        peer.Freeze();

        Assert.IsTrue(log.WaitFor("the peer was silent"));
    }

    [TestMethod]
    public void Reconnect_LibzmqServerKilledAndStartedAgain_AnswersAgain()
    {
        using PythonPeer first = PythonPeer.Start("ROUTER", "bind", "tcp://127.0.0.1:*", "echo");
        using DealerSocket dealer = Make.Dealer(first.Port, "ours");
        dealer.SendFrame("one");
        Assert.AreEqual("one", Make.ReceiveString(dealer));

        first.Kill();
        Assert.IsFalse(dealer.TryReceiveFrameString(Make.Moment, out _));   // sees the end of the connection
        dealer.SendFrame("two");                                            // queued meanwhile
        using PythonPeer second = PythonPeer.Start("ROUTER", "bind", Make.At(first.Port), "echo");

        Assert.AreEqual("two", Make.ReceiveString(dealer));
    }

    [TestMethod]
    public void Reconnect_LibzmqClientKilledAndStartedAgain_IsServedAgainUnderItsName()
    {
        using RouterSocket router = Make.Router(out int port);
        using Echo echo = new(router);
        PythonPeer first = PythonPeer.Start("DEALER", "connect", Make.At(port), "ask", "--identity", "same");
        Assert.AreEqual("ok", first.ReadLine());

        first.Dispose();
        using PythonPeer second = PythonPeer.Start("DEALER", "connect", Make.At(port), "ask", "--identity", "same");

        Assert.AreEqual("ok", second.ReadLine());
    }

    [TestMethod]
    public void Reconnect_OurServerDisposedAndBoundAgain_LibzmqFindsIt()
    {
        RouterSocket first = Make.Router(out int port);
        Echo firstEcho = new(first);
        using PythonPeer peer = PythonPeer.Start("DEALER", "connect", Make.At(port), "ask", "--sizes", "10", "--until-answered");
        Assert.AreEqual("ok", peer.ReadLine());
        firstEcho.Dispose();
        first.Dispose();

        using RouterSocket second = new($"@{Make.At(port)}");
        using Echo echo = new(second);
        using PythonPeer other = PythonPeer.Start("DEALER", "connect", Make.At(port), "ask", "--sizes", "10", "--until-answered");

        Assert.AreEqual("ok", other.ReadLine());
        Make.Eventually(() => second.Engine.ConnectionCount == 2, "the first client is back too");
    }
}
