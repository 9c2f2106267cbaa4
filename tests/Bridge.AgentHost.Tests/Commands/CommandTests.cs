using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Commands;

/// <summary>The commands as a person types them.</summary>
[TestClass]
public sealed class CommandTests
{
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void EvaluatePlanner_RecordedHoles_ReachesTheBarInEveryRow()
    {
        string json = _folder.File("out.json");

        (int exitCode, string output, string error) = HostUnderTest.Run("evaluate", "planner", "--data", SharedData.PathOf("y1"), "--split", "dev",
            "--planner", "rate,greedy,nearest,random,oracle", "--budgets", "120,240,360,480", "--starts", "50", "--seed", "0", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "oracle");
        JObject result = JObject.Parse(File.ReadAllText(json));
        CollectionAssert.AreEqual(new[] { "command", "version", "seed", "data", "rows" }, result.Properties().Select(property => property.Name).ToArray());
        double[] rate = Means(result, "rate"), oracle = Means(result, "oracle");
        AssertAtLeast([52, 101, 153, 198], rate);
        AssertAtLeast([55, 110, 166, 221], oracle);
        CollectionAssert.AreEqual(
            new[] { "planner", "split", "budget_min", "starts", "mean", "sd", "oracle_fraction", "seconds" },
            ((JObject)result["rows"]![0]!).Properties().Select(property => property.Name).ToArray());
    }

    [TestMethod]
    public void EvaluateAlignment_BothPolicies_ReachTheBarInEveryRow()
    {
        string json = _folder.File("out.json");

        (int exitCode, string output, string error) = HostUnderTest.Run("evaluate", "alignment", "--policy", "least-squares,known-matrix", "--episodes", "2000", "--seed", "1", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "known-matrix");
        JObject result = JObject.Parse(File.ReadAllText(json));
        Assert.AreEqual("evaluate alignment", (string?)result["command"]);
        JObject[] rows = [.. result["rows"]!.Cast<JObject>()];
        CollectionAssert.AreEqual(new[] { "environment", "policy", "episodes", "success", "steps_mean", "pictures_mean", "rms_px" }, rows[0].Properties().Select(property => property.Name).ToArray());
        Assert.IsTrue(rows.All(row => (double)row["success"]! >= 0.99));
        double Steps(string policy) => (double)rows.Single(row => (string?)row["environment"] == "truthful" && (string?)row["policy"] == policy)["steps_mean"]!;
        Assert.IsTrue(Steps("least-squares") < Steps("known-matrix") + 2.5);
    }

    [TestMethod]
    public void TrainAlignment_FewSteps_WritesWeightsThatEvaluateTakes()
    {
        string weights = _folder.File("first-sight.safetensors"), picture = _folder.File("ways.svg"), curve = _folder.File("curve.svg");

        (int exitCode, string output, string error) = HostUnderTest.Run("train", "alignment", "--steps", "400", "--hidden", "16", "--out", weights, "--picture", curve);
        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "% aligned");
        (exitCode, output, error) = HostUnderTest.Run("evaluate", "alignment", "--policy", "first-sight", "--model", weights, "--episodes", "100", "--picture", picture);
        Assert.AreEqual(0, exitCode, error);

