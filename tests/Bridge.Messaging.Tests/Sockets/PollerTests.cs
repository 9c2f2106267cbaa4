using System.Diagnostics;
using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Sockets;

[TestClass]
public class PollerTests
{
    [TestMethod]
    public void ReceiveReady_MessagesForTwoSockets_BothAreAnsweredOnOneThread()
    {
        using RouterSocket a = Make.Router(out int portA), b = Make.Router(out int portB);
        HashSet<int> threads = [];
        foreach (RouterSocket router in new[] { a, b })
        {
            router.ReceiveReady += (_, e) =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                Assert.IsTrue(e.IsReadyToReceive);
                e.Socket.SendMultipartMessage(e.Socket.ReceiveMultipartMessage());
            };
        }
        using NetMQPoller poller = [a, b];
        poller.RunAsync();
        using DealerSocket toA = Make.Dealer(portA), toB = Make.Dealer(portB);

        for (int i = 0; i < 50; i++)
        {
            toA.SendFrame("a");
            toB.SendFrame("b");
            Assert.AreEqual("a", Make.ReceiveString(toA));
            Assert.AreEqual("b", Make.ReceiveString(toB));
        }

        poller.Stop();
        Assert.HasCount(1, threads);
    }

    [TestMethod]
    public void Queue_FilledFromOtherThreads_EveryItemIsHandledOnce()
    {
        using NetMQQueue<int> queue = new();
        HashSet<int> seen = [];
        using ManualResetEventSlim done = new();
        queue.ReceiveReady += (_, e) =>
        {
            while (e.Queue.TryDequeue(out int item, TimeSpan.Zero))
            {
                Assert.IsTrue(seen.Add(item));
            }
            if (seen.Count == 4_000)
            {
                done.Set();
            }
        };
        using NetMQPoller poller = [queue];
        poller.RunAsync();

        Parallel.For(0, 4_000, queue.Enqueue);

        Assert.IsTrue(done.Wait(Make.Soon));
    }

    [TestMethod]
    public void Queue_PollerIsIdle_WakesItWithoutWaitingForATick()
    {
        using NetMQQueue<long> queue = new();
        using AutoResetEvent taken = new(false);
        queue.ReceiveReady += (_, _) =>
        {
            queue.Dequeue();
            taken.Set();
        };
        using NetMQPoller poller = [queue];
        poller.RunAsync();
        Stopwatch clock = Stopwatch.StartNew();

        for (int i = 0; i < 1_000; i++)
        {
            queue.Enqueue(i);
            Assert.IsTrue(taken.WaitOne(Make.Soon));
        }

        // Far from what a poller that looked only each time slice (100 ms) would need.
        Assert.IsLessThan(50_000, clock.ElapsedMilliseconds);
    }

    [TestMethod]
    public void Timer_Enabled_FiresAgainAndAgainUntilDisabled()
    {
        NetMQTimer timer = new(TimeSpan.FromMilliseconds(10));
        using ManualResetEventSlim done = new();
        int fired = 0;
        timer.Elapsed += (_, e) =>
        {
            if (++fired == 5)
            {
                e.Timer.Enable = false;
                done.Set();
            }
        };
        using NetMQPoller poller = [timer];
        Stopwatch clock = Stopwatch.StartNew();
        poller.RunAsync();

        Assert.IsTrue(done.Wait(Make.Soon));
        long elapsed = clock.ElapsedMilliseconds;
        using ManualResetEventSlim later = new();
        NetMQTimer marker = new(100);
        marker.Elapsed += (_, _) => later.Set();
        poller.Add(marker);
        Assert.IsTrue(later.Wait(Make.Soon));
        poller.Stop();

        Assert.AreEqual(5, fired);
        Assert.IsGreaterThanOrEqualTo(45, elapsed);
    }

    [TestMethod]
    public void AddAndRemove_WhileRunning_TakeEffect()
    {
        using RouterSocket router = Make.Router(out int port);
        int seen = 0;
        router.ReceiveReady += (_, _) =>
        {
            router.SkipMultipartMessage();
            Interlocked.Increment(ref seen);
        };
        using NetMQPoller poller = [];
        poller.RunAsync();
        using DealerSocket dealer = Make.Dealer(port);

        poller.Add(router);
        dealer.SendFrame("x");
        Make.Eventually(() => Volatile.Read(ref seen) == 1, "the message is seen");
        poller.RemoveAndDispose(router);
        Make.Eventually(() => router.IsDisposed, "the socket is disposed of");
    }

    [TestMethod]
    public void SendReady_PeerThere_IsRaisedOnceSubscribed()
    {
        using RouterSocket router = Make.Router(out int port);
        using DealerSocket dealer = Make.Dealer(port);
        using ManualResetEventSlim raised = new();
        dealer.SendReady += (_, e) =>
        {
            if (!raised.IsSet)
            {
                e.Socket.SendFrame("x");
                raised.Set();
            }
        };
        using NetMQPoller poller = [dealer];
        poller.RunAsync();

        Assert.AreEqual(2, Make.Receive(router).FrameCount);
        Assert.IsTrue(raised.IsSet);
    }

    [TestMethod]
    public void Run_StoppedByAHandler_Returns()
    {
        using NetMQPoller poller = [];
        NetMQTimer timer = new(1);
        timer.Elapsed += (_, _) => poller.Stop();
        poller.Add(timer);

        poller.Run();

        Assert.IsFalse(poller.IsRunning);
        Assert.ThrowsExactly<InvalidOperationException>(poller.Stop);
    }

    [TestMethod]
    public void Run_HandlerThrows_EndsAndPassesItOn()
    {
        using NetMQPoller poller = [];
        NetMQTimer timer = new(1);
        timer.Elapsed += (_, _) => throw new FormatException("by the handler");
        poller.Add(timer);

        FormatException e = Assert.ThrowsExactly<FormatException>(poller.Run);

        Assert.AreEqual("by the handler", e.Message);
        Assert.IsFalse(poller.IsRunning);
    }

    [TestMethod]
    public void Run_Twice_IsRefused()
    {
        using NetMQPoller poller = [];
        poller.RunAsync();

        Assert.ThrowsExactly<InvalidOperationException>(poller.RunAsync);
    }

    [TestMethod]
    public void Dispose_WhileRunning_Stops()
    {
        NetMQPoller poller = [];
        poller.RunAsync();

        poller.Dispose();

        Assert.IsFalse(poller.IsRunning);
        Assert.ThrowsExactly<ObjectDisposedException>(poller.Run);
    }
}
