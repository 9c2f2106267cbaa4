using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning.Learned;

[TestClass]
public sealed class ModelCardTests
{
    private readonly TempFolder _folder = new();

    private string Weights => _folder.File("dqn.safetensors");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Read_WhatWriteWrote_IsTheSameAndFitsTheWeights()
    {
        LearnedModel model = TinyModels.ByName["dqn"];
        model.Save(Weights);
        ModelCard card = ModelCard.For(Weights, model.Metadata, "agent-host train planner --out dqn.safetensors");

        card.Write(Weights);

        ModelCard read = ModelCard.Read(Weights)!;
        Assert.AreEqual(("dqn.safetensors", card.Sha256), (read.Weights, read.Sha256));
        CollectionAssert.AreEquivalent(card.About.ToArray(), read.About.ToArray());
        foreach (string key in new[] { LearnedModel.DataKey, LearnedModel.SeedKey, LearnedModel.ScoreKey, LearnedModel.FeaturesKey, ModelCard.CommitKey, ModelCard.CommandKey })
            Assert.AreNotEqual("", read.About[key], key);
        ModelCard.Check(Weights, required: true);
    }

    [TestMethod]
    public void Check_NoCard_IsRefusedOnlyWhereOneIsRequired()
    {
        File.WriteAllText(Weights, "weights");

        ModelCard.Check(Weights, required: false);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ModelCard.Check(Weights, required: true)).Message, "has no card dqn.json");
    }

    [TestMethod]
    [DataRow("other weights", "is not the file that its card describes")]
    [DataRow("no card", "is no card of weights")]
    [DataRow("no checksum", "'sha256'")]
    [DataRow("checksum is a number", "'sha256'")]
    [DataRow("card of another", "is of c51.safetensors")]
    [DataRow("huge", "larger than any card")]
    public void Check_WrongCardOrWeights_NamesFileAndCause(string damage, string cause)
    {
        File.WriteAllText(Weights, "weights");
        ModelCard card = ModelCard.For(Weights, new Dictionary<string, string>(), "");
        card.Write(Weights);
        string path = ModelCard.PathOf(Weights);
        switch (damage)
        {
            case "other weights": File.WriteAllText(Weights, "Weights"); break;
            case "no card": File.WriteAllText(path, "{ half"); break;
            case "no checksum": File.WriteAllText(path, "{\"weights\": \"dqn.safetensors\"}"); break;
            case "checksum is a number": File.WriteAllText(path, "{\"weights\": \"dqn.safetensors\", \"sha256\": 1}"); break;
            case "card of another": (card with { Weights = "c51.safetensors" }).Write(Weights); break;
            default: File.WriteAllText(path, new string(' ', 1_100_000)); break;
        }

        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => ModelCard.Check(Weights, required: false));

        StringAssert.Contains(error.Message, cause);
        StringAssert.Contains(error.Message, "dqn.");
    }
}