        StringAssert.Contains(output, "first-sight");
        StringAssert.Contains(File.ReadAllText(picture), "<polyline");
        StringAssert.Contains(File.ReadAllText(curve), "steps of learning");
        StringAssert.Contains(File.ReadAllText(_folder.File("first-sight.json")), "\"policy\": \"first-sight\"");
    }

    [TestMethod]
    public void TrainScan_FewSteps_WritesWeightsThatEvaluateTakes()
    {
        string weights = _folder.File("scan.safetensors"), json = _folder.File("scan-scores.json"), pictures = _folder.File("pictures");

        (int exitCode, string output, string error) = HostUnderTest.Run("train", "scan", "--simulated", "4", "--steps", "3", "--batch", "1", "--width", "4", "--path", "spiral", "--histories", "6", "--error-scans", "5", "--out", weights);
        Assert.AreEqual(0, exitCode, error);
        (exitCode, output, error) = HostUnderTest.Run("evaluate", "scan", "--simulated", "3", "--paths", "adaptive,spiral", "--model", weights, "--json", json, "--pictures", pictures);
        Assert.AreEqual(0, exitCode, error);

        StringAssert.Contains(output, "adaptive");
        var rows = (JArray)JObject.Parse(File.ReadAllText(json))["rows"]!;
        JToken all = rows.Single(row => (string?)row["path"] == "adaptive" && (string?)row["images"] == "all");
        Assert.IsTrue((double)all["mse"]! is > 0 and < 4);
        Assert.IsNotNull(all["psnr_db"]);
        Assert.IsNotNull(all["ssim"]);
        CollectionAssert.AreEqual(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, File.ReadAllBytes(Path.Combine(pictures, "adaptive.png"))[..4]);
        StringAssert.Contains(File.ReadAllText(_folder.File("scan.json")), "\"agent\": \"scan\"");
    }

    [TestMethod]
    [DataRow("--paths", "snail", "there is no scan path 'snail'")]
    [DataRow("--coverage", "0", "--coverage")]
    [DataRow("--data", "nowhere.npy", "nowhere.npy")]
    [DataRow("--model", "nowhere.safetensors", "nowhere.safetensors")]
    public void EvaluateScan_WrongOption_SaysSo(string option, string value, string named)
    {
        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "scan", "--simulated", "1", option, value);

        Assert.AreNotEqual(0, exitCode);
        StringAssert.Contains(error, named);
    }

    [TestMethod]
    public void EvaluateAlignment_EveryFault_HasARowForEachPolicy()
    {
        string json = _folder.File("out.json");

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "alignment", "--study", "faults", "--policy", "first-sight,known-matrix", "--episodes", "4", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        JObject[] rows = [.. JObject.Parse(File.ReadAllText(json))["rows"]!.Cast<JObject>()];
        Assert.HasCount(2 * 13, rows);
        Assert.IsTrue(rows.All(row => (double)row["success"]! >= 0.75), "4 episodes each");
    }

    [TestMethod]
    [DataRow("--binning", "3")]
    [DataRow("--measure", "guess")]
    [DataRow("--latency", "11")]
    [DataRow("--hysteresis", "1.1")]
    [DataRow("--study", "reward")]
    public void EvaluateAlignment_OptionOutOfRange_IsWrongUse(string option, string value)
    {
        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "alignment", option, value, "--episodes", "1");

        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, value);
    }

    [TestMethod]
    public void EvaluateAlignment_Published_ShowsTheLimitAndWhatWasLearned()
    {
        string json = _folder.File("out.json");

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "alignment", "--environment", "published", "--policy", "known-matrix,least-squares", "--episodes", "500", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        JObject known = JObject.Parse(File.ReadAllText(json))["rows"]!.Cast<JObject>().Single(row => (string?)row["policy"] == "known-matrix");
        Assert.AreEqual(9.1, (double)known["steps_mean"]!, 0.4); // facts/alignment.md
        Assert.AreEqual(1, (double)known["success"]!);
    }

    [TestMethod]
    public void DemoAlign_OneBeam_EndsAligned()
    {
        (int exitCode, string output, string error) = HostUnderTest.Run("demo", "--align", "--seed", "3");

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "Aligned after");
    }

    [TestMethod]
    public void DemoScan_OneSpecimen_DrawsTheSheetAndMeasuresTheError()
    {
        string sheet = _folder.File("sheet.png");

        (int exitCode, string output, string error) = HostUnderTest.Run("demo", "--scan", "--images", "1", "--sheet", sheet, "--seed", "2");

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "spiral");
        Bridge.Domain.Images.Picture picture = Bridge.Domain.Images.ImageFile.Read(sheet);
        Assert.IsTrue(picture.Width > 5 * 96 && picture.Range() is { Min: < 60, Max: 255 }, $"{picture.Width}");
    }

    [TestMethod]
    [DataRow("reward", "strict")]
    [DataRow("summed", "counted")]
    [DataRow("1,2,3,4", "strict")]
    public void EvaluatePlanner_OtherMinutes_Work(string minutes, string lastMove)
    {
        string json = _folder.File("out.json");

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "planner", "--planner", "rate,oracle", "--budgets", "60", "--starts", "3",
            "--minutes", minutes, "--last-move", lastMove, "--json", json);

        Assert.AreEqual(0, exitCode, error);
        Assert.IsTrue(Means(JObject.Parse(File.ReadAllText(json)), "rate")[0] > 5);
    }

    [TestMethod]
    public void EvaluatePlanner_TrainOnTwoTablesForTwoKindsOfMinutes_GivesEveryRowAndTheDrop()
    {
        string json = _folder.File("out.json"), markdown = _folder.File("table.md");

        (int exitCode, string output, string error) = HostUnderTest.Run("evaluate", "planner", "--data", SharedData.PathOf("y1"), "--split", "dev", "--train", "train,simulated", "--training-seeds", "2",
            "--epochs", "1", "--steps", "20", "--planner", "nearest,dqn", "--budgets", "30,120", "--starts", "2", "--minutes", "text,summed", "--json", json, "--markdown", markdown, "--published");

        Assert.AreEqual(0, exitCode, error);
        JObject[] rows = [.. JObject.Parse(File.ReadAllText(json))["rows"]!.Cast<JObject>()];
        Assert.HasCount(2 * 2 * (1 + 2), rows);
        foreach (JObject row in rows)
        {
            bool learned = (string)row["planner"]! != "nearest";
            Assert.AreEqual(learned ? 2 : null, (int?)row["training_seeds"]);
            Assert.AreEqual(learned, (string?)row["trained_on"] is "train" or "simulated");
            Assert.IsTrue((string?)row["minutes"] is "text" or "summed");
        }
        StringAssert.Contains(output, "trained on simulated in place of train");
        string table = File.ReadAllText(markdown);
        foreach (string line in new[] { "minutes text", "minutes summed", "| dqn, trained on simulated |", "trained on simulated in place of train", "| dqn, CryoRL, Table 3, with elimination | - | 47.4 |" })
            StringAssert.Contains(table, line);
    }

    [TestMethod]
    public void EvaluatePlanner_TrainWithoutPlanners_TrainsEveryLearnerAndRunsEveryPlanner()
    {
        File.WriteAllLines(_folder.File("small.csv"),
            ["hole,grid,square,patch,x_um,y_um,ctf_max_res_angstrom,predicted_ctf_angstrom", .. Enumerable.Range(0, 12).Select(hole => $"h{hole},g,g/s{hole / 6},g/s{hole / 6}/p,{hole},0,{4 + hole % 3 * 3},5")]);
        string json = _folder.File("out.json");

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "planner", "--data", _folder.Path, "--split", "small", "--train", "small", "--epochs", "1", "--steps", "10", "--budgets", "30", "--starts", "1", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        JObject[] rows = [.. JObject.Parse(File.ReadAllText(json))["rows"]!.Cast<JObject>()];
        CollectionAssert.AreEquivalent(Learners.Names.Concat(Planners.Names).ToArray(), rows.Select(row => (string)row["planner"]!).ToArray());
        Assert.AreEqual(Learners.Names.Count, rows.Count(row => (string?)row["trained_on"] == "small"));
    }

    [TestMethod]
    [DataRow("--json")]
    [DataRow("--markdown")]
    public void EvaluatePlanner_ResultCannotBeWritten_ExitsWith1AndNamesTheFile(string option)
    {
        File.WriteAllText(_folder.File("file"), "");
        string inAFile = Path.Combine(_folder.File("file"), "x");

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "planner", "--planner", "nearest", "--starts", "1", option, inAFile);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, "cannot write " + inAFile);
    }

    [TestMethod]
    public void EvaluatePlanner_DamagedModel_ExitsWith1AndTheReason()
    {
        string path = _folder.File("dqn.safetensors");
        File.WriteAllText(path, "damaged");

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "planner", "--planner", "dqn", "--model", $"dqn={path}", "--starts", "1");

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, $"the model {path} cannot be used for planner 'dqn'");
    }

    [TestMethod]
    public void EvaluatePlanner_ShippedModelByName_Plans()
    {
        string json = _folder.File("out.json");

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "planner", "--planner", "dqn,nearest", "--budgets", "120", "--starts", "5", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        JObject result = JObject.Parse(File.ReadAllText(json));
        Assert.IsGreaterThan(Means(result, "nearest")[0], Means(result, "dqn")[0]);
    }

    [TestMethod]
    [DataRow("evaluate planner --train simulated --planner best", "there is no planner 'best'")]
    [DataRow("evaluate planner --train simulated --planner dqn --epochs 0", "--epochs must be 1 to")]
    [DataRow("evaluate planner --train simulated --planner dqn --training-seeds 0", "--training-seeds must be 1 to")]
    [DataRow("evaluate planner --minutes text,best", "minutes")]
    [DataRow("evaluate planner --planner c51", "planner 'c51' needs its weights")]
    [DataRow("evaluate planner --planner best", "there is no planner 'best'")]
    [DataRow("evaluate planner --budgets 0", "--budgets")]
    [DataRow("evaluate planner --budgets inf", "--budgets")]
    [DataRow("evaluate planner --budgets 120,nan", "--budgets")]
    [DataRow("evaluate planner --planner ,", "--planner")]
    [DataRow("evaluate planner --model best", "NAME=FILE")]
    [DataRow("evaluate planner --model best=weights.safetensors", "'best'")]
    [DataRow("serve --planner best", "Host:Planner")]
    [DataRow("evaluate planner --starts 0", "--starts")]
    [DataRow("evaluate planner --minutes 5,3,2,1", "minutes")]
    [DataRow("evaluate planner --starts many", "many")]
    [DataRow("evaluate alignment --policy magic", "there is no alignment policy 'magic'")]
    [DataRow("evaluate alignment --episodes 0", "--episodes")]
    [DataRow("evaluate alignment --tolerance 0", "--tolerance")]
    [DataRow("evaluate alignment --environment mars", "there is no environment 'mars'")]
    [DataRow("evaluate alignment --environment published --study everything", "there is no study 'everything'")]
    [DataRow("train alignment --policy known-matrix --out x", "does not learn")]
    [DataRow("train alignment --steps 0 --out x", "--steps")]
    [DataRow("train alignment --response 0 --out x", "--response")]
    [DataRow("demo --starts 0", "--starts")]
    [DataRow("demo --scan --jitter -1", "--jitter")]
    [DataRow("sing", "sing")]
    public void AnyCommand_UsedWrongly_ExitsWith2AndNamesTheThing(string arguments, string named)
    {
        (int exitCode, _, string error) = HostUnderTest.Run(arguments.Split(' '));

        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, named);
        Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal), "a stack trace is no message for a person");
    }

    [TestMethod]
    [DataRow("h,g,g/s,g/s/p,0,0,4,5", 0.0)]                                             // one hole, which is the first
    [DataRow("h,g,g/s,g/s/p,0,0,9,8|i,g,g/s,g/s/p,1,0,9,9|j,g,g/s,g/s/p,2,0,9,9", 0.0)]      // all bad
    [DataRow("h,g,g/s,g/s/p,0,0,4,|i,g,g/s,g/s/p,1,0,4,|j,g,g/s,g/s/p,2,0,4,", 2.0)]         // no predictions
    public void EvaluatePlanner_OddTables_GiveDefinedFigures(string rows, double good)
    {
        File.WriteAllText(_folder.File("odd.csv"), "hole,grid,square,patch,x_um,y_um,ctf_max_res_angstrom,predicted_ctf_angstrom\n" + rows.Replace('|', '\n') + "\n");
        string json = _folder.File("out.json");

        (int exitCode, string output, string error) = HostUnderTest.Run("evaluate", "planner", "--data", _folder.Path, "--split", "odd", "--budgets", "60", "--starts", "2",
            "--json", json, "--pictures", _folder.File("pictures"), "--markdown", _folder.File("table.md"));

        Assert.AreEqual(0, exitCode, error);
        foreach (JToken row in JObject.Parse(File.ReadAllText(json))["rows"]!)
            Assert.AreEqual(good, (double)row["mean"]!, $"{row["planner"]}: {output}");
        StringAssert.Contains(File.ReadAllText(_folder.File("table.md")), "| rate | " + good.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture));
        StringAssert.StartsWith(File.ReadAllText(Path.Combine(_folder.File("pictures"), "curves.svg")), "<svg");
        StringAssert.StartsWith(File.ReadAllText(Path.Combine(_folder.File("pictures"), "path-offline.svg")), "<svg");
    }

    [TestMethod]
    [DataRow("", "no hole")]
    [DataRow("h,g,g/s,g/s/p,0,0,4,nan", "predicted_ctf_angstrom")]
    [DataRow("h,g,g/s,g/s/p,0,0,nan,5", "ctf_max_res_angstrom")]
    public void EvaluatePlanner_UnusableTable_ExitsWith1AndNamesTheCause(string rows, string named)
    {
        File.WriteAllText(_folder.File("odd.csv"), "hole,grid,square,patch,x_um,y_um,ctf_max_res_angstrom,predicted_ctf_angstrom\n" + rows);

        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "planner", "--data", _folder.Path, "--split", "odd");

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, named);
    }

    [TestMethod]
    public void EvaluatePlanner_MissingTable_ExitsWith1AndNamesIt()
    {
        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "planner", "--data", _folder.Path, "--split", "dev");

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, "dev.csv");
    }

    [TestMethod]
    public void Demo_OneStart_RunsASessionThroughASocketAndComparesPlanners()
    {
        string json = _folder.File("demo.json");

        (int exitCode, string output, string error) = HostUnderTest.Run("demo", "--starts", "1", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        foreach (string planner in new[] { "rate", "greedy", "nearest", "random", "oracle" })
            StringAssert.Contains(output, planner);
        var rows = (JArray)JObject.Parse(File.ReadAllText(json))["rows"]!;
        Assert.HasCount(20, rows);
        double At480(string planner) => (double)rows.Single(row => (string)row["planner"]! == planner && (double)row["minute"]! == 480)["mean"]!;
        Assert.IsTrue(At480("oracle") >= At480("rate") && At480("rate") > At480("nearest") && At480("nearest") > At480("random"), output);
        Assert.IsFalse(output.Contains('\u001b', StringComparison.Ordinal), "colours in a file");
    }

    [TestMethod]
    public void Serve_SettingsThatAreNoJson_ExitsWith1AndNamesTheFile()
    {
        string settings = _folder.Write("agent-host.json", "{\"Host\": {"u8);

        (int exitCode, _, string error) = HostUnderTest.Run("serve", "--data-folder", _folder.Path, "--endpoint", "tcp://127.0.0.1:0");

        Assert.AreEqual(1, exitCode, error);
        StringAssert.Contains(error, settings);
        Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal), "a stack trace is no message for a person");
    }

    [TestMethod]
    public void Doctor_NoHost_SaysSoAndWhatToDo()
    {
        (int exitCode, string output, _) = HostUnderTest.Run("doctor", "--data-folder", _folder.Path, "--endpoint", "tcp://127.0.0.1:9");

        Assert.AreEqual(0, exitCode, output);
        StringAssert.Contains(output, "agent-host serve");
    }

    [TestMethod]
    public void Doctor_DamagedJournal_ExitsWith1AndNamesTheLine()
    {
        Directory.CreateDirectory(_folder.File("sessions"));
        File.WriteAllText(Path.Combine(_folder.File("sessions"), "session-x.jsonl"), "{\"seq\":1}\n");

        (int exitCode, string output, _) = HostUnderTest.Run("doctor", "--data-folder", _folder.Path, "--endpoint", "tcp://127.0.0.1:9");

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(output, "line 1");
    }

    private static double[] Means(JObject result, string planner)
        => [.. result["rows"]!.Where(row => (string)row["planner"]! == planner).Select(row => (double)row["mean"]!)];

    private static void AssertAtLeast(double[] bar, double[] means)
    {
        for (int i = 0; i < bar.Length; i++)
            Assert.IsTrue(means[i] >= bar[i], $"{means[i]} is below {bar[i]}");
    }
}
