using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Weights;
using Bridge.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Tests.Alignment.Sac;

[TestClass]
public sealed class SacFileTests
{
    private static readonly SacSettings Settings = new() { Hidden = 8 };
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Read_WhatWasSaved_DecidesAlikeAndLearnsOn()
    {
        using var agent = new SoftActorCritic(Settings, 3, 2, seed: 1);
        string path = Saved(agent);
        float[] state = [0.1f, 0.2f, -0.3f], saved = new float[2], read = new float[2];

        using SoftActorCritic again = SacFile.Read(path, "sac", 3, 2, new SacSettings(), seed: 9);

        agent.Actor.Act(state, saved);
        again.Actor.Act(state, read);
        CollectionAssert.AreEqual(saved, read);
        for (int i = 0; i < 64; i++)
            again.Learn(state, read, 1, state, terminated: false);
        again.Actor.Act(state, read);
        CollectionAssert.AreNotEqual(saved, read);
    }

    [TestMethod]
    [DataRow("first-sight", 3, 2, "is for policy 'sac', this needs 'first-sight'")]
    [DataRow("sac", 4, 2, "is for observations '3', this needs '4'")]
    [DataRow("sac", 3, 1, "is for actions '2', this needs '1'")]
    public void Read_ForSomethingElse_IsRefusedByName(string policy, int observations, int actions, string message)
    {
        using var agent = new SoftActorCritic(Settings, 3, 2, seed: 1);
        string path = Saved(agent);

        InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(() => SacFile.Read(path, policy, observations, actions, Settings, 0));

        StringAssert.Contains(e.Message, message);
        StringAssert.Contains(e.Message, path);
    }

    [TestMethod]
    public void Read_WeightThatIsNoNumber_IsRefusedByName()
    {
        using var agent = new SoftActorCritic(Settings, 3, 2, seed: 1);
        using (no_grad())
            agent.Weights.Critics[0].parameters().First().fill_(float.NaN);
        string path = Saved(agent);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SacFile.Read(path, "sac", 3, 2, Settings, 0)).Message, "critic1.first");
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("many")]
    [DataRow("100000000")]
    public void Read_ImpossibleSize_IsRefusedBeforeAnythingIsMade(string hidden)
    {
        string path = _folder.File("odd.safetensors");
        using Tensor nothing = zeros(1);
        WeightsFile.Save(path, new Dictionary<string, Tensor> { ["x"] = nothing }, new Dictionary<string, string>
        {
            [SacFile.PolicyKey] = "sac", [SacFile.ObservationsKey] = "3", [SacFile.ActionsKey] = "2", [SacFile.HiddenKey] = hidden,
        });

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SacFile.Read(path, "sac", 3, 2, Settings, 0)).Message, "hidden");
    }

    private string Saved(SoftActorCritic agent)
    {
        string path = _folder.File("agent.safetensors");
        SacFile.Save(path, "sac", agent);
        return path;
    }
}
