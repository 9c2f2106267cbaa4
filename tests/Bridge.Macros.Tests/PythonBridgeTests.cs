using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Tables;
using Bridge.Macros.Tests.Support;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.Macros.Tests;

/// <summary>macros/python/bridge.py, without any package, against the real host.</summary>
[TestClass]
public sealed class PythonBridgeTests
{
    private static string Driver => Path.Combine(PythonRun.Own, "drive_bridge.py");

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void WholeSession_PlainPython_FindsTheSameHolesAsTheEvaluation(bool withSecret)
    {
        using var folder = new TempFolder();
        string table = SimulatedTable(folder, holes: 800), secret = folder.File("secret"), json = folder.File("out.json");
        using var host = new HostUnderTest(folder.File("data"), "--secret-file", withSecret ? secret : "none");
        var environment = new Dictionary<string, string> { ["BRIDGE_SECRET_FILE"] = withSecret ? secret : "none" };

        (int exitCode, string output, string error) = PythonRun.ToEnd(Driver, environment, table, host.Endpoint, "11", "100000", "480", json);

        Assert.AreEqual(0, exitCode, error);
        AssertAsEvaluated(table, json);
        Assert.IsTrue(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(line => line.Split(' ')[1] == "0"), "the host chose every hole");
    }

    [TestMethod]
    public void WholeSession_MeasuredTable_FindsTheSameHolesAsTheEvaluation()
    {
        string table = SharedData.PathOf("y1", "dev.csv");
        using var folder = new TempFolder();
        string json = folder.File("out.json");
        using var host = new HostUnderTest(folder.File("data"));

        (int exitCode, _, string error) = PythonRun.ToEnd(Driver, null, table, host.Endpoint, "11", "100000", "480", json);

        Assert.AreEqual(0, exitCode, error);
        AssertAsEvaluated(table, json);
    }

    [TestMethod]
    public void WholeSession_CollectWithoutPyzmq_FindsTheSameHolesAsTheEvaluation()
    {
        using var folder = new TempFolder();
        string table = SimulatedTable(folder, holes: 800), json = folder.File("out.json");
        using var host = new HostUnderTest(folder.File("data"));

        (int exitCode, _, string error) = PythonRun.ToEnd(Path.Combine(PythonRun.Macros, "collect.py"), null, table, "--transport", "plain", "--endpoint", host.Endpoint, "--first", "11", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        AssertAsEvaluated(table, json);
    }

    [TestMethod]
    public void HostKilledMidSession_FallsBackSaysSoAndReturnsToTheHostsAdvice()
    {
        using var folder = new TempFolder();
        string table = SimulatedTable(folder, holes: 3000), json = folder.File("out.json");
        using var host = new HostUnderTest(folder.File("data"));
        using var run = new PythonRun(Driver, null, table, host.Endpoint, "11", "1000", "100000", json);
        var lines = new List<string>();

        ReadUntil(run, lines, _ => lines.Count == 20);
        host.Kill();
        ReadUntil(run, lines, line => line.Contains(" 1 the agent host does not answer", StringComparison.Ordinal));
        host.Restart();
        ReadUntil(run, lines, line => line.Split(' ')[1] == "0");
        (int exitCode, string rest, string error) = run.End();

        Assert.AreEqual(0, exitCode, error);
        lines.AddRange(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string[] items = [.. lines.Select(line => line.Split(' ')[0])];
        Assert.AreEqual(1000, items.Length);
        CollectionAssert.AllItemsAreUnique(items);
        Assert.IsTrue(lines.TakeLast(100).All(line => line.Split(' ')[1] == "0"), "the host's advice is back");
    }

    [TestMethod]
    public void Envelope_LimitsModeStopAndWrongUse_AreCodes()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        (int exitCode, _, string error) = PythonRun.ToEnd(
            Path.Combine(PythonRun.Own, "check_envelope.py"), new Dictionary<string, string> { ["BRIDGE_DATA_FOLDER"] = folder.File("data") }, host.Endpoint, folder.File("data/STOP"));

        Assert.AreEqual(0, exitCode, error);
    }

    [TestMethod]
    public void Scripts_OldPython_HaveNoNewerSyntax()
    {
        string check = Path.Combine(PythonRun.Own, "check_syntax.py");

        (int exitCode, string output, string error) = PythonRun.ToEnd(check, null, PythonRun.Macros);

        Assert.AreEqual(0, exitCode, error);
        Assert.AreEqual(Directory.GetFiles(PythonRun.Macros, "*.py").Length, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static void ReadUntil(PythonRun run, List<string> lines, Func<string, bool> found)
    {
        while (run.ReadLine() is { } line)
        {
            lines.Add(line);
            if (found(line))
                return;
        }
        Assert.Fail($"the script ended early, after {lines.Count} holes: {run.End().Error}");
    }

    private static string SimulatedTable(TempFolder folder, int holes)
    {
        string table = folder.File("holes.csv");
        HoleTable.Write(table, SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed: 3)));
        return table;
    }

    private static void AssertAsEvaluated(string table, string json)
    {
        JObject result = JObject.Parse(File.ReadAllText(json));
        HoleTable read = HoleTable.Read(table);
        RunResult evaluated = new CollectionRun(read.Measured, MoveMinutes.Text, 480, LastMove.Strict).Play(Planners.Create("rate", read.Grid, 0), firstHole: 10);
        CollectionAssert.AreEqual(evaluated.Visits.Select(visit => visit.Hole + 1).ToArray(), result["visited"]!.Select(item => (int)item).ToArray());
        Assert.AreEqual(evaluated.Good, (int)result["good"]!);
    }
}
