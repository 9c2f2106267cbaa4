using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Tests.Alignment.Sac;

[TestClass]
public sealed class PublishedAlignmentTests
{
    private readonly float[] _state = new float[5];

    [TestMethod]
    public void Step_UnitOfAction_MovesTheBeamByTheMeasuredAmountThirtyDegreesOn()
    {
        var world = new PublishedAlignment(new PublishedAlignmentSettings { ResponseNoise = 0 }, new Random(1));
        world.Start(_state);
        Xy before = world.BeamPx;

        world.Step([1, 0], _state);

        Xy moved = world.BeamPx - before;
        Assert.AreEqual(9.96, moved.Length / (520.0 / 127), 0.01);
        Assert.AreEqual(30, Math.Atan2(moved.Y, moved.X) * 180 / Math.PI, 1e-9);
    }

    [TestMethod]
    public void Step_EveryEnd_HasItsReward()
    {
        var seen = new Dictionary<AlignmentStepEnd, double>();
        var world = new PublishedAlignment(new PublishedAlignmentSettings { MaxSteps = 25 }, new Random(2));
        var random = new Random(3);
        for (int episode = 0; episode < 400; episode++)
        {
            world.Start(_state);
            AlignmentStep step;
            do
            {
                double before = Way();
                step = world.Step([2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1], _state);
                if (step.End == AlignmentStepEnd.GoesOn)
                    Assert.AreEqual((Way() < before - 1e-3 ? 1 : -1) - Way() / 128, step.Reward, 1e-4);
                else
                    seen[step.End] = step.Reward;
            }
            while (step.End == AlignmentStepEnd.GoesOn);
        }

        Assert.AreEqual(100, seen[AlignmentStepEnd.Aligned]);
        Assert.AreEqual(-100, seen[AlignmentStepEnd.OutOfBounds]);
        Assert.AreEqual(-100, seen[AlignmentStepEnd.TimeUp]);
    }

    [TestMethod]
    public void Relabel_AnyTransition_KeepsWhatTheBeamDidAndItsRewardFits()
    {
        var world = new PublishedAlignment(new PublishedAlignmentSettings(), new Random(4));
        var random = new Random(5);
        float[] state = new float[5], next = new float[5], action = new float[2];
        int ended = 0, left = 0;
        for (int i = 0; i < 2000; i++)
        {
            world.Start(state);
            world.Step([random.NextSingle(), -random.NextSingle()], next);
            (double x, double y) = (next[1] - state[1], next[2] - state[2]);

            if (world.Relabel(state, action, next, random) is not (double reward, bool terminated))
                continue; // it would have begun outside the picture

            Assert.AreEqual(x, next[1] - state[1], 1e-5);
            Assert.AreEqual(y, next[2] - state[2], 1e-5);
            if (Math.Max(Math.Abs(next[1] * 127 + 4), Math.Abs(next[2] * 127 + 8)) >= 122 - 1e-3)
            {
                Assert.AreEqual((-100, true), (reward, terminated), "beyond the edge, as in the environment");
                left++;
                continue;
            }
            double before = 127 * Math.Sqrt(state[1] * state[1] + state[2] * state[2]), after = 127 * Math.Sqrt(next[1] * next[1] + next[2] * next[2]);
            Assert.AreEqual(after <= 3 + 1e-4, terminated);
            Assert.AreEqual(terminated ? 100 : (after < before - 1e-4 ? 1 : -1) - after / 128, reward, 1e-3);
            ended += terminated ? 1 : 0;
        }
        Assert.IsTrue(ended > 0 && left > 0, $"{ended} {left}");
    }

    [TestMethod]
    public void Run_KnownMatrix_IsTheMeasuredLimit()
    {
        AlignmentScore score = new PublishedEvaluation().Run(AlignmentPolicies.KnownMatrix, 3000);

        Assert.AreEqual(1, score.Success);
        Assert.AreEqual(9.1, score.StepsMean, 0.2); // facts/alignment.md
    }

    [TestMethod]
    public void Run_FourThousandSteps_AlignNineteenOfTwenty()
    {
        // The figure at 2000 steps is in the README; other processors round otherwise, and learn a little sooner or later.
        var training = new PublishedTraining("sac", new(), new()) { Seeds = 1, Seed = 2, ScoreAt = [4000], Episodes = 300 };

        PublishedScore score = training.Run()[0];

        Assert.IsTrue(score.Success >= 0.95, $"{score}");
        Assert.IsTrue(score.StepsMean < 2 * 9.1, $"{score}");
    }

    private double Way() => 127 * Math.Sqrt(_state[1] * (double)_state[1] + _state[2] * (double)_state[2]);
}
