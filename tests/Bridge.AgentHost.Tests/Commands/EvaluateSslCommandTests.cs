using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Commands;

/// <summary><c>evaluate ssl</c> as a person types it, on few holes and for a few steps.</summary>
[TestClass]
public sealed class EvaluateSslCommandTests
{
    private static readonly string[] s_short =
        ["evaluate", "ssl", "--holes", "200", "--steps", "2", "--fine-tuning-steps", "2", "--batch", "4", "--width", "2", "--policy-steps", "10", "--rounds", "1", "--visits", "1", "--seed", "4"];

    private readonly TempFolder _folder = new();

    private string File1 => _folder.File("runs.json");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Evaluate_AllMethods_WritesTableJsonAndEachRun()
    {
        string json = _folder.File("out.json"), markdown = _folder.File("out.md");

        (int exitCode, string output, string error) = HostUnderTest.Run([.. s_short, "--fractions", "20,100", "--runs", "1", "--json", json, "--markdown", markdown]);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "ssl2rl-480");
        JObject result = JObject.Parse(File.ReadAllText(json));
        Assert.AreEqual(("evaluate ssl", 4, "simulated y3, 200 holes"), ((string?)result["command"], (int)result["seed"]!, (string?)result["data"]));
        CollectionAssert.AreEqual(new[] { "sl 20", "fixmatch 20", "iterative 20", "ssl2rl-120 20", "ssl2rl-480 20", "sl 100" }, result["rows"]!.Select(row => $"{row["method"]} {row["labels_percent"]}").ToArray());
        Assert.IsTrue(result["runs"]!.All(run => run["rounds"]!.All(round => (double)round["accuracy"]! is > 0 and < 1)));
        string[] table = File.ReadAllLines(markdown);
        Assert.HasCount(8, table);
        StringAssert.Contains(table[2], "0.6299 | 56.76 ± 7.3", "the paper's figures of sl at 20 %");
    }

    [TestMethod]
    public void Evaluate_InPieces_GivesTheRunsOfOneCommand()
    {
        string whole = _folder.File("whole.json");
        string[] methods = [.. s_short, "--fractions", "20", "--method", "sl,iterative"];

        HostUnderTest.Run([.. methods, "--runs", "2", "--json", whole]);
        HostUnderTest.Run([.. s_short, "--fractions", "20", "--method", "sl", "--runs", "1", "--resume", File1]);
        HostUnderTest.Run([.. methods, "--runs", "1", "--first-run", "1", "--resume", File1]);
        (int exitCode, _, string error) = HostUnderTest.Run([.. methods, "--runs", "2", "--resume", File1]);

        Assert.AreEqual(0, exitCode, error);
        CollectionAssert.AreEqual(Figures(whole), Figures(File1));
        static string[] Figures(string path) => [.. JObject.Parse(File.ReadAllText(path))["runs"]!.Select(run => $"{run["run"]} {run["method"]} {run["rounds"]}").Order()];
    }

    [TestMethod]
    public void Evaluate_UnlabelledWeight_IsKeptWithTheRunsAndFixMatchsUnlessGiven()
    {
        string[] one = [.. s_short, "--fractions", "20", "--method", "sl", "--runs", "1"];
        string given = _folder.File("given.json");

        HostUnderTest.Run([.. one, "--json", File1]);
        HostUnderTest.Run([.. one, "--unlabelled-weight", "5", "--json", given]);

        Assert.AreEqual((1.0, 5.0), (Weight(File1), Weight(given)));
        static double Weight(string path) => (double)JObject.Parse(File.ReadAllText(path))["settings"]!["unlabelled_weight"]!;
    }

    [TestMethod]
    public void Evaluate_EverythingIsInTheFile_MakesNoRunAgain()
    {
        string[] one = [.. s_short, "--fractions", "20", "--method", "sl", "--runs", "1", "--resume", File1];
        HostUnderTest.Run(one);
        byte[] before = File.ReadAllBytes(File1);

        (int exitCode, string output, _) = HostUnderTest.Run(one);

        Assert.AreEqual(0, exitCode);
        StringAssert.Contains(output, "sl");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(File1), "the seconds of a run that is made again differ");
    }

    [TestMethod]
    [DataRow("--seed 5", "'seed'")]
    [DataRow("--holes 220", "'data'")]
    [DataRow("--steps 3", "'settings'")]
    public void Evaluate_FileOfAnotherComparison_IsRefusedAndKept(string other, string named)
    {
        HostUnderTest.Run([.. s_short, "--fractions", "20", "--method", "sl", "--runs", "1", "--resume", File1]);
        byte[] before = File.ReadAllBytes(File1);
        string[] change = other.Split(' ');
        string[] arguments = [.. s_short];
        arguments[Array.IndexOf(arguments, change[0]) + 1] = change[1];

        (int exitCode, _, string error) = HostUnderTest.Run([.. arguments, "--fractions", "20", "--method", "sl", "--runs", "1", "--resume", File1]);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, named);
        StringAssert.Contains(error, "give another file");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(File1));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("{\"seed\": 4")]
    [DataRow("{}")]
    public void Evaluate_DamagedFile_IsRefusedByName(string text)
    {
        File.WriteAllText(File1, text);

        (int exitCode, _, string error) = HostUnderTest.Run([.. s_short, "--fractions", "20", "--method", "sl", "--runs", "1", "--resume", File1]);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, $"cannot go on with {File1}");
        Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal), "a stack trace is no message for a person");
    }

    [TestMethod]
    [DataRow("--method mixmatch", "there is no method 'mixmatch'")]
    [DataRow("--fractions 0", "--fractions are percent")]
    [DataRow("--fractions x", "--fractions are percent")]
    [DataRow("--fractions ,", "need at least one value")]
    [DataRow("--fractions 0.1", "are 0 labels")]
    [DataRow("--runs 0", "--runs must be 1 to")]
    [DataRow("--simulated y2", "--simulated must be y3, y3-even or y1")]
    [DataRow("--split grid", "--split must be hole or square")]
    [DataRow("--cut-off 0.4", "--cut-off must be 0.5 to 1")]
    [DataRow("--unlabelled-weight -1", "--unlabelled-weight must be 0 to 1000")]
    public void Evaluate_UsedWrongly_ExitsWith2AndNamesTheThing(string arguments, string named)
    {
        (int exitCode, _, string error) = HostUnderTest.Run([.. s_short, .. arguments.Split(' ')]);

        Assert.AreEqual(2, exitCode, error);
        StringAssert.Contains(error, named);
    }
}
