using System.Text.RegularExpressions;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Tables;
using Bridge.Macros.Tests.Support;
using Bridge.SerialEM;
using Bridge.Testing;

namespace Bridge.Macros.Tests;

/// <summary>macros/serialem through the stand-in for SerialEM: its check, and whole sessions against the real host.</summary>
[TestClass]
public sealed partial class MacroTests
{
    [TestMethod]
    public void Check_EveryMacro_WouldRunInSerialEM()
    {
        string commands = SharedData.PathOf("..", "facts", "serialem-commands.tsv");
        using var folder = new TempFolder();
        int macros = Directory.GetFiles(StandInRun.Macros, "*.txt").Length;

        using var run = new StandInRun(null, folder.Path, "check", StandInRun.Macros, "--commands", commands);
        string output = run.End();

        Assert.IsTrue(macros >= 8);
        StringAssert.Contains(output, $"{macros} of {macros} script files pass");
    }

    [TestMethod]
    public void PluginCalls_InEveryMacro_HaveTheArgumentsOfTheTable()
    {
        int calls = 0;
        foreach (string path in Directory.GetFiles(StandInRun.Macros, "*.txt"))
        {
            foreach (Match call in PluginCall().Matches(File.ReadAllText(path)))
            {
                calls++;
                PluginFunction? function = PluginFunctions.Find(call.Groups[1].Value);
                Assert.IsNotNull(function, $"{path}: there is no function {call.Groups[1].Value}; SerialEM would abort the script");
                int given = call.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
                int numbers = function.NumInts + function.DoublesIn;
                Assert.IsTrue(function.IfString > 0 ? given > numbers : given == numbers, $"{path}: {call.Value.Trim()}");
            }
        }
        Assert.IsTrue(calls > 20);
    }

    [TestMethod]
    public void Headers_OfEveryMacro_SayWhatItIsAndHowItEnds()
    {
        foreach (string path in Directory.GetFiles(StandInRun.Macros, "*.txt"))
        {
            string text = File.ReadAllText(path);
            Assert.IsTrue(text.StartsWith($"ScriptName {Path.GetFileNameWithoutExtension(path)}\n", StringComparison.Ordinal), path);
            foreach (string word in new[] { "# Purpose:", "# Needs:", "# Changes:" })
                StringAssert.Contains(text, word, path);
            Assert.IsTrue(path.EndsWith("Bridge_Functions.txt", StringComparison.Ordinal) || text.Contains("# Ends:", StringComparison.Ordinal), path);
        }
    }

