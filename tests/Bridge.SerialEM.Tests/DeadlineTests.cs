using System.Diagnostics;
using Bridge.SerialEM.Tests.Support;

namespace Bridge.SerialEM.Tests;

/// <summary>SerialEM is frozen while a call works, so no call may outlast its deadline, whatever the host does.</summary>
[TestClass]
public sealed class DeadlineTests
{
    private const int DeadlineMs = 5;

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
        var times = new double[calls];

        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            script.Call("SuggestNextHole");
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        string report = FormattableString.Invariant($"{manner}: {calls} calls, deadline {DeadlineMs} ms: p50 {times[calls / 2]:0.000}, p99 {times[calls * 99 / 100]:0.000}, worst {times[^1]:0.000} ms");
        TestContext.WriteLine(report);
        if (Environment.GetEnvironmentVariable("BRIDGE_DEADLINE_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, report + "\n");
        Assert.IsLessThan(DeadlineMs + LooseMs, times[^1]);
    }
}
