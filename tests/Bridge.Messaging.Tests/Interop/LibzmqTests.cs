using System.Text;
using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Interop;

/// <summary>Against libzmq (pyzmq) in another process: every pattern, both ways, every size class of frame.</summary>
[TestClass]
public class LibzmqTests
{
    private static readonly int[] Sizes = [0, 1, 255, 256, 65_536, 1 << 20, 64_000_000];

    [TestMethod]
    [DataRow("DEALER", true)]
    [DataRow("DEALER", false)]
    [DataRow("REQ", true)]
    [DataRow("REQ", false)]
    public void Echo_LibzmqAsks_EverySizeComesBack(string theirs, bool oursBinds)
    {
        using NetMQSocket ours = theirs == "DEALER" ? new RouterSocket() : new ResponseSocket();

        using PythonPeer peer = Meet(ours, oursBinds, theirs, "ask", "--sizes", string.Join(',', Sizes), "--identity", "asker");
        using Echo echo = new(ours);

        Assert.AreEqual("ok", peer.ReadLine(60));
    }

    [TestMethod]
    [DataRow("ROUTER", true)]
    [DataRow("ROUTER", false)]
    [DataRow("REP", true)]
    [DataRow("REP", false)]
    public void Ask_LibzmqEchoes_EverySizeComesBack(string theirs, bool oursBinds)
    {
        using NetMQSocket ours = theirs == "ROUTER" ? new DealerSocket() : new RequestSocket();
        ours.Options.Identity = Encoding.ASCII.GetBytes("ours");
        using PythonPeer peer = Meet(ours, oursBinds, theirs, "echo");

        foreach (int size in Sizes)
        {
            byte[] payload = Make.Payload(size);
            ours.SendMultipartBytes([1, 2], payload);
            NetMQMessage answer = Make.Receive(ours);

            Assert.AreEqual(2, answer.FrameCount);
            Assert.IsTrue(answer[1].Equals(payload), $"size {size}");
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Publish_LibzmqSubscribes_OnlyItsTopicsArrive(bool oursBinds)
    {
        using PublisherSocket publisher = new();
        using PythonPeer peer = Meet(publisher, oursBinds, "SUB", "subscribe", "--topics", "grid,hole");
        using NetMQTimerLoop loop = new(publisher, () =>
        {
            publisher.SendMoreFrame("other").SendFrame("no");
            publisher.SendMoreFrame("hole 7").SendFrame("yes");
        });

        for (int i = 0; i < 20; i++)
        {
            Assert.AreEqual("hole 7|yes", peer.ReadLine());
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Subscribe_LibzmqPublishes_OnlyOurTopicsArriveAndUnsubscribeEnds(bool oursBinds)
    {
        using SubscriberSocket subscriber = new();
        subscriber.Subscribe("grid");
        subscriber.Subscribe("hole");
        using PythonPeer peer = Meet(subscriber, oursBinds, "PUB", "publish", "--topics", "grid,hole,other");

        HashSet<string> seen = [];
        for (int i = 0; i < 50; i++)
        {
            seen.Add(Make.Receive(subscriber).Last.ConvertToString());
        }
        subscriber.Unsubscribe("hole");
        // Nothing of the topic passes our own filter from now on, and the publisher goes on with the other.
        string[] after = [.. Enumerable.Range(0, 1100).Select(_ => Make.Receive(subscriber).First.ConvertToString()).TakeLast(50)];

        CollectionAssert.AreEquivalent(new[] { "about grid", "about hole" }, seen.ToArray());
        Assert.IsTrue(after.All(t => t == "grid"));
    }

    [TestMethod]
    public void Plain_LibzmqClientWithRightPassword_IsServed()
    {
        using RouterSocket router = PlainRouter(out int port);
        using Echo echo = new(router);

        using PythonPeer peer = PythonPeer.Start("DEALER", "connect", Make.At(port), "ask", "--sizes", "1,300", "--plain", "bridge:secret");

        Assert.AreEqual("ok", peer.ReadLine());
    }

    [TestMethod]
    [DataRow("bridge:wrong")]
    [DataRow("other:secret")]
    public void Plain_LibzmqClientWithWrongPassword_IsRefused(string login)
    {
        using RouterSocket router = PlainRouter(out int port);
        using Echo echo = new(router);

        using PythonPeer peer = PythonPeer.Start("DEALER", "connect", Make.At(port), "refused", "--plain", login);

        // libzmq 4.3 misspells the ERROR command and so calls ours, spelt as in RFC 37, a PROTOCOL failure; later ones say AUTH.
        Assert.StartsWith("HANDSHAKE_FAILED_", peer.ReadLine());
        Assert.AreEqual(0, echo.Answered);
    }

    [TestMethod]
    public void Plain_LibzmqServerAndRightPassword_Answers()
    {
        using PythonPeer peer = PythonPeer.Start("ROUTER", "bind", "tcp://127.0.0.1:*", "echo", "--plain-server", "bridge:secret");
        using DealerSocket dealer = new();
        dealer.Options.PlainUsername = "bridge";
        dealer.Options.PlainPassword = "secret";

        dealer.Connect(Make.At(peer.Port));
        dealer.SendFrame("hello");

        Assert.AreEqual("hello", Make.ReceiveString(dealer));
    }

    [TestMethod]
    public void Plain_LibzmqServerAndWrongPassword_RefusesUs()
    {
        using EventLog log = new();
        using PythonPeer peer = PythonPeer.Start("ROUTER", "bind", "tcp://127.0.0.1:*", "echo", "--plain-server", "bridge:secret");
        using DealerSocket dealer = new();
        dealer.Options.PlainUsername = "bridge";
        dealer.Options.PlainPassword = "wrong";

        dealer.Connect(Make.At(peer.Port));
        dealer.SendFrame("hello");

        Assert.IsTrue(log.WaitFor("the peer refused the handshake: 400"));
        Assert.IsFalse(dealer.TryReceiveFrameString(Make.Moment, out _));
    }

    /// <summary>Makes our socket and a libzmq one meet, either of them bound.</summary>
    private static PythonPeer Meet(NetMQSocket ours, bool oursBinds, string theirs, string task, params string[] options)
    {
        if (oursBinds)
        {
            int port = ours.BindRandomPort("tcp://127.0.0.1");
            return PythonPeer.Start(theirs, "connect", Make.At(port), task, options);
        }
        PythonPeer peer = PythonPeer.Start(theirs, "bind", "tcp://127.0.0.1:*", task, options);
        ours.Connect(Make.At(peer.Port));
        return peer;
    }

    private static RouterSocket PlainRouter(out int port)
    {
        RouterSocket router = new();
        router.Options.PlainServer = true;
        router.Options.PlainUsername = "bridge";
        router.Options.PlainPassword = "secret";
        port = router.BindRandomPort("tcp://127.0.0.1");
        return router;
    }
}
