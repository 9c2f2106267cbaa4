using Bridge.AgentHost.Tests.Support;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Commands;

/// <summary><c>train classifier</c> and <c>evaluate classifier</c> as a person types them.</summary>
[TestClass]
public sealed class ClassifierCommandTests
{
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void TrainClassifier_FewEpochs_WritesWeightsThatEvaluateTakes()
    {
        string weights = _folder.File("classifier.safetensors"), json = _folder.File("classifier-scores.json"), sheet = _folder.File("sheet.png");

        (int exitCode, string output, string error) = HostUnderTest.Run("train", "classifier", "--simulate", "varied", "--crop", "16", "--epochs", "2", "--width", "4", "--calibration", "isotonic", "--field", "1.75", "--out", weights);
        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "holes to learn from");
        (exitCode, output, error) = HostUnderTest.Run("evaluate", "classifier", "--crop", "16", "--seed", "3", "--starts", "1", "--model", weights, "--json", json, "--sheet", sheet);
        Assert.AreEqual(0, exitCode, error);

        var rows = (JArray)JObject.Parse(File.ReadAllText(json))["rows"]!;
        JToken calibrated = rows.Single(row => (string?)row["classifier"] == "calibrated");
        Assert.AreEqual(1000, (int)calibrated["holes"]!);
        Assert.IsTrue((double)calibrated["accuracy"]! is > 0.3 and <= 1);
        CollectionAssert.AreEquivalent(new[] { "classifier", "truth", "nothing", "truth" }, rows.Where(row => (double?)row["budget_min"] == 480).Select(row => (string)row["told"]!).ToArray());
        StringAssert.Contains(File.ReadAllText(_folder.File("classifier.json")), "\"agent\": \"classifier\"");
        StringAssert.Contains(File.ReadAllText(_folder.File("classifier.json")), "\"field_um\": \"1.75\"");
        CollectionAssert.AreEqual(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, File.ReadAllBytes(sheet)[..4]);
    }

    [TestMethod]
    public void TrainClassifier_GoesOnAndIsNotBetter_KeepsTheOldWeights()
    {
        string weights = _folder.File("c.safetensors");
        string[] common = ["train", "classifier", "--simulate", "varied", "--crop", "16", "--width", "4", "--epochs", "1", "--out", weights];
        (int exitCode, _, string error) = HostUnderTest.Run(common);
        Assert.AreEqual(0, exitCode, error);
        byte[] before = File.ReadAllBytes(weights);

        (exitCode, _, error) = HostUnderTest.Run([.. common, "--start", weights, "--rate", "1e-9"]);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, "not replaced");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(weights));
    }

    [TestMethod]
    [DataRow("--simulate", "y9", "--simulate")]
    [DataRow("--model", "nowhere.safetensors", "nowhere.safetensors")]
    [DataRow("--data", "holes.csv", "--crops")]
    [DataRow("--session", "nowhere.jsonl", "nowhere.jsonl")]
    public void EvaluateClassifier_WrongOption_SaysSo(string option, string value, string named)
    {
        (int exitCode, _, string error) = HostUnderTest.Run("evaluate", "classifier", option, value);

        Assert.AreNotEqual(0, exitCode);
        StringAssert.Contains(error, named);
    }
}
