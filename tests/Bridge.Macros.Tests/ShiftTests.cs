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
    public void Shift_SimulatedTable_ShootsGroupsAtTheirHoles()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(500, seed: 4));
        string table = folder.File("holes.csv");
        HoleTable.Write(table, truth);
        string script = StandInRun.Edited(folder.Path, "Bridge_Shift", ("bridgePlan", "100"), ("bridgeReach", "4"));

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
}
