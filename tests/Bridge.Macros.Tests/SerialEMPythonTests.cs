using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Tables;
using Bridge.Macros.Tests.Support;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.Macros.Tests;

/// <summary>The scripts for SerialEM's Python, with a small module in SerialEM's place and the real host.</summary>
[TestClass]
public sealed class SerialEMPythonTests
{
    [TestMethod]
    public void Collect_WholeSession_TakesHolesUntilTheTimeIsUp()
    {
        using var rig = new Rig(holes: 800);

        rig.Run(Path.Combine(PythonRun.Macros, "serialem_collect.py"));

        JObject state = rig.State();
        int[] taken = Taken(state);
        Assert.IsTrue((double)state["minutes"]! is > 400 and <= 480, state["minutes"]!.ToString());
        Assert.IsTrue(taken.Count(item => rig.IsGood(item)) > taken.Length / 2, "the host's order is worth something");
        StringAssert.Contains(Log(state), "session closed");
        Assert.AreEqual(1, Directory.GetFiles(rig.DataFolder, "closed-*.jsonl", SearchOption.AllDirectories).Length);
    }

    [TestMethod]
    public void Collect_SomeMovesFail_GoesOnWithTheOthers()
    {
        using var rig = new Rig(holes: 400) { FailEvery = 7 };

        rig.Run(Path.Combine(PythonRun.Macros, "serialem_collect.py"));

        JObject state = rig.State();
        Assert.IsTrue(Taken(state).Length > 50);
        StringAssert.Contains(Log(state), "failed: the stage did not move");
    }

    [TestMethod]
    public void Gate_AcquireAtItems_TakesOnlyWhatTheHostAdvises()
    {
        using var rig = new Rig(holes: 100);

        rig.Run(Path.Combine(PythonRun.Own, "acquire_at_items.py"), "gate", Path.Combine(PythonRun.Macros, "serialem_gate.py"), Path.Combine(PythonRun.Macros, "serialem_report_ctf.py"), "100");

        JObject state = rig.State();
        int[] taken = Taken(state);
        Assert.IsTrue(taken.Length > 0, Log(state));
        CollectionAssert.AreEqual(taken.Order().ToArray(), taken, "the table is walked forward");
        CollectionAssert.AreEqual(taken.Select(item => $"Bridge: taking item {item}").ToArray(), state["log"]!.Select(line => (string)line!).Where(line => line.Contains("taking", StringComparison.Ordinal)).ToArray());
        Assert.AreEqual(taken.Length, rig.Journal().Split("\"report_ctf\"").Length - 1);
    }

    [TestMethod]
    public void Batch_AcquireAtItems_PlansAgainAfterEachBatch()
    {
        using var rig = new Rig(holes: 200);

        rig.Run(Path.Combine(PythonRun.Own, "acquire_at_items.py"), "batches", Path.Combine(PythonRun.Macros, "serialem_batch.py"), Path.Combine(PythonRun.Macros, "serialem_report_ctf.py"), "2");

        JObject state = rig.State();
        int[] taken = Taken(state);
        Assert.AreEqual(40, taken.Length, Log(state));
        Assert.AreEqual(0, state["flags"]!.Count());
        Assert.AreEqual("serialem_batch", (string)state["found"]!);
        Assert.AreEqual(40, rig.Journal().Split("\"report_ctf\"").Length - 1);
    }

    [TestMethod]
    public void Collect_NoHost_SaysSoAndMovesNothing()
    {
        using var rig = new Rig(holes: 50, withHost: false);

        rig.Run(Path.Combine(PythonRun.Macros, "serialem_collect.py"));

        JObject state = rig.State();
        Assert.AreEqual(0, (int)state["moves"]!);
        StringAssert.Contains(Log(state), "agent-host");
    }

    private static int[] Taken(JObject state)
    {
        int[] taken = [.. state["taken"]!.Select(item => (int)item)];
        CollectionAssert.AllItemsAreUnique(taken);
        return taken;
    }

    private static string Log(JObject state) => string.Join('\n', state["log"]!.Select(line => (string)line!));

    /// <summary>A table, a host and what a script finds around it.</summary>
    private sealed class Rig : IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly HostUnderTest? _host;
        private readonly HoleTable _table;

        public Rig(int holes, bool withHost = true)
        {
            HoleTable.Write(_folder.File("holes.csv"), SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed: 5)));
            _table = HoleTable.Read(_folder.File("holes.csv"));
            _host = withHost ? new HostUnderTest(DataFolder) : null;
        }

        public int? FailEvery { get; init; }

        public string DataFolder => _folder.File("data");

        public bool IsGood(int item) => _table.Measured.CtfA[item - 1] <= 6;

        public JObject State() => JObject.Parse(File.ReadAllText(_folder.File("state.json")));

        public string Journal() => string.Concat(_host!.Journals().Select(File.ReadAllText));

        public void Run(string script, params string[] arguments)
        {
            var environment = new Dictionary<string, string>
            {
                ["FAKE_TABLE"] = _folder.File("holes.csv"),
                ["FAKE_STATE"] = _folder.File("state.json"),
                ["BRIDGE_ENDPOINT"] = _host?.Endpoint ?? "tcp://127.0.0.1:1",
            };
            if (FailEvery is { } every)
                environment["FAKE_FAIL"] = every.ToString(System.Globalization.CultureInfo.InvariantCulture);

            (int exitCode, _, string error) = PythonRun.ToEnd(script, environment, arguments);

            Assert.AreEqual(0, exitCode, error);
        }

        public void Dispose()
        {
            _host?.Dispose();
            _folder.Dispose();
        }
    }
}
