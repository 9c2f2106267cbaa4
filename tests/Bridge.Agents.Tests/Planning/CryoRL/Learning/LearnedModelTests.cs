using System.Buffers.Binary;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Learned;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

[TestClass]
public sealed class LearnedModelTests
{
    private static readonly LearnedModel s_model = new PlannerTraining(Learners.Settings("dqn") with { WarmUpSteps = 50 }, [ToyGrid.Create()])
    {
        Epochs = 1,
        StepsPerEpoch = 20,
        ScoreStarts = 1,
        Data = "toy",
    }.Run()[0].Model;

    [TestMethod]
    public void Read_WhatSaveWrote_PlansTheSameAndKnowsItsOrigin()
    {
        using var folder = new TempFolder();
        string path = Path.Combine(folder.Path, "dqn.safetensors");
        s_model.Save(path);

        LearnedModel read = LearnedModel.Read("dqn", path);

        var grid = Make.RandomGrid(1).Grid;
        CollectionAssert.AreEqual(Holes(s_model, grid), Holes(read, grid));
        Assert.AreEqual("toy", read.Metadata[LearnedModel.DataKey]);
        Assert.AreEqual("0", read.Metadata[LearnedModel.SeedKey]);
        StringAssert.Contains(read.Metadata[LearnedModel.ScoreKey], "good holes");
    }

    [TestMethod]
    [DataRow("c51", "is for learner 'dqn'")]
    [DataRow("a2c", "is for learner 'dqn'")]
    public void Read_WeightsOfAnotherLearner_NamesBoth(string learner, string cause)
    {
        using var folder = new TempFolder();
        string path = Path.Combine(folder.Path, "dqn.safetensors");
        s_model.Save(path);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => LearnedModel.Read(learner, path)).Message, cause);
    }

    [TestMethod]
    [DataRow("truncated")]
    [DataRow("not a number")]
    [DataRow("other shape")]
    [DataRow("other version")]
    [DataRow("empty")]
    [DataRow("missing")]
    public void Read_DamagedFile_NamesTheFileAndTheCause(string damage)
    {
        using var folder = new TempFolder();
        string path = Path.Combine(folder.Path, "dqn.safetensors");
        s_model.Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        string text = System.Text.Encoding.Latin1.GetString(bytes);
        string cause = damage switch
        {
            "truncated" => Write(bytes[..(bytes.Length / 2)], ""),
            "not a number" => Write(WithLast(bytes, float.NaN), "no number"),
            "other shape" => Write(System.Text.Encoding.Latin1.GetBytes(text.Replace("[256,128]", "[128,256]").Replace("[256, 128]", "[128, 256]")), "256"),
            "other version" => Write(System.Text.Encoding.Latin1.GetBytes(text.Replace("cryorl-probabilities-v2", "cryorl-probabilities-v1")), "features"),
            "empty" => Write([], "too short"),
            _ => Delete(),
        };

        ContractException error = Assert.ThrowsExactly<ContractException>(() => PlannerModels.All.Read($"dqn={path}"));

        Assert.AreEqual(FaultCode.UnreadableFile, error.Code);
        StringAssert.Contains(error.Message, "dqn.safetensors");
        StringAssert.Contains(error.Message, cause);

        string Write(byte[] content, string expected)
        {
            File.WriteAllBytes(path, content);
            return expected;
        }

        string Delete()
        {
            File.Delete(path);
            return "dqn.safetensors";
        }
    }

    [TestMethod]
    public void Next_BadInput_HasADefinedAnswer()
    {
        var oneHole = Make.Grid("g/s/a: 0.9").Grid;
        var bad = Make.Grid("g/s/a: 0.1 0.1", "g/t/b: 0.1 0.1").Grid;

        Assert.IsInstanceOfType<PlanResult.Stop>(Plan(oneHole, 240).Next(Make.At(oneHole, 0, 240)));
        Assert.IsInstanceOfType<PlanResult.Planned>(Plan(oneHole, 240).Next(new(oneHole, Bridge.Domain.Sessions.MoveMinutes.Text)));
        Assert.IsInstanceOfType<PlanResult.Stop>(Plan(bad, 0).Next(Make.At(bad, 0, 0)));
        Assert.HasCount(3, Make.Drive(Plan(bad, double.PositiveInfinity), Make.At(bad, 0, double.PositiveInfinity)));

        static IPlanner Plan(Bridge.Domain.Specimen.Grid grid, double budget) => s_model.Create(new PlannerSetup(grid, 0) { BudgetMinutes = budget });
    }

    private static int[] Holes(LearnedModel model, Bridge.Domain.Specimen.Grid grid)
        => [.. Make.Drive(model.Create(new PlannerSetup(grid, 0) { BudgetMinutes = 60 }), Make.At(grid, 0, 60)).Select(move => move.Hole)];

    private static byte[] WithLast(byte[] bytes, float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(bytes.Length - sizeof(float)), value);
        return bytes;
    }
}
