using System.Diagnostics;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Commands;

/// <summary>A client in another language, through libzmq.</summary>
[TestClass]
public sealed class PythonClientTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Collect_WholeSession_FindsTheSameHolesAsTheEvaluation(bool withSecret)
    {
        string python = Peers.Python("zmq");
        using var folder = new TempFolder();
        MeasuredGrid specimen = Make.Specimen(holes: 800, seed: 3);
        string table = folder.File("holes.csv"), secret = folder.File("secret"), json = folder.File("out.json");
        HoleTable.Write(table, specimen);
        using var host = new HostUnderTest(folder.File("data"), "--secret-file", withSecret ? secret : "none");

        (int exitCode, string error) = Run(python, [Script, table, "--endpoint", host.Endpoint, "--first", "11", "--json", json, "--secret-file", withSecret ? secret : "none"]);

        Assert.AreEqual(0, exitCode, error);
        JObject result = JObject.Parse(File.ReadAllText(json));
        HoleTable read = HoleTable.Read(table);
        RunResult evaluated = new CollectionRun(read.Measured, MoveMinutes.Text, 480, LastMove.Strict).Play(Planners.Create("rate", read.Grid, 0), firstHole: 10);
        CollectionAssert.AreEqual(evaluated.Visits.Select(visit => visit.Hole + 1).ToArray(), result["visited"]!.Select(item => (int)item).ToArray());
        Assert.AreEqual(evaluated.Good, (int)result["good"]!);
    }

    [TestMethod]
    public void Collect_WrongSecret_DoesNotBelieveTheHostAndSaysWhatToLookAt()
    {
        string python = Peers.Python("zmq");
        using var folder = new TempFolder();
        string table = folder.File("holes.csv"), secret = folder.File("secret");
        HoleTable.Write(table, Make.Specimen(holes: 100));
        using var host = new HostUnderTest(folder.File("data"), "--secret-file", secret);

        (int exitCode, string error) = Run(python, ["-c", $"import sys; sys.path.insert(0, {Quote(Path.GetDirectoryName(Script)!)}); import collect; collect.Host({Quote(host.Endpoint)}, 's', 'another secret', 300, 2).ask('hello')"]);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, "agent-host doctor");
        Assert.IsFalse(host.HasExited);
    }

    /// <summary>The client without packages sends crops, and the host scores them while it answers.</summary>
    [TestMethod]
    public void ScoreHoles_CropsOverTheWire_AreScoredInTheBackground()
    {
        string python = Peers.Python("json");
        using var folder = new TempFolder();
        string weights = folder.File("tiny.safetensors");
        new ClassifierModel(new SmallResNet(new TorchSharp.torch.Generator(1), width: 4), HoleNetworks.Small, 4, 16, 3.25, TemperatureScaling.None).Save(weights, new Dictionary<string, string>());
        using var host = new HostUnderTest(folder.File("data"), "--classifier", weights);
        string script = $"""
            import os, sys, time
            os.environ["BRIDGE_SECRET_FILE"] = "none"
            sys.path.insert(0, {Quote(Path.GetDirectoryName(Script)!)})
            from bridge import Bridge
            bridge = Bridge(fallback_after_s=60)
            assert bridge.settle(bridge.connect, {Quote(host.Endpoint)}, limit_s=60) == 1, bridge.last_fault
            targets = [dict(item=i, id=str(i), patch="p%d" % (i // 10), x_um=i % 10 * 2.0, y_um=i // 10 * 2.0, z_um=0.0) for i in range(1, 61)]
            assert bridge.settle(bridge.open_session, session="pictures", targets=targets, limit_s=60) == 60, bridge.last_fault
            crops = b"".join(bytes((i * 3 + j % 11) % 256 for j in range(400)) for i in range(60))
            assert bridge.settle(bridge.score_holes, range(1, 61), crops, 20, "u8", limit_s=60) == 1, bridge.last_fault
            assert bridge.settle(bridge.score_holes, range(1, 61), crops[1:], 20, "u8", limit_s=60) == -5, bridge.last_fault
            assert bridge.settle(bridge.score_maps, "nowhere.nav", limit_s=60) == -8, bridge.last_fault
            assert bridge.settle(bridge.suggest_next_hole, limit_s=60)[0] == 1, bridge.last_fault
            end = time.time() + 90
            while time.time() < end:
                text = bridge.settle(bridge.explain, "session", limit_s=60)[1]
                if "scores: 60 of 60" in text:
                    break
                time.sleep(0.05)
            assert "scores: 60 of 60" in text, text
            """;

        (int exitCode, string error) = Run(python, ["-c", script]);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(File.ReadAllText(host.Journals().Single()), "\"event\":\"report_predictions\"");
    }

    private static string Script => Path.Combine(SharedData.RepositoryRoot(), "macros", "python", "collect.py");

    private static string Quote(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal) + "'";

    private static (int ExitCode, string Error) Run(string python, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(120_000))
        {
            process.Kill();
            Assert.Fail("the Python client did not end within two minutes");
        }
        return (process.ExitCode, error.Result + output.Result);
    }
}
