using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Macros.Tests.Support;
using Bridge.Testing;

namespace Bridge.Macros.Tests;

/// <summary>Bridge_AlignBeam in the stand-in against the real host: the microscope's deflectors move the beam in a way that nobody knows.</summary>
[TestClass]
public sealed class AlignBeamTests
{
    private static readonly string[] Setters = ["", "SetDiffractionShift", "SetImageShift", "SetBeamShift"];

    [TestMethod]
    [DataRow(1, 6)]
    [DataRow(2, 5)]
    [DataRow(3, 4)]
    public void AlignBeam_EachDeflector_AlignsWithinTheTolerance(int deflector, int beam)
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        string log = Run(folder, host, deflector, beam, fault: "none", edit: text => text);

        Match aligned = Regex.Match(log, @"^Bridge: aligned, px left ([\d.]+) shifts (\d+) ", RegexOptions.Multiline);
        Assert.IsTrue(aligned.Success, log);
        Assert.IsTrue(double.Parse(aligned.Groups[1].Value, CultureInfo.InvariantCulture) <= 2);
        Assert.IsTrue(int.Parse(aligned.Groups[2].Value, CultureInfo.InvariantCulture) <= 10, log);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void AlignBeam_DeadLens_GivesUpSoonAndRestoresTheStart(int deflector)
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        string log = Run(folder, host, deflector, beam: 3, fault: "dead", edit: text => text);

