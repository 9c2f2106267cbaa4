using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Macros.Tests.Support;
using Bridge.Testing;

namespace Bridge.Macros.Tests;

/// <summary>Several shots at each stage position: the script through the stand-in, against the real host.</summary>
[TestClass]
public sealed class ShiftTests
{
    [TestMethod]
    public void Shift_SimulatedTable_ShootsGroupsAtTheirHoles() => ShootsGroupsAtTheirHoles("Bridge_Shift");

    /// <summary>The same by SerialEM's multiple Records: the images come back from the open file.</summary>
    [TestMethod]
    public void Multishot_SimulatedTable_ShootsGroupsAtTheirHoles() => ShootsGroupsAtTheirHoles("Bridge_Multishot");

    [TestMethod]
    public void Multishot_NoImageFile_SaysSoAndMovesNothing()
    {
        using var folder = new TempFolder();

        using var run = new StandInRun(null, folder.File("data"), "run", StandInRun.Macro("Bridge_Multishot"), "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File("s.nav"));
        string log = run.End();

        StringAssert.Contains(log, "no image file is open");
        Assert.AreEqual(0, Regex.Count(log, "holes taken"));
    }

    /// <summary>Holes that image shift does not reach here cost their own shot, not the group's.</summary>
    [TestMethod]
    public void Multishot_ShiftsBeyondSerialEMsLimit_SkipsThoseHolesOnly()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        string script = WithFile(StandInRun.Edited(folder.Path, "Bridge_Multishot", ("bridgePlan", "60"), ("bridgeReach", "4")));
        // As SerialEM does: the shift is not done, and the script goes on.
        string text = File.ReadAllText(script);
        File.WriteAllText(script, text.Replace("         ImageShiftByStageDiff $bridgeShiftX $bridgeShiftY\n", "         If $bridgeShiftX > 0\n            ImageShiftByStageDiff $bridgeShiftX $bridgeShiftY\n         Endif\n", StringComparison.Ordinal));

        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", script, "--script", StandInRun.Functions, "--simulated", "7", "--nav", folder.File("s.nav"));
        string log = run.End();

        Assert.AreNotEqual(text, File.ReadAllText(script));
        Match end = Regex.Match(log, @"holes taken (\d+) at (\d+) positions");
        Assert.IsTrue(end.Success, log[^Math.Min(log.Length, 800)..]);
        Assert.IsGreaterThan(int.Parse(end.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(end.Groups[1].Value, CultureInfo.InvariantCulture), end.Value);
        string journal = File.ReadAllText(host.Journals().Single());
        Assert.IsGreaterThan(5, Regex.Count(journal, "\"event\":\"report_skipped\".*\"reason\":2"), "skipped");
        Assert.IsGreaterThan(3, Regex.Count(journal, "\"event\":\"report_move\""), "moves told");
    }

    private static void ShootsGroupsAtTheirHoles(string macro)
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(500, seed: 4));
        string table = folder.File("holes.csv");
        HoleTable.Write(table, truth);
        string script = WithFile(StandInRun.Edited(folder.Path, macro, ("bridgePlan", "100"), ("bridgeReach", "4")));

        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", script, "--script", StandInRun.Functions, "--holes", table, "--nav", folder.File("s.nav"));
        string log = run.End();

        Match end = Regex.Match(log, @"holes taken (\d+) at (\d+) positions");
        Assert.IsTrue(end.Success, log[^Math.Min(log.Length, 800)..]);
        int holes = int.Parse(end.Groups[1].Value, CultureInfo.InvariantCulture), positions = int.Parse(end.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.IsTrue(positions > 5 && holes > 1.5 * positions, end.Value);
        (int Item, double CtfA)[] shots = [.. Regex.Matches(log, @"^Bridge: hole \d+ item (\d+) CTF (\S+) A", RegexOptions.Multiline)
            .Select(match => (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];
        Assert.HasCount(holes, shots);
        CollectionAssert.AllItemsAreUnique(shots.Select(shot => shot.Item).ToArray());
        Grid grid = HoleTable.Read(table).Grid;
        // Each was measured at its own hole: image shift led there.
        Assert.IsTrue(shots.All(shot => Math.Abs(shot.CtfA - truth.CtfA[grid.FindItem(shot.Item)!.Index]) < 0.01), log[^Math.Min(log.Length, 800)..]);
    }
    /// <summary>The macro with an image file open.</summary>
    private static string WithFile(string script)
    {
        const string First = "\nSuppressReports\n";
        string text = File.ReadAllText(script);
        StringAssert.Contains(text, First);
        File.WriteAllText(script, text.Replace(First, First + "OpenNewFile shots.mrc\n", StringComparison.Ordinal));
        return script;
    }
}
