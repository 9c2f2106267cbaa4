using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Crdpg;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Simulation;
using Bridge.Agents.AdaptiveScan.Training;

namespace Bridge.Agents.Tests.AdaptiveScan.Crdpg;

[TestClass]
public sealed class CrdpgTests
{
    [TestMethod]
    [DataRow(RecurrentCellKind.Lstm)]
    [DataRow(RecurrentCellKind.Gru)]
    public void Run_SameSeedTwice_IsTheSame(RecurrentCellKind cell)
    {
        IReadOnlyList<double> first = Run(cell), second = Run(cell);

        CollectionAssert.AreEqual(first.ToArray(), second.ToArray());
        Assert.IsTrue(first.All(mse => double.IsFinite(mse) && mse > 0));
    }

    [TestMethod]
    public void Update_LossOfOneDirection_TurnsTheActorAway()
    {
        // One choice: loss is the x component of the last action. The actor must learn to go left.
        var settings = new CrdpgSettings { Hidden = 8, Layers = 1, ActorRate = 0.01, CriticRate = 0.02 };
        using var agent = new CrdpgAgent(settings, view: 5, seed: 1);
        var random = new Random(1);
        const int Batch = 16;
        for (int step = 0; step < 120; step++)
        {
            float[] views = new float[Batch * 2 * 5], actions = new float[Batch * 4], losses = new float[Batch];
            for (int i = 0; i < Batch; i++)
            {
                double angle = 2 * Math.PI * random.NextDouble();
                (actions[4 * i], actions[4 * i + 2], actions[4 * i + 3]) = (1, (float)Math.Cos(angle), (float)Math.Sin(angle));
                losses[i] = (float)Math.Cos(angle);
            }
            agent.Update(views, actions, losses, Batch);
        }

        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        TorchSharp.torch.Tensor[] state = agent.Start();
        double direction = agent.Act(new float[5], ref state);

        Assert.IsLessThan(-0.8, Math.Cos(direction), $"direction {direction} rad");
    }

    [TestMethod]
    public void RunningLoss_HandWorkedCase_ClipsAndDivides()
    {
        var running = new RunningLoss(new CrdpgSettings { LossDecay = 0.5 });
        running.Update([1, 3]); // mean 2, mean square 5, deviation 1
        running.Update([2, 2]); // mean 2, mean square 4.5, deviation 0.7071

        Assert.AreEqual(2, running.Mean, 1e-12);
        Assert.AreEqual(1.5, running.Scale(3), 1e-6);
        Assert.AreEqual((2 + 3 * Math.Sqrt(0.5)) / 2, running.Scale(100), 1e-6, "clipped");
        Assert.AreEqual(100, new RunningLoss(new CrdpgSettings { NormaliseLosses = false, ClipLosses = false }).Scale(100));
    }

    [TestMethod]
    public void OrnsteinUhlenbeck_ManySteps_HasItsSpread()
    {
        var random = new Random(3);
        double squares = 0;
        const int Walks = 2000;
        for (int walk = 0; walk < Walks; walk++)
        {
            var noise = new OrnsteinUhlenbeck(0.1, 0.2, random);
            double value = 0;
            for (int step = 0; step < 60; step++)
                value = noise.Next();
            squares += value * value / Walks;
        }

        // Stationary variance sigma² / (1 - (1 - theta)²).
        Assert.AreEqual(0.04 / 0.19, squares, 0.02);
    }

    [TestMethod]
    [DataRow(50, 50, 0, false)]
    [DataRow(80, 50, 0, true)]
    [DataRow(-0.4, 50, 0, false)]
    [DataRow(-0.6, 50, 0, true)]
    [DataRow(50, 20, -1.57, true)]
    public void OverEdge_Segment_IsTold(double x, double y, double direction, bool expected)
        => Assert.AreEqual(expected, OverEdge.Has(ScanGeometry.For(96, 96, 1 / 23.04, 20), new ScanSegment(x, y, direction)));

    private static IReadOnlyList<double> Run(RecurrentCellKind cell)
    {
        IReadOnlyList<ScanImage> images = ScanImages.Simulate(3, seed: 1, new SpecimenSettings { Width = 32, Height = 32 });
        using var training = new CrdpgTraining(images, ScanGeometry.For(32, 32, 0.06, 6), new CrdpgSettings { Cell = cell, Hidden = 8, Iterations = 10, Warmup = 4, Replay = 6 },
            new GeneratorSettings { Width = 4, Batch = 2 }, seed: 2);
        return [.. training.Run(), .. training.Evaluate(images)];
    }
}
