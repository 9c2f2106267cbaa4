using System.Diagnostics;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>The loop: act, see, remember, update; now and then test episodes without exploration.</summary>
/// <param name="environment">Makes an environment from a generator; called once to learn on and once for each test.</param>
public sealed class SacTraining(Func<Random, IAlignmentEnvironment> environment, int seed)
{
    private const int TestSalt = 1_000_003;

    /// <summary>Steps between two tests.</summary>
    public int TestEvery { get; init; } = 500;

    public int TestEpisodes { get; init; } = 50;

    /// <summary>Learns for some steps.</summary>
    /// <param name="agent">Goes on from what it knows.</param>
    /// <param name="progress">Told 0 to 1.</param>
    /// <param name="tested">Told every test.</param>
    public IReadOnlyList<SacTest> Run(SoftActorCritic agent, int steps, IProgress<double>? progress = null, Action<SacTest>? tested = null, CancellationToken cancellationToken = default)
    {
        IAlignmentEnvironment world = environment(new Random(seed));
        float[] state = new float[world.Observations], next = new float[world.Observations], action = new float[world.Actions];
        var tests = new List<SacTest>();
        var clock = new Stopwatch();
        bool ended = true;
        for (int step = 1; step <= steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.Start();
            if (step % 100 == 0)
                agent.Progress((double)step / steps);
            if (ended)
                world.Start(state);
            agent.Explore(state, action);
            AlignmentStep result = world.Step(action, next);
            ended = result.End != AlignmentStepEnd.GoesOn;
            agent.Learn(state, action, result.Reward, next, terminated: ended && result.End != AlignmentStepEnd.TimeUp);
            (state, next) = (next, state);
            clock.Stop();
            progress?.Report((double)step / steps);
            if (step % TestEvery != 0 && step != steps)
                continue;
            SacTest test = Test(agent.Averaged, environment(new Random(unchecked(seed + TestSalt * step))), TestEpisodes) with { Step = agent.Steps, Seconds = clock.Elapsed.TotalSeconds };
            tests.Add(test);
            tested?.Invoke(test);
        }
        return tests;
    }

    /// <summary>Plays episodes with the mean of the policy.</summary>
    public static SacTest Test(GaussianActor actor, IAlignmentEnvironment world, int episodes)
    {
        float[] state = new float[world.Observations], action = new float[world.Actions];
        int aligned = 0;
        double steps = 0, reward = 0;
        for (int episode = 0; episode < episodes; episode++)
        {
            world.Start(state);
            AlignmentStep result;
            int taken = 0;
            do
            {
                actor.Act(state, action);
                result = world.Step(action, state);
                reward += result.Reward;
                taken++;
            }
            while (result.End == AlignmentStepEnd.GoesOn);
            if (result.End != AlignmentStepEnd.Aligned)
                continue;
            aligned++;
            steps += taken;
        }
        return new SacTest(0, (double)aligned / episodes, aligned == 0 ? double.NaN : steps / aligned, reward / episodes, 0);
    }
}
