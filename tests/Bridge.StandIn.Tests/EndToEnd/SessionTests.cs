using System.Diagnostics;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.StandIn.Tests.Support;
using Bridge.Testing;

namespace Bridge.StandIn.Tests.EndToEnd;

/// <summary>A script in the stand-in, the plugin's functions, the real agent host: a whole session, each program a process of its own.</summary>
[TestClass]
public sealed class SessionTests
{
    private const int DeadlineMs = 120_000;

    [TestMethod]
    public void Session_480MinutesOnASimulatedGrid_FindsWhatTheEvaluationFinds()
    {
        using var folder = new TempFolder();
        MeasuredGrid grid = Bridge.Agents.Planning.Simulation.SimulatedGrid.Create(new Bridge.Agents.Planning.Simulation.SimulatedGridSettings { Seed = 4 });
        HoleTable.Write(folder.File("grid.csv"), grid);

        AssertSameAsEvaluation(folder, folder.File("grid.csv"), start: 17);
    }

    [TestMethod]
    public void Session_480MinutesOnRecordedHoles_FindsWhatTheEvaluationFinds()
    {
        using var folder = new TempFolder();

        AssertSameAsEvaluation(folder, SharedData.PathOf("y1", "dev.csv"), start: 500);
    }

    private static void AssertSameAsEvaluation(TempFolder folder, string table, int start)
    {
        MeasuredGrid truth = HoleTable.Read(table).Measured;
        int expected = new CollectionRun(truth, MoveMinutes.Text, 480, LastMove.Strict).Play(Planners.Create(Planners.Default, truth.Grid, seed: 0), start - 1).Good;
        folder.Write("collect.txt", System.Text.Encoding.ASCII.GetBytes(CollectScript.Text));
        using Process host = Start(folder, "agent-host.dll", "serve", "--endpoint", "tcp://127.0.0.1:0", "--data-folder", folder.File("data"));
        try
        {
            string endpoint = EndpointOf(folder, host);
            using Process standIn = Start(folder, "serialem-standin.dll", endpoint, "run", folder.File("collect.txt"), "--holes", table, "--nav", folder.File("session.nav"), "--start", $"{start}", "--log", folder.File("log.txt"));
            Assert.IsTrue(standIn.WaitForExit(DeadlineMs), "the stand-in did not end");

            string log = File.ReadAllText(folder.File("log.txt"));
            Assert.AreEqual(0, standIn.ExitCode, log);
            StringAssert.Contains(log, $"good {expected} of ", log);
        }
        finally
        {
            host.Kill();
            host.WaitForExit(DeadlineMs);
        }
    }

    /// <param name="first">An endpoint for the plugin, or the first argument.</param>
    private static Process Start(TempFolder folder, string program, string first, params string[] arguments)
    {
        bool isEndpoint = first.StartsWith("tcp:", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. isEndpoint ? [] : (string[])[first], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["BRIDGE_DATA_FOLDER"] = folder.File("plugin");
        start.Environment["BRIDGE_AGENT_HOST"] = "none";
        start.Environment["BRIDGE_SECRET_FILE"] = folder.File("data/secret");
        if (isEndpoint)
            start.Environment["BRIDGE_ENDPOINT"] = first;
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The host writes it into its data folder when it listens.</summary>
    private static string EndpointOf(TempFolder folder, Process host)
    {
        string path = Path.Combine(folder.File("data"), "endpoint.txt");
        long began = Stopwatch.GetTimestamp();
        while (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            Assert.IsFalse(host.HasExited, "the host has ended");
            Assert.IsTrue(Stopwatch.GetElapsedTime(began).TotalMilliseconds < DeadlineMs, "the host does not listen");
            Thread.Yield();
            Thread.Sleep(20);
        }
        return File.ReadAllText(path).Trim();
    }
}
