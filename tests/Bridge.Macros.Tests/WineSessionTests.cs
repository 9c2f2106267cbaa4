using System.Text.RegularExpressions;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Macros.Tests.Support;
using Bridge.Testing;

namespace Bridge.Macros.Tests;

/// <summary>
/// Whole sessions as on a microscope's computer, under Wine: the stand-in for SerialEM loads the real DLL, and the DLL starts the real agent-host.exe.
/// </summary>
[TestClass]
public sealed class WineSessionTests
{
    private const int First = 11;

    private static WinePrefix? s_wine;

    public required TestContext TestContext { get; init; }

    /// <summary>Made by the first test, because it takes long; one for all.</summary>
    private static WinePrefix Wine => s_wine ??= new WinePrefix();

    [ClassCleanup]
    public static void EndWine() => s_wine?.Dispose();

    [TestCleanup]
    public void EndHosts() => s_wine?.Kill(WineStandIn.HostName);

    [TestMethod]
    public void Collect_MeasuredHoles_TakesTheSameHolesAsTheEvaluation()
    {
        string table = SharedData.PathOf("y1", "dev.csv");

        CollectAsEvaluated(HoleTable.Read(table).Measured, "--holes", table);
    }

    [TestMethod]
    public void Collect_SimulatedGrid_TakesTheSameHolesAsTheEvaluation()
        => CollectAsEvaluated(SimulatedGrid.Create(new SimulatedGridSettings { Seed = 7 }), "--simulated", "7");

    [TestMethod]
    public void Collect_HostKilledMidSession_FallsBackSaysSoAndReturnsToTheHostThatThePluginStartsAgain()
    {
        using var standIn = new WineStandIn(Wine);
        string collect = StandInRun.Edited(standIn.Folder, "Bridge_Collect", ("bridgePlan", "1000"));
        using StandInRun run = standIn.Start(collect, "--simulated", "7", "--limit-minutes", "2000");
        var log = new List<string>();

        run.ReadUntil(log, line => line.StartsWith("Bridge: hole 20 ", StringComparison.Ordinal));
        Wine.Terminate(WineStandIn.HostName);
        int killed = log.Count;
        run.ReadUntil(log, line => line.Contains("the agent host does not answer", StringComparison.Ordinal));
        int away = log.Count;
        try
        {
            run.ReadUntil(log, IsAdvised);
        }
        catch (AssertFailedException)
        {
            TestContext.WriteLine(standIn.PluginLog + standIn.HostLog);  // why it did not come back
            throw;
        }
        int back = log.Count;
        log.AddRange(run.End().Split('\n'));

        int[] items = StandInRun.Items(string.Join('\n', log));
        CollectionAssert.AllItemsAreUnique(items);
        Assert.IsTrue(log[back..].Exists(IsAdvised), "the host advised once only");
        StringAssert.Contains(string.Join('\n', log[back..]), "session closed");
        Assert.AreEqual(1, Regex.Count(standIn.PluginLog, "the host does not answer; the plugin's own order"));
        Assert.AreEqual(1, Regex.Count(standIn.PluginLog, "the host answers again"));
        Assert.HasCount(1, Wine.Processes(WineStandIn.HostName));
        TestContext.WriteLine($"{items.Length} holes; {StandInRun.Items(string.Join('\n', log[killed..away])).Length} after the kill before the fallback, {StandInRun.Items(string.Join('\n', log[away..back])).Length} until the host advised again");
    }

    private static bool IsAdvised(string line) => line.StartsWith("Bridge: hole ", StringComparison.Ordinal) && line.Contains(" P 0.", StringComparison.Ordinal);

    private void CollectAsEvaluated(MeasuredGrid truth, params string[] grid)
    {
        using var standIn = new WineStandIn(Wine);
        string collect = StandInRun.Patient(StandInRun.Edited(standIn.Folder, "Bridge_Collect", ("bridgeFirst", $"{First}")));

        using StandInRun run = standIn.Start(collect, [.. grid, "--start", $"{First}", "--times"]);
        string log = run.End();

        (int[] items, int good) = Evaluated.Run(truth, First);
        CollectionAssert.AreEqual(items, StandInRun.Items(log)[1..], log[^Math.Min(log.Length, 2000)..]);
        int goodWithFirst = good + (Bridge.Domain.Sessions.CollectionState.IsGood(truth.CtfA[First - 1]) ? 1 : 0);
        StringAssert.Contains(log, $"{items.Length + 1} holes recorded, {goodWithFirst} of them good, 0 boxes");
        StringAssert.Contains(log, "session closed");
        StringAssert.Contains(standIn.PluginLog, $"started {WineStandIn.HostProgram}");
        Assert.HasCount(1, Wine.Processes(WineStandIn.HostName));
        Report(log, standIn.PluginLog);
    }

    private void Report(string log, string pluginLog)
    {
        string report = string.Join('\n', log.Split('\n').SkipWhile(line => !line.StartsWith("completed", StringComparison.Ordinal))) + pluginLog;
        TestContext.WriteLine(report);
        if (Environment.GetEnvironmentVariable("BRIDGE_DEADLINE_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, report);
    }
}
