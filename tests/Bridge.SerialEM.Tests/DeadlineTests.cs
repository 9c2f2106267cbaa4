using System.Diagnostics;
using Bridge.SerialEM.Tests.Support;

namespace Bridge.SerialEM.Tests;

/// <summary>
/// SerialEM is frozen while a call works, so no call may outlast its deadline by more than 20 ms, whatever the host does. Behind each call
/// stands a bare wait of the same length: what that overruns is the machine's, and the garbage collector's pauses are counted apart.
/// </summary>
[TestClass]
public sealed class DeadlineTests
{
    private const int DeadlineMs = 5, AllowedMs = 20;

    /// <summary>Loose: a busy build machine may suspend a thread for long. BRIDGE_DEADLINE_CALLS=10000 measures.</summary>
    private const int LooseMs = 2000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(Manner.Good)]
    [DataRow(Manner.Silent)]
    [DataRow(Manner.Slow)]
    [DataRow(Manner.Garbage)]
    [DataRow(Manner.Dying)]
    public void SuggestNextHole_WhateverTheHostDoes_ReturnsInTime(Manner manner)
    {
        int calls = int.TryParse(Environment.GetEnvironmentVariable("BRIDGE_DEADLINE_CALLS"), out int wanted) ? wanted : 100;
        using var host = new FakeHost(200_000);
        using var script = new Script(host.Endpoint);
        script.Open();
        script.Call("SetDeadline", DeadlineMs);
        for (int i = 0; i < 100; i++)
            script.Call("SuggestNextHole");
        host.Manner = manner;

        double worst = Measure($"{manner}", calls, () => script.Call("SuggestNextHole"));

        Assert.IsLessThan(DeadlineMs + LooseMs, worst);
    }

    /// <summary>The largest answer there is: 200 000 places, parsed and put in order while the script asks again and again.</summary>
    [TestMethod]
    public void OpenSession_LargeSession_EveryCallReturnsInTime()
    {
        using var host = new FakeHost(200_000);
        using var script = new Script(host.Endpoint);
        script.Call("SetDeadline", DeadlineMs);
        string path = script.Folder.File("grid.nav");

        double worst = Measure("opening 200 000 targets", 5000, () => script.CallText("OpenSession", path), until: result => result > 0);

        Assert.IsLessThan(DeadlineMs + LooseMs, worst);
    }

    /// <returns>Milliseconds of the longest call.</returns>
    private double Measure(string what, int calls, Func<double> call, Func<double, bool>? until = null)
    {
        var times = new List<double>(calls);
        var bare = new List<double>(calls);
        object nobody = new();
        GC.Collect();  // what preparing the test left behind is not the calls'
        double longestPause = 0;
        for (bool done = false; times.Count < calls && !done;)
        {
            TimeSpan pauses = GC.GetTotalPauseDuration();
            long start = Stopwatch.GetTimestamp();
            double result = call();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            done = until?.Invoke(result) ?? false;
            longestPause = Math.Max(longestPause, (GC.GetTotalPauseDuration() - pauses).TotalMilliseconds);

            start = Stopwatch.GetTimestamp();
            lock (nobody)
                Monitor.Wait(nobody, DeadlineMs);
            bare.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        string report = $"{what}, deadline {DeadlineMs} ms: calls {Summary(times)}; bare waits {Summary(bare)}; longest pause of the collector {longestPause:0.0} ms";
        TestContext.WriteLine(report);
        if (Environment.GetEnvironmentVariable("BRIDGE_DEADLINE_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, report + "\n");
        return times.Max();
    }

    private static string Summary(List<double> times)
    {
        times.Sort();
        return FormattableString.Invariant($"{times.Count}, p50 {times[times.Count / 2]:0.00}, p99 {times[times.Count * 99 / 100]:0.00}, worst {times[^1]:0.0} ms, {times.Count(time => time > DeadlineMs + AllowedMs)} over {DeadlineMs + AllowedMs} ms");
    }
}
