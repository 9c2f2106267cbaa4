using System.Diagnostics;
using Bridge.Client.Tests.Support;
using Bridge.Contracts;

namespace Bridge.Client.Tests;

/// <summary>No call takes longer than its deadline, whatever the host does. The bound is loose, so that a busy machine fails no test; the
/// figures are printed.</summary>
[TestClass]
public sealed class DeadlineTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(500);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Ask_SilentHost_ReturnsInTime()
    {
        using var host = new FakeHost(Misbehaviour.Silent);

        AssertInTime(host, calls: 500);
    }

    [TestMethod]
    public void Ask_SlowHost_ReturnsInTime()
    {
        using var host = new FakeHost();
        host.Behave(Misbehaviour.Slow(host.Honest, TimeSpan.FromMilliseconds(50)));

        AssertInTime(host, calls: 500);
    }

    [TestMethod]
    public void Ask_GarbageSendingHost_ReturnsInTime()
    {
        using var host = new FakeHost(Misbehaviour.Garbage(seed: 1));

        AssertInTime(host, calls: 500);
    }

    [TestMethod]
    public void Ask_AbsentHost_ReturnsInTime()
    {
        using var host = new FakeHost(start: false);

        AssertInTime(host, calls: 500);
    }

    [TestMethod]
    public void Ask_HostThatDiesAgainAndAgain_ReturnsInTime()
    {
        using var host = new FakeHost();
        bool over = false;
        var killer = new Thread(() =>
        {
            while (!Volatile.Read(ref over))
            {
                int before = host.Received.Count;
                SpinWait.SpinUntil(() => host.Received.Count >= before + 5 || Volatile.Read(ref over), TimeSpan.FromSeconds(1));
                host.Kill();
                host.Start();
            }
        });
        killer.Start();
        try
        {
            AssertInTime(host, calls: 1000);
        }
        finally
        {
            Volatile.Write(ref over, true);
            Assert.IsTrue(killer.Join(Soon.Limit));
        }
        TestContext.WriteLine($"carried out between the deaths: {host.Honest.Acted.Count}");
        Assert.IsGreaterThan(5, host.Honest.Acted.Count);
    }

    [TestMethod]
    public void SuggestNext_SilentHost_ReturnsInTimeWithAPlace()
    {
        using var host = new FakeHost();
        BridgeClientOptions options = Make.Options(host.Endpoint);
        using var client = new BridgeClient(options);
        using var session = new ClientSession(client, options, "s");
        Assert.IsInstanceOfType<SessionOpenedReply>(session.Open(Make.Opening("s", Make.Row(1000)), Soon.Limit));
        host.Behave(Misbehaviour.Silent);
        session.SuggestNext();
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        var seen = new HashSet<int>();
        TimeSpan worst = TimeSpan.Zero;
        for (int i = 0; i < 300; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Reply? reply = session.SuggestNext();
            worst = Max(worst, Stopwatch.GetElapsedTime(start));
            Assert.IsTrue(seen.Add(Assert.IsInstanceOfType<SuggestionReply>(reply).Target!.Item));
        }

        Report(worst, 300);
    }

    private void AssertInTime(FakeHost host, int calls)
    {
        using var client = new BridgeClient(Make.Options(host.Endpoint));
        TimeSpan worst = TimeSpan.Zero;
        int answered = 0;
        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Reply? reply = client.Ask(new HelloRequest("test"), Deadline);
            worst = Max(worst, Stopwatch.GetElapsedTime(start));
            answered += reply is null ? 0 : 1;
        }

        Report(worst, calls, answered);
    }

    private void Report(TimeSpan worst, int calls, int answered = 0)
    {
        TestContext.WriteLine($"{calls} calls, {answered} answered in time; deadline {Deadline.TotalMilliseconds} ms, worst {worst.TotalMilliseconds:0.00} ms");
        Assert.IsLessThan(Deadline + Slack, worst);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
