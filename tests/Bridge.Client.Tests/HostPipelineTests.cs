using System.Diagnostics;
using Bridge.Client.Tests.Support;
using Bridge.Contracts;

namespace Bridge.Client.Tests;

/// <summary>The retry and the circuit breaker alone, on a clock on which only waits take time.</summary>
[TestClass]
public sealed class HostPipelineTests
{
    private static readonly BridgeClientOptions Options = Make.Options(Protocol.DefaultEndpoint);

    [TestMethod]
    public void Execute_ThousandsOfFailures_NeverGivesUpAndHoldsNoMemory()
    {
        var clock = new FastClock();
        var pipeline = new HostPipeline(Options, starter: null, clock);
        int attempts = 0;
        long before = 0, after = 0;

        Reply reply = pipeline.Execute(
            (_, _) =>
            {
                attempts++;
                if (attempts == 500)
                    before = GC.GetTotalMemory(forceFullCollection: true);
                if (attempts == 3000)
                    after = GC.GetTotalMemory(forceFullCollection: true);
                return attempts <= 3000 ? throw new HostAwayException("silent") : new AckReply(1);
            },
            0,
            CancellationToken.None);

        Assert.IsInstanceOfType<AckReply>(reply);
        Assert.AreEqual(3001, attempts);
        Assert.IsLessThanOrEqualTo(Options.BreakFor, clock.Longest);
        Assert.IsLessThan(1_000_000L, after - before);
        Assert.IsFalse(pipeline.IsHostAway);
    }

    [TestMethod]
    public void Execute_BusyForLong_PausesStayBounded()
    {
        var clock = new FastClock();
        var pipeline = new HostPipeline(Options, starter: null, clock);
        var busy = new FaultReply(FaultCode.Busy, "too much");
        int attempts = 0;

        Reply reply = pipeline.Execute((_, _) => ++attempts <= 2000 ? busy : new AckReply(1), 0, CancellationToken.None);

        Assert.IsInstanceOfType<AckReply>(reply);
        Assert.AreEqual(2001, attempts);
        Assert.IsFalse(pipeline.IsHostAway);
        Assert.AreEqual(HostPipeline.MaxDelay, clock.Longest);
    }

    [TestMethod]
    public void Execute_CancelledWhileTheCircuitIsOpen_EndsAtOnce()
    {
        var pipeline = new HostPipeline(Options with { BreakFor = TimeSpan.FromMinutes(1) }, starter: null, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var work = Task.Factory.StartNew(
            () => pipeline.Execute((_, _) => throw new HostAwayException("silent"), 0, stop.Token), TaskCreationOptions.LongRunning);
        Soon.IsTrue(() => pipeline.IsHostAway, "the circuit is open");

        long start = Stopwatch.GetTimestamp();
        stop.Cancel();

        AggregateException e = Assert.ThrowsExactly<AggregateException>(() => work.Wait(Soon.Limit));
        Assert.IsInstanceOfType<OperationCanceledException>(e.InnerException);
        Assert.IsLessThan(TimeSpan.FromSeconds(5), Stopwatch.GetElapsedTime(start));
    }

    [TestMethod]
    public void Execute_CircuitOpen_LeavesTheHostAloneForTheBreak()
    {
        BridgeClientOptions options = Options with { BreakAfter = 2, BreakFor = TimeSpan.FromMinutes(1) };
        var clock = new FastClock();
        var pipeline = new HostPipeline(options, starter: null, clock);
        var at = new List<long>();

        pipeline.Execute(
            (_, _) =>
            {
                at.Add(clock.GetTimestamp());
                return at.Count <= 5 ? throw new HostAwayException("silent") : new AckReply(1);
            },
            0,
            CancellationToken.None);

        Assert.HasCount(6, at);
        for (int i = options.BreakAfter; i < at.Count; i++)
            Assert.IsGreaterThanOrEqualTo(options.BreakFor - TimeSpan.FromSeconds(2), clock.GetElapsedTime(at[i - 1], at[i]));
        Assert.IsLessThanOrEqualTo(options.BreakFor, clock.Longest);
    }

    [TestMethod]
    public void Execute_OtherException_IsNotRepeated()
    {
        var pipeline = new HostPipeline(Options, starter: null, TimeProvider.System);
        int attempts = 0;

        Assert.ThrowsExactly<InvalidOperationException>(() => pipeline.Execute(
            (_, _) =>
            {
                attempts++;
                throw new InvalidOperationException("a bug");
            },
            0,
            CancellationToken.None));

        Assert.AreEqual(1, attempts);
    }

    [TestMethod]
    public void Execute_StarterAtEachBreak_IsAskedOncePerBreak()
    {
        var starter = new CountingStarter();
        var pipeline = new HostPipeline(Options with { BreakAfter = 2 }, starter, new FastClock());
        int attempts = 0;

        pipeline.Execute((_, _) => ++attempts <= 10 ? throw new HostAwayException("silent") : new AckReply(1), 0, CancellationToken.None);

        Assert.AreEqual(9, starter.Asked);  // at the second attempt, and at each that tries whether the host is back
        Assert.AreEqual("start 9", pipeline.LastStart);
    }

    [TestMethod]
    public void Execute_NobodyListens_StarterIsAskedBeforeTheFirstAttempt()
    {
        var starter = new CountingStarter();
        var pipeline = new HostPipeline(Options, starter, new FastClock(), static () => true);
        var askedBefore = new List<int>();

        pipeline.Execute(
            (_, _) =>
            {
                askedBefore.Add(starter.Asked);
                return new AckReply(1);
            },
            0,
            CancellationToken.None);

        CollectionAssert.AreEqual(new[] { 1 }, askedBefore);
        Assert.AreEqual("start 1", pipeline.LastStart);
        Assert.IsFalse(pipeline.IsHostAway);
    }

    [TestMethod]
    public void Execute_HostDiesLater_StarterIsAskedAsSoonAsNobodyListens()
    {
        var starter = new CountingStarter();
        bool listens = true;
        var pipeline = new HostPipeline(Options with { BreakAfter = 100 }, starter, new FastClock(), () => !listens);
        var askedBefore = new List<int>();
        Reply Once(bool dies)
        {
            askedBefore.Add(starter.Asked);
            if (!dies || askedBefore.Count > 3)
                return new AckReply(1);
            listens = false;
            throw new HostAwayException("killed");
        }

        pipeline.Execute((dies, _) => Once(dies), false, CancellationToken.None);
        pipeline.Execute((dies, _) => Once(dies), true, CancellationToken.None);

        CollectionAssert.AreEqual(new[] { 0, 0, 1, 2 }, askedBefore);  // the dying attempt itself still found a listener
    }

    [TestMethod]
    public void Execute_HostAnswered_DoesNotLookWhoListens()
    {
        int looked = 0;
        var pipeline = new HostPipeline(Options, new CountingStarter(), new FastClock(), () => ++looked == 0);

        for (int i = 0; i < 100; i++)
            pipeline.Execute((_, _) => new AckReply(1), 0, CancellationToken.None);

        Assert.AreEqual(1, looked);
    }
}
