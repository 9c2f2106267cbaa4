using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Bridge.SerialEM.Tests.Support;

namespace Bridge.SerialEM.Tests;

/// <summary>The real agent host, started by the plugin itself.</summary>
[TestClass]
public sealed partial class HostStartTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Session_NoHostRunning_ThePluginStartsOneAndTheSessionRuns()
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "agent-host.exe" : "agent-host");
        Assert.IsTrue(File.Exists(program), program);
        using var script = new Script($"tcp://127.0.0.1:{FreePort()}", program, chooseFolder: true);
        script.Folder.Write("holes.csv", Encoding.ASCII.GetBytes(Holes(200)));
        try
        {
            Assert.AreEqual(200, Script.Until(() => script.CallText("OpenSession", script.Folder.File("holes.csv"))), script.Plugin.LastFault);
            Assert.IsTrue(script.Call("SetBudget", 480) >= 0);
            int visited = 0;
            while (script.Suggest() == 1)
            {
                visited++;
                Assert.IsTrue(script.Call("ReportCtf", script.Outs[0], 4 + visited % 5, 0, 0) >= 0, script.Plugin.LastFault);
            }
            StringAssert.Contains(script.Explain("session"), "targets");
            double events = Script.Until(() => script.Call("CloseSession"));

            Assert.IsTrue(visited > 10, $"{visited} holes");
            Assert.IsTrue(events > 2 * visited, $"{events} events");
        }
        finally
        {
            EndHost(script.Log);
        }
    }

    /// <summary>BRIDGE_DEADLINE_REPORT=FILE: how long SuggestNextHole takes through the managed way in.</summary>
    [TestMethod]
    public void SuggestNextHole_RealHost_AnswersWithinTheDeadline()
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "agent-host.exe" : "agent-host");
        using var script = new Script($"tcp://127.0.0.1:{FreePort()}", program, chooseFolder: true);
        script.Folder.Write("holes.csv", Encoding.ASCII.GetBytes(Holes(3000)));
        try
        {
            script.Open("holes.csv");
            var times = new List<double>();
            for (double kind = 1; kind == 1 && times.Count < 2000;)
            {
                long start = Stopwatch.GetTimestamp();
                kind = script.Call("SuggestNextHole");
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (kind == 0)
                    kind = script.Suggest();
                script.Call("ReportCtf", script.Outs[0], 4 + times.Count % 5, 0, 0);
            }
            times.Sort();
            string report = FormattableString.Invariant($"SuggestNextHole, managed, real host, 3000 holes: {times.Count} calls: p50 {times[times.Count / 2]:0.000}, p99 {times[times.Count * 99 / 100]:0.000}, worst {times[^1]:0.000} ms");
            TestContext.WriteLine(report);
            if (Environment.GetEnvironmentVariable("BRIDGE_DEADLINE_REPORT") is { Length: > 0 } file)
                File.AppendAllText(file, report + "\n");

            Assert.HasCount(2000, times);
        }
        finally
        {
            EndHost(script.Log);
        }
    }

    private static string Holes(int count)
    {
        var text = new StringBuilder("hole,grid,square,patch,x_um,y_um,predicted_ctf_angstrom\n");
        for (int i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $"h{i},g,g/{i / 100},g/{i / 100}/{i / 10},{i % 10 * 3 + i / 100 * 100},{i / 10 % 10 * 3},{3 + i % 7}\n");
        return text.ToString();
    }

    /// <summary>The plugin leaves the host running; the test does not.</summary>
    private static void EndHost(string log)
    {
        foreach (Match started in StartedProcess().Matches(log))
        {
            using var host = Process.GetProcessById(int.Parse(started.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            host.Kill();
            host.WaitForExit(10_000);
        }
    }

    [GeneratedRegex(@"\(process (\d+)\)")]
    private static partial Regex StartedProcess();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