        // Five shifts, and three more pictures to see whether the beam is only late.
        StringAssert.Contains(log, "not aligned, code 3 shifts 8 the shift is 0.25 -0.5 again");
        StringAssert.Contains(log, "does not react");
    }

    [TestMethod]
    public void AlignBeam_ReversesHalfWay_EndsAlignedOrRestored()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        string log = Run(folder, host, deflector: 1, beam: 6, fault: "reverses", edit: text => text);

        Assert.IsTrue(log.Contains("Bridge: aligned,", StringComparison.Ordinal) || log.Contains("the shift is 0.25 -0.5 again", StringComparison.Ordinal), log);
    }

    [TestMethod]
    public void AlignBeam_HostThatLearns_AlignsAndKeepsWhatItLearnedInTheJournal()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"), "--alignment-policy", "sac");

        string log = Run(folder, host, deflector: 1, beam: 6, fault: "none", edit: text => text);

        StringAssert.Contains(log, "Bridge: aligned,");
        string journal = File.ReadAllText(host.Journals().Single());
        StringAssert.Contains(journal, "\"policy\":\"sac\"");
        StringAssert.Contains(journal, "\"learned\":");
    }

    [TestMethod]
    public void AlignBeam_GoalOutOfRange_NeverGoesFartherAndRestoresTheStart()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        string log = Run(folder, host, deflector: 1, beam: 6, fault: "none", edit: text => text
            .Replace("bridgeLongest = 20", "bridgeLongest = 4", StringComparison.Ordinal)
            .Replace("      SetDiffractionShift $x $y\n", "      SetDiffractionShift $x $y\n      Echo set $x $y\n", StringComparison.Ordinal));

        StringAssert.Contains(log, "longest allowed is 4");
        StringAssert.Contains(log, "the shift is 0.25 -0.5 again");
        MatchCollection set = Regex.Matches(log, @"^set (\S+) (\S+)", RegexOptions.Multiline);
        Assert.IsTrue(set.Count > 3, log);
        foreach (Match match in set)
        {
            double x = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 0.25, y = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) + 0.5;
            Assert.IsTrue(Math.Sqrt(x * x + y * y) <= 4.00001, match.Value);
        }
    }

    [TestMethod]
    public void AlignBeam_ImageShiftBeyondTheLimit_IsRefusedAndRestored()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        string log = Run(folder, host, deflector: 2, beam: 5, fault: "none", edit: text => text.Replace("bridgeMostImageShift = 14", "bridgeMostImageShift = 0.6", StringComparison.Ordinal));

        StringAssert.Contains(log, "not aligned, code -21 ");
        StringAssert.Contains(log, "beyond the limit of 0.6 um");
        StringAssert.Contains(log, "the shift is 0.25 -0.5 again");
    }

    [TestMethod]
    public void AlignBeam_ErrorHalfWay_RestoresTheStartOnStop()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        // The camera fails at the third picture.
        string log = Run(folder, host, deflector: 1, beam: 6, fault: "none", exitCode: 1, edit: text => text
            .Replace("   Trial\n", "   If $bridgeLook == 3\n      MoveStageTo 1e9 0\n   Endif\n   Trial\n", StringComparison.Ordinal));

        StringAssert.Contains(log, "Bridge: stopped, the shift is 0.25 -0.5 again");
    }

    [TestMethod]
    public void AlignBeam_BlankedBeam_GivesUpAndRestores()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        string log = Run(folder, host, deflector: 1, beam: 6, fault: "none", edit: text => text.Replace("   Trial\n", "   SetBeamBlank 1\n   Trial\n", StringComparison.Ordinal));

        StringAssert.Contains(log, "no beam was found 4 times");
        StringAssert.Contains(log, "not aligned, code 3 ");
    }

    [TestMethod]
    public void AlignBeam_NoHost_EndsWithoutAShift()
    {
        using var folder = new TempFolder();

        using var run = new StandInRun(null, folder.Path, "run", StandInRun.Macro("Bridge_AlignBeam"), "--script", StandInRun.Functions);
        string log = run.End();

        StringAssert.Contains(log, "Bridge: code -14");
        StringAssert.Contains(log, " 0 images");
    }

    [TestMethod]
    public void Alignment_PlainPython_AlignsAndScans()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        (int exitCode, string output, string error) = PythonRun.ToEnd(Path.Combine(PythonRun.Own, "align_and_scan.py"), null, host.Endpoint);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "aligned");
        StringAssert.Contains(output, "scanned 20 segments");
        string[] kinds = [.. host.Journals().Select(path => Path.GetFileName(path)!.Split('-')[..2]).Select(parts => string.Join('-', parts).Replace(".jsonl", "", StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(new[] { "session-alignment", "session-scan", "closed-deflector", "closed-deflector" }, kinds);
        Assert.IsTrue(File.Exists(folder.File("data/alignments/sac-deflector/latest.safetensors")));
    }

    [TestMethod]
    public void Scan_ScriptInTheStandIn_EndsWithAnImageFile()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        string script = folder.File("Scan.txt");
        File.WriteAllText(script, """
            ScriptName Scan
            SuppressReports
            Plugin Bridge SetDeadline 2000
            Plugin Bridge SetScan 0.02 4 1
            Plugin Bridge SetScanRange -1 9
            Loop 100 n
               Plugin Bridge BeginScan 32 32
               If $repVal1 != 0
                  Break
               Endif
            EndLoop
            Echo segments $repVal1
            Loop 1000 n
               Plugin Bridge NextSegment
               If $repVal1 == 2
                  Break
               Endif
               If $repVal1 == 1
                  Plugin Bridge ObserveSegment 1 2 3.5 4
               Endif
            EndLoop
            CallFunction Bridge_Functions::BridgeExplain scan

            """);

        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", script, "--script", StandInRun.Functions);
        string log = run.End();

        StringAssert.Contains(log, "segments 5");
        StringAssert.Contains(log, "all 5 segments are scanned; the image is ");
        Assert.HasCount(1, Directory.GetFiles(folder.File("data"), "scan-scan-1.mrc", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void ScanPy_RealCrop_SaysWhereItsImageLies()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));

        (int exitCode, string output, string error) = PythonRun.ToEnd(
            Path.Combine(SharedData.RepositoryRoot(), "macros", "python", "scan.py"), null, SharedData.PathOf("stem", "dev.npy"), "--index", "12", "--endpoint", host.Endpoint);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "20 segments, policy ");
        string file = output.Trim().Split('\n')[^1].Trim();
        Assert.AreEqual(folder.File("data"), Path.GetDirectoryName(Path.GetDirectoryName(file)));
        Assert.IsTrue(File.Exists(file) && File.Exists(Path.ChangeExtension(file, ".png")), file);
    }

    private static string Run(TempFolder folder, HostUnderTest host, int deflector, int beam, string fault, Func<string, string> edit, int exitCode = 0)
    {
        string text = File.ReadAllText(StandInRun.Macro("Bridge_AlignBeam"));
        // A starting value that is not 0, so that its restoring is seen.
        string edited = edit(text)
            .Replace("bridgeDeflector = 1", $"bridgeDeflector = {deflector}", StringComparison.Ordinal)
            .Replace("\nSuppressReports\n", $"\nSuppressReports\n{Setters[deflector]} 0.25 -0.5\n", StringComparison.Ordinal);
        Assert.AreNotEqual(text, edited);
        string path = folder.File("Bridge_AlignBeam.txt");
        File.WriteAllText(path, edited);
        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", path, "--script", StandInRun.Functions, "--beam", $"{beam}", "--beam-fault", fault);
        return run.End(exitCode);
    }
}
