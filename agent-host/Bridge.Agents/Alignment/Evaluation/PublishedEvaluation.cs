using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>Plays policies in the published environment, whose actions are limited in each component and whose episodes end at the edge.</summary>
public sealed class PublishedEvaluation
{
    /// <summary>Name of the environment.</summary>
    public const string Environment = "published";

    private BeamAlignment? _alignment;

    /// <summary>Writes the action for a state; false gives the episode up.</summary>
    private delegate bool Choice(ReadOnlySpan<float> state, Span<float> action, bool isFirst);

    public PublishedAlignmentSettings Settings { get; init; } = new();

    public int Seed { get; init; }

    /// <summary>Episodes with a policy that sees positions: <c>least-squares</c> or <c>known-matrix</c>.</summary>
    /// <exception cref="Contracts.ContractException">No policy of that name.</exception>
    public AlignmentScore Run(string policy, int episodes, CancellationToken cancellationToken = default)
    {
        var world = new PublishedAlignment(Settings, new Random(Seed));
        return Play(world, policy, episodes, (_, action, isFirst) => Chosen(policy, world, action, isFirst), cancellationToken);
    }

    /// <summary>Episodes with the mean of a learned actor, and with actions drawn from it where the beam was seen before in the episode: a mean that is
    /// slightly off may stand still a few px from the goal.</summary>
    public AlignmentScore Run(GaussianActor actor, string policy, int episodes, CancellationToken cancellationToken = default)
    {
        var world = new PublishedAlignment(Settings, new Random(Seed));
        var random = new Random(Seed);
        var seen = new HashSet<Xy>();
        return Play(world, policy, episodes, Act, cancellationToken);

        bool Act(ReadOnlySpan<float> state, Span<float> action, bool isFirst)
        {
            if (isFirst)
                seen.Clear();
            actor.Act(state, action, seen.Add(world.Seen) ? null : random);
            return true;
        }
    }

    private bool Chosen(string policy, PublishedAlignment world, Span<float> action, bool isFirst)
    {
        if (policy == AlignmentPolicies.KnownMatrix)
        {
            // Each component has its own limit, so the longest way of the box is used.
            Xy needed = world.Matrix.Inverse * (world.GoalPx - Settings.Binning * world.Seen);
            double over = Math.Max(1, Math.Max(Math.Abs(needed.X), Math.Abs(needed.Y)));
            (action[0], action[1]) = ((float)(needed.X / over), (float)(needed.Y / over));
            return true;
        }
        if (isFirst)
        {
            var settings = new AlignmentSettings(world.GoalPx, MaxShift: 1000) { Tolerance = Settings.Tolerance * Settings.Binning, MaxSteps = Settings.MaxSteps, MaxStep = 1, FirstShift = 1 };
            _alignment = new BeamAlignment(AlignmentPolicies.Create(policy, settings), settings);
        }
        Xy before = _alignment!.State.Shift;
        _alignment.Observe(Settings.Binning * world.Seen);
        AlignmentResult result = _alignment.Next();
        _alignment.Accept(result);
        Xy step = result is AlignmentResult.Move move ? move.Shift - before : default;
        (action[0], action[1]) = ((float)step.X, (float)step.Y);
        return result is not AlignmentResult.GiveUp;
    }

    private AlignmentScore Play(PublishedAlignment world, string policy, int episodes, Choice choose, CancellationToken cancellationToken)
    {
        float[] state = new float[world.Observations], action = new float[world.Actions];
        int aligned = 0, steps = 0;
        double squares = 0;
        for (int episode = 0; episode < episodes; episode++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            world.Start(state);
            int taken = 0;
            AlignmentStepEnd end;
            do
            {
                end = choose(state, action, isFirst: taken == 0) ? world.Step(action, state).End : AlignmentStepEnd.TimeUp;
                taken++;
            }
            while (end == AlignmentStepEnd.GoesOn);
            if (end != AlignmentStepEnd.Aligned)
                continue;
            aligned++;
            steps += taken;
            Xy error = world.GoalPx - world.BeamPx;
            squares += error.Dot(error);
        }
        return new AlignmentScore(Environment, policy, episodes, (double)aligned / episodes, aligned == 0 ? double.NaN : (double)steps / aligned, aligned == 0 ? double.NaN : (double)steps / aligned + 1, aligned == 0 ? double.NaN : Math.Sqrt(squares / aligned));
    }
}
