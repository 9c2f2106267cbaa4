using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.Instrument;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Alignment.Instrument;

[TestClass]
public sealed class SacLearnerTests
{
    private static readonly AlignmentSettings Settings = new AlignmentEvaluation().Settings;
    private static readonly Matrix2 Response = new(20, -35, 30, 15);
    private static readonly Xy Way = new(120, -50);

    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Propose_InTheBackgroundOrWhenAsked_IsTheSameAfterTheSameMoves()
    {
        using SacLearner behind = SacLearner.New(Settings, seed: 1, inBackground: true), asked = SacLearner.New(Settings, seed: 1, inBackground: false);
        Tell(behind, 80);
        Tell(asked, 80);

        Assert.IsTrue(behind.Wait(TimeSpan.FromSeconds(60)));
        asked.LearnTo(80);

        Assert.AreEqual(asked.Propose(Way), behind.Propose(Way));
        Assert.AreEqual(80, behind.Propose(Way).Learned);
    }

    [TestMethod]
    public void Propose_WhileMuchIsToBeLearned_AnswersWithWhatIsKnown()
    {
        using SacLearner learner = SacLearner.New(Settings, seed: 1, inBackground: true);
        Tell(learner, 5000);

        (Xy move, int learned) = learner.Propose(Way);

        Assert.IsTrue(learned < 5000, $"{learned} moves learned: it waited");
        Assert.IsTrue(move.IsFinite);
    }

    [TestMethod]
    public void LearnTo_MovesOfOneResponse_ProposesWhatItNeeds()
    {
        using SacLearner learner = SacLearner.New(Settings, seed: 2, inBackground: false);
        Tell(learner, 400);

        learner.LearnTo(400);

        foreach (Xy way in (Xy[])[new(60, 10), new(-30, 50), new(5, -5), new(-1.5, -2)])
        {
            double left = (way - Response * learner.Propose(way).Move).Length;
            Assert.IsTrue(left < 0.6 * way.Length, $"{way}: {left} px left");
        }
    }

    [TestMethod]
    public void Read_WhatWasSaved_ProposesAlikeAndIsTrustedAsMuch()
    {
        string path = _folder.File("sac.safetensors");
        using SacLearner learner = SacLearner.New(Settings, seed: 3, inBackground: false);
        Tell(learner, 60);
        learner.LearnTo(60);
        learner.Judge(isGood: true);
        learner.Save(path);

        using SacLearner again = SacLearner.Read(path, seed: 0, inBackground: false);

        Assert.AreEqual(learner.Propose(Way).Move, again.Propose(Way).Move);
        Assert.AreEqual((0.1, learner.View), (again.Trust, again.View));
    }

    [TestMethod]
    public void Save_BeforeAllIsLearned_IsRefused()
    {
        using SacLearner learner = SacLearner.New(Settings, seed: 3, inBackground: false);
        Tell(learner, 2);

        Assert.ThrowsExactly<InvalidOperationException>(() => learner.Save(_folder.File("early.safetensors")));
    }

    [TestMethod]
    public void Read_WeightsOfTheTrainingCommand_AreRefusedByName()
    {
        string path = _folder.File("other.safetensors");
        using (var agent = new Bridge.Agents.Alignment.Sac.SoftActorCritic(new() { Hidden = 8 }, 5, 2, seed: 1))
            Bridge.Agents.Alignment.Sac.SacFile.Save(path, AlignmentPolicies.Sac, agent);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SacLearner.Read(path, 0, false)).Message, "step_unit");
    }

    private static void Tell(SacLearner learner, int moves)
    {
        var random = new Random(5);
        for (int i = 0; i < moves; i++)
        {
            var way = new Xy(600 * random.NextDouble() - 300, 600 * random.NextDouble() - 300);
            var move = new Xy(8 * random.NextDouble() - 4, 8 * random.NextDouble() - 4);
            learner.Tell(way, move, way - Response * move);
        }
    }
}
