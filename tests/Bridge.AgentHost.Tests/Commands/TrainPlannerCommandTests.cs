using System.Diagnostics;
using System.Globalization;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Commands;

/// <summary><c>train planner</c> as a person types it, on little data and for a short time.</summary>
[TestClass]
public sealed class TrainPlannerCommandTests
{
    private static readonly string[] s_short = ["train", "planner", "--epochs", "2", "--steps", "20", "--grids", "1"];

    /// <summary>Twelve holes in two patches, a third of them good.</summary>
    private static readonly string[] s_smallTable =
    [
        "hole,grid,square,patch,x_um,y_um,ctf_max_res_angstrom,predicted_ctf_angstrom",
        .. Enumerable.Range(0, 12).Select(hole => $"h{hole},g,g/s{hole / 6},g/s{hole / 6}/p,{hole},0,{4 + hole % 3 * 3},5"),
    ];

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();

    private string Weights => _folder.File("dqn.safetensors");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Train_Simulated_WritesWeightsCardCheckpointsAndJson()
    {
        string json = _folder.File("out.json"), checkpoints = _folder.File("epochs");

        (int exitCode, string output, string error) = HostUnderTest.Run([.. s_short, "--seed", "3", "--out", Weights, "--checkpoints", checkpoints, "--json", json]);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "epoch  2");
        Assert.IsFalse(output.Contains('\u001b', StringComparison.Ordinal), "colours or a bar in a file");
        CollectionAssert.AreEquivalent(new[] { "epoch-01.safetensors", "epoch-02.safetensors" }, Directory.GetFiles(checkpoints).Select(Path.GetFileName).ToArray());
        JObject result = JObject.Parse(File.ReadAllText(json));
        Assert.AreEqual(("train planner", 3), ((string?)result["command"], (int)result["seed"]!));
        JObject[] rows = [.. result["rows"]!.Cast<JObject>()];
        CollectionAssert.AreEqual(new[] { "learner", "elimination", "epoch", "steps", "training_good_holes", "loss", "seconds", "chosen" }, rows[0].Properties().Select(property => property.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 20, 40 }, rows.Select(row => (int)row["steps"]!).ToArray());
        JObject chosen = rows.Single(row => (bool)row["chosen"]!);
        Assert.AreEqual(rows.Max(row => (double)row["training_good_holes"]!), (double)chosen["training_good_holes"]!);
        ModelCard card = ModelCard.Read(Weights)!;
        Assert.AreEqual(("3", (string?)chosen["epoch"], "1 simulated grids, seeds from 3"), (card.About["seed"], card.About["epoch"], card.About["data"]));
        StringAssert.StartsWith(card.About["command"], "agent-host train planner --epochs 2");
        ModelCard.Check(Weights, required: true);
    }

    [TestMethod]
    public void Train_RecordedTable_NamesItInTheCardAndPlansInEvaluate()
    {
        File.WriteAllLines(_folder.File("small.csv"), s_smallTable);
        string json = _folder.File("out.json");

        (int exitCode, _, string error) = HostUnderTest.Run([.. s_short, "--data", _folder.Path, "--split", "small", "--out", Weights]);
        (int evaluated, _, string failure) = HostUnderTest.Run("evaluate", "planner", "--data", _folder.Path, "--split", "small", "--planner", "dqn", "--model", $"dqn={Weights}", "--budgets", "10", "--starts", "2", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(ModelCard.Read(Weights)!.About["data"], "/small.csv");
        Assert.AreEqual(0, evaluated, failure);
        Assert.AreEqual("dqn", (string?)JObject.Parse(File.ReadAllText(json))["rows"]![0]!["planner"]);
    }

    [TestMethod]
    public void Train_SameCommandTwice_WritesTheSameWeights()
    {
        string again = _folder.File("again.safetensors");

        HostUnderTest.Run([.. s_short, "--learner", "rainbow", "--out", Weights]);
        HostUnderTest.Run([.. s_short, "--learner", "rainbow", "--out", again]);

        CollectionAssert.AreEqual(File.ReadAllBytes(Weights), File.ReadAllBytes(again));
    }

    [TestMethod]
    [DataRow("--learner best", "there is no learner 'best'; choose dqn")]
    [DataRow("--epochs 0", "--epochs must be 1 to")]
    [DataRow("--steps 0", "--steps must be 1 to")]
    [DataRow("--grids 0", "--grids must be 1 to")]
    [DataRow("--seed -1", "--seed must be 0 to")]
    [DataRow("--episode-minutes 0", "--episode-minutes must be 1 to")]
    [DataRow("--episode-minutes 9", "--episode-minutes must be at least 10")]
    [DataRow("--learning-rate 0", "--learning-rate must be above 0")]
    [DataRow("--learning-rate nan", "--learning-rate must be above 0")]
    [DataRow("--last-learning-rate-share 2", "--last-learning-rate-share must be above 0")]
    [DataRow("--minutes 5,3,2,1", "minutes")]
    [DataRow("--epochs many", "many")]
    [DataRow("--out weights.bin", "--out must end in .safetensors")]
    public void Train_UsedWrongly_ExitsWith2NamesTheThingAndWritesNothing(string arguments, string named)
    {
        (int exitCode, _, string error) = HostUnderTest.Run(["train", "planner", .. arguments.Split(' '), .. arguments.StartsWith("--out", StringComparison.Ordinal) ? Array.Empty<string>() : ["--out", Weights]]);

        Assert.AreEqual(2, exitCode, error);
        StringAssert.Contains(error, named);
        Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal), "a stack trace is no message for a person");
        Assert.IsFalse(File.Exists(Weights));
    }

    [TestMethod]
    public void Train_WithoutOut_ExitsWith2AndNamesIt()
    {
        (int exitCode, _, string error) = HostUnderTest.Run("train", "planner");

        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, "--out");
    }

    [TestMethod]
    [DataRow("out")]
    [DataRow("json")]
    [DataRow("checkpoints")]
    public void Train_ResultCannotBeWritten_IsFoundOutBeforeTheTraining(string which)
    {
        File.WriteAllText(_folder.File("file"), "");
        string inAFile = Path.Combine(_folder.File("file"), "x");
        string[] outputs = which switch
        {
            "out" => ["--out", inAFile + ".safetensors"],
            "json" => ["--out", Weights, "--json", inAFile],
            _ => ["--out", Weights, "--checkpoints", inAFile],
        };

        // So many steps would not end within the two minutes that Run waits.
        (int exitCode, _, string error) = HostUnderTest.Run(["train", "planner", "--epochs", "10000", "--steps", "10000000", "--grids", "1", .. outputs]);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, "cannot write");
        StringAssert.Contains(error, inAFile);
        Assert.IsFalse(File.Exists(Weights));
    }

    [TestMethod]
    public void Train_Interrupted_SaysSoAndLeavesOnlyWholeCheckpoints()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("there is no SIGINT to send on Windows");
        File.WriteAllLines(_folder.File("small.csv"), s_smallTable);
        string checkpoints = _folder.File("epochs"), first = Path.Combine(checkpoints, "epoch-01.safetensors");
        using Process process = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "agent-host.dll"), "train", "planner", "--data", _folder.Path, "--split", "small", "--epochs", "10000", "--steps", "1000", "--out", Weights, "--checkpoints", checkpoints])
        {
            RedirectStandardError = true,
        })!;
        long began = Stopwatch.GetTimestamp();
        while (!File.Exists(first) && !process.WaitForExit(5) && Stopwatch.GetElapsedTime(began) < s_limit)
        {
        }

        Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit(s_limit);

        if (!process.WaitForExit(s_limit))
        {
            process.Kill();
            Assert.Fail("it went on");
        }
        Assert.AreEqual(1, process.ExitCode);
        StringAssert.Contains(process.StandardError.ReadToEnd(), "agent-host: stopped");
        Assert.IsFalse(File.Exists(Weights));
        Assert.IsEmpty(Directory.GetFiles(checkpoints, "*.tmp"));
        foreach (string path in Directory.GetFiles(checkpoints))
            Assert.AreEqual("dqn", LearnedModel.Read("dqn", path).Name);
    }

    [TestMethod]
    [DataRow("", "no hole")]
    [DataRow("h,g,g/s,g/s/p,0,0,4,5", "leave nothing to learn")]
    [DataRow("h,g,g/s,g/s/p,0,0,4,nan", "predicted_ctf_angstrom")]
    [DataRow("h,g,g/s,g/s/p,0,0,nan,5", "ctf_max_res_angstrom")]
    [DataRow(null, "odd.csv")]
    public void Train_UnusableTable_ExitsWith1AndNamesTheCause(string? rows, string named)
    {
        if (rows is not null)
            File.WriteAllText(_folder.File("odd.csv"), "hole,grid,square,patch,x_um,y_um,ctf_max_res_angstrom,predicted_ctf_angstrom\n" + rows);

        (int exitCode, _, string error) = HostUnderTest.Run([.. s_short, "--data", _folder.Path, "--split", "odd", "--out", Weights]);

        Assert.AreEqual(1, exitCode, error);
        StringAssert.Contains(error, named);
        Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal), "a stack trace is no message for a person");
        Assert.IsFalse(File.Exists(Weights));
    }
}
