using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.Instrument;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Tests.Alignment.Instrument;

[TestClass]
public sealed class SacPolicyTests
{
    private static readonly AlignmentSettings Settings = new AlignmentEvaluation().Settings;

    [TestMethod]
    public void Play_NetworkThatKnowsNothing_IsCheckedAndAlignsAsTheEstimateDoes()
    {
        using SacLearner learner = SacLearner.New(Settings, seed: 1, inBackground: false); // never asked to learn
        var by = new Dictionary<string, int>();
        double steps = 0, careful = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            AlignmentState state = Play(seed, settings => new SacPolicy(settings, learner), move => by[move.By ?? ""] = by.GetValueOrDefault(move.By ?? "") + 1);
            steps += state.Steps;
            careful += Play(seed, settings => new LeastSquaresPolicy(settings), _ => { }).Steps;
        }

        Assert.IsTrue(by[SacPolicy.Overruled] > 3 * by.GetValueOrDefault(SacPolicy.Network), string.Join(' ', by));
        Assert.IsTrue(steps < 1.15 * careful, $"{steps} {careful}");
        Assert.IsTrue(learner.Trust < 0.5, $"{learner.Trust}");
    }

    [TestMethod]
    public void Play_OneMicroscopeForSomeTime_NeedsFewerStepsThanTheEstimate()
    {
        using SacLearner learner = SacLearner.New(Settings, seed: 1, inBackground: false);
        var microscope = new DiffractionAlignment(new DiffractionAlignmentSettings(), seed: 5);
        double steps = 0, careful = 0;
        int alone = 0;
        for (int episode = 0; episode < 250; episode++)
        {
            AlignmentState state = Play(episode, settings => new SacPolicy(settings, learner), move => alone += move.By == SacPolicy.Network ? 1 : 0, microscope, () => learner.LearnTo(learner.Told));
            if (episode < 150)
                continue;
            steps += state.Steps;
            careful += Play(episode, settings => new LeastSquaresPolicy(settings), _ => { }, microscope).Steps;
        }

        Assert.IsTrue(learner.Trust > 0.8, $"{learner.Trust}");
        Assert.IsTrue(steps < 0.92 * careful, $"{steps} {careful}");
        Assert.IsTrue(alone > 400, $"{alone}");
    }

    [TestMethod]
    [DataRow(BeamFault.Dead)]
    [DataRow(BeamFault.Reverses)]
    public void Play_Fault_EndsWithinTheStepsAndTheRange(BeamFault fault)
    {
        using SacLearner learner = SacLearner.New(Settings, seed: 1, inBackground: false);
        for (int seed = 0; seed < 50; seed++)
        {
            var microscope = new DiffractionAlignment(new DiffractionAlignmentSettings { Fault = fault }, seed);
            AlignmentSettings settings = Settings with { Goal = microscope.Goal };

            AlignmentEpisode episode = AlignmentEpisode.Play(microscope, new SacPolicy(settings, learner), settings, 0.2);

            Assert.IsTrue(episode.Steps <= Settings.MaxSteps && episode.Farthest <= Settings.MaxShift * (1 + 1e-9), $"{episode}");
            Assert.IsTrue(fault != BeamFault.Dead || !episode.IsAligned);
        }
    }

    private static AlignmentState Play(int seed, Func<AlignmentSettings, IAlignmentPolicy> policy, Action<AlignmentResult.Move> moved, DiffractionAlignment? on = null, Action? seen = null)
    {
        var microscope = new DiffractionAlignment(new DiffractionAlignmentSettings(), seed, on);
        AlignmentSettings settings = Settings with { Goal = microscope.Goal };
        var alignment = new BeamAlignment(policy(settings), settings);
        while (true)
        {
            alignment.Observe(microscope.Measure());
            seen?.Invoke();
            AlignmentResult result = alignment.Next();
            alignment.Accept(result);
            if (result is not AlignmentResult.Move move)
                break;
            moved(move);
            microscope.Set(move.Shift);
        }
        Assert.IsInstanceOfType<AlignmentResult.Aligned>(alignment.End, $"{alignment.End}");
        return alignment.State;
    }
}
