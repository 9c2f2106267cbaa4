using System.Diagnostics;
using Bridge.AgentHost.Tests.Support;
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
