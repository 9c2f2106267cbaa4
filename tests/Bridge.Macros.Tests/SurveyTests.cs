using System.Text.RegularExpressions;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Macros.Tests.Support;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.Macros.Tests;

/// <summary>Grids whose patches are surveyed on the way: the script through the stand-in and the Python client, against the real host.</summary>
[TestClass]
public sealed class SurveyTests
{
    private const int HiddenValue = 5; // user value that the "classifier" of the test knows

    /// <summary>Copies what it knows of the items around the suggested one, as a classifier would that looks at the image.</summary>
    private const string Classifier = """
           View
           ReportNumTableItems
           rows = $repVal1
           Loop $rows row
              ReportOtherItem $row
              awayX = $repVal2 - $bridgeX
              awayY = $repVal3 - $bridgeY
              If $awayX * $awayX + $awayY * $awayY < 36
                 ReportItemUserValue $row 5
                 seen = $repVal1
                 SetNavItemUserValue $row 1 $seen
              Endif
           EndLoop
        """;

    [TestMethod]
    public void Survey_NothingPredicted_TakesImagesOnTheWayAndFindsGoodHoles()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(500, seed: 4));
        string table = folder.File("holes.csv"), navigator = folder.File("s.nav");
        HoleTable.Write(table, truth);
        HidePredictions(truth, navigator);
        string script = StandInRun.Edited(folder.Path, "Bridge_Survey", ("bridgePlan", "200"));
        File.WriteAllText(script, File.ReadAllText(script).Replace("   View\n", Classifier + "\n", StringComparison.Ordinal));

        using var run = new StandInRun(host.Endpoint, folder.File("data"), "run", script, "--script", StandInRun.Functions, "--holes", table, "--nav", navigator);
        string log = run.End();

        Match end = Regex.Match(log, @"holes taken (\d+) images (\d+)");
        Assert.IsTrue(end.Success, log[^Math.Min(log.Length, 800)..]);
        int taken = int.Parse(end.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), images = int.Parse(end.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsTrue(images >= 2 && taken > 20, log[^Math.Min(log.Length, 800)..]);
        StringAssert.Contains(log, "going up a level");
        double[] found = [.. Regex.Matches(log, @"^Bridge: hole \d+ item \d+ P \S+ CTF (\S+) A", RegexOptions.Multiline).Select(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        double all = truth.CtfA.Count(ctfA => ctfA <= 6) / (double)truth.CtfA.Count;
        Assert.IsTrue(found.Count(ctfA => ctfA <= 6) > 1.3 * all * taken, $"{found.Count(ctfA => ctfA <= 6)} good of {taken}, {all:P0} of the grid");
        Assert.AreEqual(images, Regex.Count(File.ReadAllText(host.Journals().Single()), "\"event\":\"report_predictions\""));
    }

    [TestMethod]
    public void Python_SurveyAndEndTime_AreTheSameCalls()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"));
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(500, seed: 4));
        string table = folder.File("holes.csv"), json = folder.File("out.json");
        HoleTable.Write(table, truth);

        (int exitCode, _, string error) = PythonRun.ToEnd(Path.Combine(PythonRun.Own, "survey.py"), null, table, host.Endpoint, json);

        Assert.AreEqual(0, exitCode, error);
        JObject result = JObject.Parse(File.ReadAllText(json));
        Assert.IsTrue((int)result["images"]! >= 2 && (int)result["ups"]! >= 1, result.ToString());
        Assert.IsTrue((int)result["good"]! > 20, result.ToString());
        StringAssert.Contains((string)result["minutes"]!, "learned from");
        StringAssert.Contains((string)result["plan"]!, "square ");
    }

    private static void HidePredictions(MeasuredGrid truth, string path)
    {
        NavigatorWriter.Write(path, truth.Grid);
        NavigatorFile file = NavigatorFile.Read(path);
        foreach (NavigatorItem item in file.Items.Take(truth.Grid.Holes.Count))
        {
            item.Section.Set($"UserValue{HiddenValue}", item.UserValue(1)!);
            item.Section.Set("UserValue1", "unknown");
        }
        file.Write(path);
    }
}
