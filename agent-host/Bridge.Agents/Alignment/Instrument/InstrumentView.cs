using Bridge.Agents.Alignment.Sac;

namespace Bridge.Agents.Alignment.Instrument;

/// <summary>
/// How the network of one microscope sees an alignment, and what its actions mean: the way to the goal as direction and logarithm of the distance, and a
/// move that gets shorter with the distance below <see cref="ReachPx"/>, so that one answer is right at every distance and small errors of it do not keep
/// the beam from the goal. A move teaches about every way (hindsight, Andrychowicz et al. 2017): what the beam does does not depend on the goal.
/// </summary>
/// <param name="StepUnit">Shift of an action of 1 from far away.</param>
/// <param name="ReachPx">Distance below which actions get shorter, in px.</param>
public sealed record InstrumentView(double StepUnit, double ReachPx) : IGoalRelabelling
{
    /// <summary>Numbers of a state and of an action.</summary>
    public const int Observations = 4, Actions = 2;

    /// <summary>Reach in tolerances: a beam is taken to move by that much under the longest step, or farther.</summary>
    private const double ReachInTolerances = 40;

    /// <summary>Farthest way that is drawn, in reaches.</summary>
    private const double Farthest = 16;

    /// <summary>Share of the redrawn transitions whose move leads about to the goal.</summary>
    private const double Reaching = 0.5;

    /// <summary>Limit of the reward of one step.</summary>
    private const double MostReward = 2;

    private double TolerancePx => ReachPx / ReachInTolerances;

    public static InstrumentView For(AlignmentSettings settings) => new(settings.MaxStep, ReachInTolerances * settings.Tolerance);

    /// <summary>Writes the state of a way to the goal, in px.</summary>
    public void Write(Xy way, Span<float> state)
    {
        double distance = Math.Max(way.Length, 1e-6 * ReachPx);
        (state[0], state[1]) = ((float)(way.X / distance), (float)(way.Y / distance));
        state[2] = (float)(Math.Log(distance / ReachPx) / 2);
        state[3] = (float)Math.Min(1, distance / ReachPx);
    }

    /// <summary>The change of the shift that an action means on a way.</summary>
    public Xy ToMove(Xy way, ReadOnlySpan<float> action) => Gain(way) * new Xy(action[0], action[1]);

    /// <summary>Writes the action that means a move; false if none does.</summary>
    public bool TryWriteAction(Xy way, Xy move, Span<float> action)
    {
        Xy a = 1 / Gain(way) * move;
        (action[0], action[1]) = ((float)a.X, (float)a.Y);
        return Math.Max(Math.Abs(a.X), Math.Abs(a.Y)) <= 1;
    }

    /// <summary>Of one move: the logarithm of how many times nearer the goal it led, and whether it ended there. Nearer than half the tolerance is no better.</summary>
    /// <param name="after">Null if the beam was lost.</param>
    public (double Reward, bool Terminated) Reward(Xy before, Xy? after)
    {
        if (after is not { } way)
            return (-MostReward, true);
        double floor = TolerancePx / 2;
        double reward = Math.Log(Math.Max(before.Length, floor) / Math.Max(way.Length, floor));
        return (Math.Clamp(reward, -MostReward, MostReward), way.Length <= TolerancePx);
    }

    public (double Reward, bool Terminated)? Relabel(Span<float> state, Span<float> action, Span<float> next, Random random)
    {
        if (next[0] == 0 && next[1] == 0)
            return null; // lost: nobody knows where it went
        Xy before = Way(state), displacement = before - Way(next), move = ToMove(before, action);
        double longest = Math.Max(Math.Abs(move.X), Math.Abs(move.Y)) / StepUnit * ReachPx; // nearer than this no action is so long
        if (longest > ReachPx * 1.0001)
            return null;
        Xy elsewhere = random.NextDouble() < Reaching
            ? displacement + Drawn(TolerancePx / 4, Math.Max(TolerancePx, displacement.Length), random)
            : Drawn(Math.Max(TolerancePx / 2, longest), Farthest * ReachPx, random);
        if (elsewhere.Length < longest || !TryWriteAction(elsewhere, move, action))
            return null;
        Xy after = elsewhere - displacement;
        Write(elsewhere, state);
        Write(after, next);
        return Reward(elsewhere, after);
    }

    private double Gain(Xy way) => StepUnit * Math.Min(1, Math.Max(way.Length, 1e-6 * ReachPx) / ReachPx);

    private Xy Way(ReadOnlySpan<float> state) => ReachPx * Math.Exp(2 * state[2]) * new Xy(state[0], state[1]);

    /// <summary>Any direction, and a length even in the logarithm.</summary>
    private static Xy Drawn(double least, double most, Random random)
        => Matrix2.Rotation(2 * Math.PI * random.NextDouble()) * new Xy(least * Math.Pow(most / least, random.NextDouble()), 0);
}
