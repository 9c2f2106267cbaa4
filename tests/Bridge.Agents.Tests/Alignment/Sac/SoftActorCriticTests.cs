using System.Runtime.InteropServices;
using Bridge.Agents.Alignment.Sac;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Tests.Alignment.Sac;

[TestClass]
public sealed class SoftActorCriticTests
{
    private static readonly SacSettings Small = new() { Hidden = 16, BatchSize = 64, RewardScale = 1, Relabelled = 0, FirstTemperature = 0.01, Discount = 0.9, LearningRate = 3e-3 };

    [TestMethod]
    public void Act_WithoutChance_IsTheMeanOfWhatSampleDraws()
    {
        var actor = new GaussianActor(3, 2, 16, new Generator(1));
        float[] state = [0.2f, -0.4f, 0.9f], action = new float[2];

        actor.Act(state, action);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor many = tensor(Enumerable.Repeat(state, 4000).SelectMany(row => row).ToArray()).reshape(4000, 3);
        float[] drawn = Floats(actor.Sample(many).Actions);

        for (int i = 0; i < 2; i++)
            Assert.AreEqual(MathF.Atanh(action[i]), drawn.Where((_, at) => at % 2 == i).Average(MathF.Atanh), 0.1f);
    }

    [TestMethod]
    public void Sample_LogDensity_IsThatOfTheSquashedNormal()
    {
        // One action alone, so that its density can be counted: its integral over (-1, 1) must be 1.
        var actor = new GaussianActor(1, 1, 8, new Generator(2));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        (Tensor actions, Tensor density) = actor.Sample(zeros(20_000, 1));
        float[] a = Floats(actions), log = Floats(density);

        // The mean of 1 / p over draws from p is the width of the interval.
        double width = Enumerable.Range(0, a.Length).Where(i => Math.Abs(a[i]) < 0.5).Average(i => 1 / Math.Exp(log[i]));
        double share = a.Count(x => Math.Abs(x) < 0.5) / (double)a.Length;

        Assert.AreEqual(1, width * share, 0.05);
    }

    [TestMethod]
    public void Learn_EpisodesCutOff_AreValuedAsIfTheyWentOn()
    {
        // Reward 1 for ever is worth 1 / (1 - γ) = 10, also if each episode is cut off after one step.
        Assert.AreEqual(10, ValueOfConstantReward(terminated: false), 2);
    }

    [TestMethod]
    public void Learn_EpisodesThatEnd_AreWorthTheirLastReward()
    {
        Assert.AreEqual(1, ValueOfConstantReward(terminated: true), 0.3);
    }

    [TestMethod]
    public void Learn_SameSeed_GivesTheSameWeightsOnAnyNumberOfThreads()
    {
        int before = get_num_threads();
        try
        {
            set_num_threads(1);
            float[] one = Trained(seed: 3, steps: 300);
            set_num_threads(2);
            float[] two = Trained(seed: 3, steps: 300);

            CollectionAssert.AreEqual(one, two);
            CollectionAssert.AreNotEqual(one, Trained(seed: 4, steps: 300));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static double ValueOfConstantReward(bool terminated)
    {
        using var agent = new SoftActorCritic(Small, observations: 1, actions: 1, seed: 0);
        float[] state = [0.5f], action = new float[1];
        for (int step = 0; step < 1500; step++)
        {
            agent.Explore(state, action);
            agent.Learn(state, action, 1, state, terminated);
        }
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        agent.Actor.Act(state, action);
        return agent.Weights.Critics[0].Value(tensor([state[0], action[0]]).reshape(1, 2)).item<float>();
    }

    private static float[] Trained(int seed, int steps)
    {
        using var agent = new SoftActorCritic(Small, observations: 2, actions: 2, seed);
        var world = new Random(seed);
        float[] state = [0, 0], next = [0, 0], action = [0, 0];
        for (int step = 0; step < steps; step++)
        {
            (state[0], state[1], next[0], next[1]) = (world.NextSingle(), world.NextSingle(), world.NextSingle(), world.NextSingle());
            agent.Explore(state, action);
            agent.Learn(state, action, state[0] * action[0], next, step % 10 == 0);
        }
        return [.. agent.Weights.state_dict().Values.SelectMany(Floats)];
    }

    private static float[] Floats(Tensor tensor)
    {
        using Tensor dense = tensor.detach().contiguous();
        return MemoryMarshal.Cast<byte, float>(dense.bytes).ToArray();
    }
}