    [TestMethod]
    public void ReadmeTenLines_CheckedAndRunAgainstTheRealHost_CollectUntilTheHostSaysStop()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "macros", "README.md")).ReplaceLineEndings("\n");
        string script = Regex.Match(page, "In ten lines of your own:\n```\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        using var folder = new TempFolder();
        string path = folder.Write("Ten_Lines.txt", System.Text.Encoding.ASCII.GetBytes(script));
        using var host = new HostUnderTest(folder.File("data"));

        using var check = new StandInRun(null, folder.Path, "check", path, "--script", StandInRun.Functions, "--commands", SharedData.PathOf("..", "facts", "serialem-commands.tsv"));
        string verdict = check.End();
        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", path, "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File("s.nav"));
        string log = run.End();

        Assert.HasCount(10, script.TrimEnd().Split('\n'));
        StringAssert.Contains(verdict, "1 of 1 script files pass");
        int images = int.Parse(Regex.Match(log, @"^completed: .* (\d+) images", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsTrue(images > 50, log[^300..]);
        Assert.AreEqual(images, Regex.Count(File.ReadAllText(host.Journals().Single()), "\"event\":\"report_ctf\""));
    }

    [TestMethod]
    public void Collect_MeasuredTable_TakesTheSameHolesAsTheEvaluation() => CollectAsEvaluated(SharedData.PathOf("y1", "dev.csv"));

    /// <summary>CtfFind and Ctfplotter report in different orders; the host must hear the same of both.</summary>
    [TestMethod]
    [DataRow("CtfFind")]
    [DataRow("Ctfplotter")]
    public void Collect_SimulatedTable_TakesTheSameHolesAsTheEvaluation(string fitter)
    {
        using var folder = new TempFolder();
        string table = folder.File("holes.csv");
        HoleTable.Write(table, SimulatedGrid.Create(SimulatedGridSettings.ForHoles(800, seed: 3)));
        CollectAsEvaluated(table, fitter);
    }

    [TestMethod]
    public void Collect_HostKilledMidSession_FallsBackSaysSoAndReturnsToTheHostsAdvice()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        string collect = StandInRun.Edited(folder.Path, "Bridge_Collect", ("bridgePlan", "1000"));
        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", collect, "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File("s.nav"), "--limit-minutes", "2000");
        var log = new List<string>();

        run.ReadUntil(log, line => line.StartsWith("Bridge: hole 20 ", StringComparison.Ordinal));
        host.Kill();
        run.ReadUntil(log, line => line.Contains("the agent host does not answer", StringComparison.Ordinal));
        host.Restart();
        run.ReadUntil(log, line => line.StartsWith("Bridge: hole", StringComparison.Ordinal) && line.Contains(" P 0.", StringComparison.Ordinal));
        log.AddRange(run.End().Split('\n'));

        int[] items = StandInRun.Items(string.Join('\n', log));
        CollectionAssert.AllItemsAreUnique(items);
        Assert.IsTrue(items.Length > 100);
        StringAssert.Contains(string.Join('\n', log), "session closed");
    }

    [TestMethod]
    public void Collect_EndTime_CollectsUntilThen()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        string collect = StandInRun.Edited(folder.Path, "Bridge_Collect", ("bridgeHasEnd", "1"), ("bridgePlan", "1"));
        string end = DateTime.Now.AddMinutes(100).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        File.WriteAllText(collect, File.ReadAllText(collect).Replace("bridgeEnd @= 07:30", $"bridgeEnd @= {end}", StringComparison.Ordinal));

        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", collect, "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File("s.nav"));
        string log = run.End();

        int taken = StandInRun.Items(log).Length;
        Assert.IsTrue(taken is > 20 and <= 50, $"{taken} holes in 100 min: {log[^Math.Min(log.Length, 500)..]}");
        StringAssert.Contains(log, "session closed");
    }

    [TestMethod]
    public void Collect_StageLimit_NeverLeavesIt()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        string collect = StandInRun.Edited(folder.Path, "Bridge_Collect", ("bridgeLimit", "0.001"), ("bridgePlan", "100"));

        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", collect, "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File("s.nav"));
        string log = run.End();

        StringAssert.Contains(log, " 0 stage moves");
        Assert.AreEqual(0, StandInRun.Items(log).Length);
    }

    [TestMethod]
    public void Collect_NoHost_EndsWithoutAMove()
    {
        using var folder = new TempFolder();

        using var run = new StandInRun(null, folder.Path, "run", StandInRun.Macro("Bridge_Collect"), "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File("s.nav"));
        string log = run.End();

        StringAssert.Contains(log, "Bridge: code -14");
        StringAssert.Contains(log, " 0 stage moves");
    }

    [TestMethod]
    public void Gate_AcquireAtItems_TakesWhatTheHostAdvisesAndMovesOnlyThere()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        string gate = StandInRun.Edited(folder.Path, "Bridge_Gate", ("bridgeMove", "1"));

        using var run = new StandInRun(
            host.Endpoint, folder.File("data"), "acquire", "--before", gate, "--after", StandInRun.Macro("Bridge_ReportCtf"), "--script", StandInRun.Functions,
            "--simulated", "7", "--nav", folder.File("s.nav"), "--skip-move");
        string log = run.End();

        int taken = Regex.Count(log, "^Bridge: taking item ", RegexOptions.Multiline);
        Assert.IsTrue(taken > 5, log);
        Assert.AreEqual(taken, Regex.Count(log, @"^Bridge: item \d+ CTF ", RegexOptions.Multiline));
        StringAssert.Contains(log, $" {taken} stage moves, {taken} images");
    }

    [TestMethod]
    public void Batch_AcquireAtItems_PlansAgainAndKeepsToTheTime()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        using var run = new StandInRun(
            host.Endpoint, folder.File("data"), "run", StandInRun.Macro("Bridge_Batch"), "--script", StandInRun.Functions, "--after", StandInRun.Macro("Bridge_ReportCtf"),
            "--simulated", "7", "--nav", folder.File("s.nav"));
        string log = run.End();

        Assert.IsTrue(Regex.Count(log, "^Bridge: holes marked ", RegexOptions.Multiline) > 5, log);
        StringAssert.Contains(log, "session closed");
        double minutes = double.Parse(Regex.Match(log, @"^completed: ([\d.]+) min", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsTrue(minutes is > 400 and <= 490, log[^200..]);
    }

    [TestMethod]
    public void AdviseAndShowScores_DoNotMoveTheStageAndHandTheirHolesBack()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        foreach (string macro in new[] { "Bridge_Advise", "Bridge_ShowScores" })
        {
            using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", StandInRun.Macro(macro), "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File(macro + ".nav"));
            string log = run.End();

            StringAssert.Contains(log, macro == "Bridge_Advise" ? "Bridge advises item" : "holes shown 50");
            StringAssert.Contains(log, " 0 stage moves");
        }
        string journals = string.Concat(host.Journals().Select(File.ReadAllText));
        Assert.AreEqual(51, Regex.Count(journals, "\"event\":\"report_skipped\""));
    }

    private static void CollectAsEvaluated(string table, string fitter = "CtfFind")
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        string collect = StandInRun.Patient(StandInRun.Edited(folder.Path, "Bridge_Collect", ("bridgeFirst", "11")));
        if (fitter == "Ctfplotter")
            File.WriteAllText(collect, File.ReadAllText(collect).Replace("bridgeFitter = 1", "bridgeFitter = 2", StringComparison.Ordinal));

        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", collect, "--script", StandInRun.Functions, "--holes", table, "--nav", folder.File("s.nav"), "--start", "11");
        string log = run.End();

        CollectionAssert.AreEqual(Evaluated.Run(HoleTable.Read(table).Measured, first: 11).Items, StandInRun.Items(log)[1..], log[^500..]);
        StringAssert.Contains(log, "session closed");
    }

    [GeneratedRegex(@"^\s*Plugin Bridge (\w+)(.*)$", RegexOptions.Multiline)]
    private static partial Regex PluginCall();
}
