using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.FirstSight;
using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Tests.Alignment.FirstSight;

[TestClass]
public sealed class FirstSightPolicyTests
{
    private static readonly AlignmentSettings Settings = new AlignmentEvaluation().Settings;

    [TestMethod]
    public void Play_NetworkThatKnowsNothing_IsBroughtHomeByTheEstimate()
    {
        int aligned = 0;
        for (int seed = 0; seed < 200; seed++)
            aligned += Play(new DiffractionAlignmentSettings(), seed, Untrained(seed)).IsAligned ? 1 : 0;

        Assert.IsTrue(aligned >= 180, $"{aligned} of 200");
    }

    [TestMethod]
    [DataRow(BeamFault.Dead)]
    [DataRow(BeamFault.Reverses)]
    public void Play_Fault_EndsWithinTheStepsAndTheRange(BeamFault fault)
    {
        for (int seed = 0; seed < 100; seed++)
        {
            AlignmentEpisode episode = Play(new DiffractionAlignmentSettings { Fault = fault }, seed, Untrained(seed));

            Assert.IsTrue(episode.Steps <= Settings.MaxSteps && episode.Farthest <= Settings.MaxShift * (1 + 1e-9), $"{episode}");
            if (fault == BeamFault.Dead)
            {
                Assert.IsFalse(episode.IsAligned);
                StringAssert.Contains(episode.Why, "does not visibly react");
            }
        }
    }

    [TestMethod]
    public void Learn_SomeSteps_AlignsNearlyAlways()
    {
        using var agent = new SoftActorCritic(FirstSightEnvironment.Learning with { BatchSize = 64 }, FirstSightView.Width, 2, seed: 0);
        var training = new SacTraining(random => new FirstSightEnvironment(new(), Settings, random), seed: 0) { TestEvery = 3000, TestEpisodes = 200 };

        SacTest test = training.Run(agent, 3000)[^1];

        Assert.IsTrue(test.Success >= 0.9, $"{test}");
    }

    private static FirstSightPolicy.Choice Untrained(int seed)
    {
        var random = new Random(seed);
        return (_, action) => (action[0], action[1]) = (2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1);
    }

    private static AlignmentEpisode Play(DiffractionAlignmentSettings microscope, int seed, FirstSightPolicy.Choice choose)
    {
        var simulated = new DiffractionAlignment(microscope, seed);
        AlignmentSettings settings = Settings with { Goal = simulated.Goal };
        return AlignmentEpisode.Play(simulated, new FirstSightPolicy(settings, choose), settings, microscope.NoisePx);
    }
}
