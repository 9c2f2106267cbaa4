using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.Alignment;

[TestClass]
public sealed class AlignmentEvaluationTests
{
    [TestMethod]
    public void Run_LeastSquares_AlignsAnyRotationScaleAndFlip()
    {
        var evaluation = new AlignmentEvaluation { Seed = 11 };

        IReadOnlyList<AlignmentScore> scores = evaluation.Run(["least-squares", "known-matrix"], episodes: 2000);

        foreach (AlignmentScore score in scores)
            Console.WriteLine($"{score.Environment} {score.Policy} {score.Episodes} {score.Success:0.0000} {score.StepsMean:0.00} {score.RmsPx:0.00}");
        AlignmentScore learned = scores.Single(score => score is { Environment: AlignmentEvaluation.Environment, Policy: "least-squares" });
        AlignmentScore known = scores.Single(score => score is { Environment: AlignmentEvaluation.Environment, Policy: "known-matrix" });
        Assert.IsTrue(scores.Where(score => score.Policy == "least-squares").All(score => score.Success >= 0.99));
        Assert.AreEqual(1, known.Success);
        Assert.IsTrue(learned.StepsMean > known.StepsMean && learned.StepsMean < known.StepsMean + 4);
        Assert.IsTrue(learned.RmsPx < 1);
    }

    [TestMethod]
    public void Run_EveryFault_AlignsNearlyAlways()
    {
        var usual = new AlignmentEvaluation { Seed = 3 };
        foreach ((string name, DiffractionAlignmentSettings microscope) in AlignmentFaults.All(usual.Microscope))
        {
            // Pictures take time: fewer of them.
            int episodes = microscope.Camera is null ? 300 : microscope.Camera.Binning == 1 ? 4 : 15;

            foreach (AlignmentScore score in usual.With(name, microscope).Run(["least-squares", "known-matrix"], episodes))
            {
                Assert.IsTrue(score.Success >= 0.99, $"{score}");
                Assert.IsTrue(score.RmsPx < 0.8, $"{score}");
                Assert.AreEqual(microscope.LatencyFrames > 0, score.PicturesMean > 1.5 * score.StepsMean + 1, $"{score}");
            }
        }
    }

    [TestMethod]
    public void Run_OneMicroscopeThatChanges_IsLearnedAgain()
    {
        var evaluation = new InstrumentEvaluation { Seed = 4, Microscopes = 1, ChangesAt = 1000 };

        AlignmentScore[] scores = [.. evaluation.Run([AlignmentPolicies.Sac])];

        Assert.HasCount(5, scores);
        Assert.IsTrue(scores.All(score => score.Success >= 0.95), string.Join('\n', scores.AsEnumerable()));
        Assert.IsTrue(scores[3].StepsMean < scores[0].StepsMean, string.Join('\n', scores.AsEnumerable()));
    }

    [TestMethod]
    public void Run_SameSeed_GivesTheSameFigures()
    {
        IReadOnlyList<AlignmentScore> first = new AlignmentEvaluation { Seed = 5 }.Run(["least-squares"], 100);

        CollectionAssert.AreEqual(first.ToArray(), new AlignmentEvaluation { Seed = 5 }.Run(["least-squares"], 100).ToArray());
        Assert.AreNotEqual(first[0], new AlignmentEvaluation { Seed = 6 }.Run(["least-squares"], 100)[0]);
    }

    [TestMethod]
    public void Run_DeadLens_EndsSoonWithTheReason()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            AlignmentEpisode episode = Play(new DiffractionAlignmentSettings { Fault = BeamFault.Dead }, seed);

            Assert.IsFalse(episode.IsAligned);
            Assert.IsTrue(episode.Steps <= 12, $"{episode.Steps} steps");
            StringAssert.Contains(episode.Why, "does not react");
        }
    }

    [TestMethod]
    public void Run_BeamThatReversesHalfWay_EndsWithinTheStepsAndTheRange()
    {
        int aligned = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            AlignmentEpisode episode = Play(new DiffractionAlignmentSettings { Fault = BeamFault.Reverses }, seed);

            Assert.IsTrue(episode is { Steps: <= 30, Farthest: <= 80 });
            aligned += episode.IsAligned ? 1 : 0;
        }
        Assert.IsTrue(aligned > 100, $"{aligned} of 200 found the way back");
    }

    [TestMethod]
    public void Create_UnknownOrWithoutTruth_IsRefusedByName()
    {
        var settings = new AlignmentSettings(default, 1);

        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => AlignmentPolicies.Create("sac-xyz", settings)).Message, "sac-xyz");
        Assert.AreEqual(FaultCode.UnknownPolicy, Assert.ThrowsExactly<ContractException>(() => AlignmentPolicies.Create("known-matrix", settings)).Code);
    }

    private static AlignmentEpisode Play(DiffractionAlignmentSettings microscopeSettings, int seed)
    {
        var microscope = new DiffractionAlignment(microscopeSettings, seed);
        AlignmentSettings settings = new AlignmentEvaluation().Settings with { Goal = microscope.Goal };
        return AlignmentEpisode.Play(microscope, new LeastSquaresPolicy(settings), settings, microscopeSettings.NoisePx);
    }
}
