using System.Diagnostics;
using System.Globalization;
using Bridge.SerialEM.Tests.Support;
using Bridge.Testing;

namespace Bridge.SerialEM.Tests;

/// <summary>The DLL itself, loaded by a native program as SerialEM loads it; on Linux under Wine.</summary>
[TestClass]
public sealed class WineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Dll_LoadedAndAsked_TellsTheTable()
    {
        string[] lines = Probe();

        string[] loaded = lines[0].Split(' ');
        CollectionAssert.AreEqual(new[] { "loaded", "Bridge", "flags", "0", "functions", $"{PluginFunctions.All.Count}" }, loaded[..6]);
        string[] expected = [.. PluginFunctions.All.Select(function => $"function {function.Name} {function.NumInts} {function.NumDoubles} {function.IfString} found")];
        CollectionAssert.AreEqual(expected, lines[1..(expected.Length + 1)]);
        Assert.AreEqual("out of range 1, no pointer 1", lines[expected.Length + 1]);
        Report($"load {loaded[^1]} ms");
    }

    [TestMethod]
    public void Dll_WholeSession_AnswersAsTheManagedCodeDoes()
    {
        using var host = new FakeHost(20_000);
        using var folder = new TempFolder();

        string[] lines = Probe(
            "SetDeadline 2000", $"Connect {host.Endpoint} none", "SetClock 3.5", "OpenSession C:\\grid.nav", "OpenSession C:\\grid.nav", "SuggestNextHole", "SuggestedStage",
            "ReportCtf 1 4.2 0.9 -1.5", "ReportSkipped 2 5", "Explain 0 0 0 last", "SetMode 7", "Explain 0 0 0 fault", "bench 10000 SuggestNextHole", "CloseSession");
        string[] answers = lines[(PluginFunctions.All.Count + 3)..];

        StringAssert.StartsWith(answers[0], "Connect 1 ");
        StringAssert.StartsWith(answers[3], "OpenSession 20000 ");
        StringAssert.StartsWith(answers[4], "SuggestNextHole 1 1 0.5 2 ");
        StringAssert.StartsWith(answers[5], "SuggestedStage 1 1 0 0 ");
        StringAssert.StartsWith(answers[6], "ReportCtf 1 ");
        StringAssert.StartsWith(answers[7], "ReportSkipped 1 ");
        StringAssert.EndsWith(answers[8], "|item 1: it is next");
        StringAssert.StartsWith(answers[9], "SetMode -5 ");
        StringAssert.Contains(answers[10], "|BadField (-5): SetMode: mode must be 1 to 3, got 7");
        StringAssert.StartsWith(answers[11], "SuggestNextHole 1 us ");
        StringAssert.StartsWith(answers[12], "CloseSession 7 ");
        Assert.IsTrue(host.Heard().OfType<Contracts.SessionRequest>().All(request => request.ClockMin == 3.5));
        Report("first call " + lines[PluginFunctions.All.Count + 2]);
        Report("first call that asks the host " + answers[0]);
        Report("through the DLL, 10000 calls, p50 p99 worst: " + answers[11]);
    }

    [TestMethod]
    public void Dll_NobodyAnswers_CallsReturnInTime()
    {
        string[] lines = Probe("Connect tcp://127.0.0.1:9 none", "SetDeadline 50", "OpenSession C:\\grid.nav", "Explain 0 0 0 version");
        string[] answers = lines[(PluginFunctions.All.Count + 2)..];

        StringAssert.StartsWith(answers[0], "Connect 0 ");
        StringAssert.StartsWith(answers[2], "OpenSession 0 ");
        StringAssert.Contains(answers[3], "|Bridge 0.1.0");
        double connectMs = double.Parse(answers[0].Split(' ')[^1].TrimEnd('|'), CultureInfo.InvariantCulture) / 1000;
        Assert.IsLessThan(5000, connectMs);
    }

    [TestMethod]
    [DataRow("98.0.0")]
    [DataRow("0.0.9")]
    public void Dll_HostOfAnotherVersion_SaysBothAndWhatToDo(string version)
    {
        using var host = new FakeHost { HostVersion = version };

        string[] lines = Probe("SetDeadline 2000", $"Connect {host.Endpoint} none", "OpenSession C:\\grid.nav", "SuggestNextHole", "Explain 0 0 0 warnings");
        string[] answers = lines[(PluginFunctions.All.Count + 3)..];

        StringAssert.StartsWith(answers[2], "SuggestNextHole 1 1 ");
        StringAssert.EndsWith(answers[3], $"|the host is version {version}, this plugin is {HostLink.Version}; close SerialEM, install Bridge again, which brings both, and restart SerialEM; nothing odd was found in the file");
    }

    private void Report(string line)
    {
        TestContext.WriteLine(line);
        if (Environment.GetEnvironmentVariable("BRIDGE_DEADLINE_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }

    /// <summary>Runs the probe on the DLL, with one call a line.</summary>
    private static string[] Probe(params string[] calls)
    {
        string built = Path.Combine(SharedData.RepositoryRoot(), ".artifacts", "plugin");
        string probe = Path.Combine(built, "probe.exe"), dll = Path.Combine(built, "SerialEM-Bridge-64.dll");
        Require(File.Exists(dll), "run install/build-plugin.sh");
        Require(File.Exists(probe), "run tests/Bridge.SerialEM.Tests/Native/build-probe.sh");
        bool windows = OperatingSystem.IsWindows();
        string? wine = windows ? null : Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "wine")).FirstOrDefault(File.Exists);
        Require(windows || wine is not null, "install wine and wine64");
        using var folder = new TempFolder();
        var start = new ProcessStartInfo(windows ? probe : wine!, windows ? [dll] : [probe, dll])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["WINEPREFIX"] = Prefix(), ["WINEDEBUG"] = "-all", ["BRIDGE_DATA_FOLDER"] = folder.Path, ["BRIDGE_AGENT_HOST"] = "none", ["BRIDGE_SECRET_FILE"] = "none" },
        };
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        foreach (string call in calls)
            process.StandardInput.Write(call + "\n");
        process.StandardInput.Close();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"the probe did not end within {Limit}");
        }
        Assert.AreEqual(0, process.ExitCode, output.Result);
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>A Wine prefix of the tests' own, kept between runs because making one takes seconds.</summary>
    private static string Prefix()
    {
        string path = Path.Combine(SharedData.RepositoryRoot(), ".artifacts", "wine");
        Directory.CreateDirectory(path);
        return path;
    }

    private static void Require(bool there, string what)
    {
        if (there)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"not there: {what}");
        Assert.Inconclusive($"not there: {what}");
    }
}
