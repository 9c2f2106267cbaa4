using Bridge.Agents.Alignment.Sac;

namespace Bridge.Agents.Alignment.Simulation;

/// <summary>
/// The published environment, figure by figure as facts/alignment.md measures it: a camera of 1040 px seen through coarse whole px, one fixed
/// rotation, ±1 - distance/128 a step, ±100 at the end. States are step size, way to the goal and two flags; what is scaled here for the network
/// is scaled by constants only.
/// </summary>
public sealed class PublishedAlignment(PublishedAlignmentSettings settings, Random random) : IAlignmentEnvironment, IGoalRelabelling
{
    private const double CameraPx = 1040, PublishedBinning = 520.0 / 127, PublishedEdge = 122.0 / 127, NearGoals = 0.3;

    private readonly double _half = CameraPx / 2 / settings.Binning;
    private readonly Xy _goal = PublishedBinning / settings.Binning * settings.Goal;
    private Xy _camera; // px from the middle
    private double _distance;
    private int _steps;

    public int Observations => 5;

    public int Actions => 2;

    /// <summary>Camera px that an action (1, 0) moves the beam by.</summary>
    public double PxPerAction => settings.StepSize / 10 * CameraPx / 255 * settings.Response;

    /// <summary>Displacement in camera px for an action.</summary>
    public Matrix2 Matrix => PxPerAction * Matrix2.Rotation(settings.RotationRad);

    /// <summary>The goal in camera px from the middle.</summary>
    public Xy GoalPx => settings.Binning * _goal;

    /// <summary>Where the beam really is, in camera px from the middle.</summary>
    public Xy BeamPx => _camera;

    /// <summary>The beam as the environment sees it, in its own px.</summary>
    public Xy Seen => new(Math.Round(_camera.X / settings.Binning), Math.Round(_camera.Y / settings.Binning));

    public void Start(Span<float> state)
    {
        _camera = new Xy(random.Next((int)CameraPx) - CameraPx / 2, random.Next((int)CameraPx) - CameraPx / 2);
        _distance = (_goal - Seen).Length;
        _steps = 0;
        Write(state, Seen - _goal);
    }

    public AlignmentStep Step(ReadOnlySpan<float> action, Span<float> state)
    {
        Xy shift = PxPerAction * new Xy(Math.Clamp(action[0], -1, 1), Math.Clamp(action[1], -1, 1));
        double noise = settings.ResponseNoise * Math.Max(Math.Abs(shift.X), Math.Abs(shift.Y));
        _camera += Matrix2.Rotation(settings.RotationRad) * (shift + new Xy(noise * Normal.Next(random), noise * Normal.Next(random)));
        _steps++;
        double before = _distance;
        _distance = (_goal - Seen).Length;
        Write(state, Seen - _goal);
        if (IsOut(Seen))
            return new AlignmentStep(-100, AlignmentStepEnd.OutOfBounds);
        if (_distance <= settings.Tolerance)
            return new AlignmentStep(100, AlignmentStepEnd.Aligned);
        return _steps >= settings.MaxSteps ? new AlignmentStep(-100, AlignmentStepEnd.TimeUp) : new AlignmentStep(Reward(before, _distance), AlignmentStepEnd.GoesOn);
    }

    public (double Reward, bool Terminated)? Relabel(Span<float> state, Span<float> action, Span<float> next, Random random)
    {
        // The same move elsewhere: it begins anywhere in the picture, or ends about one move from the goal.
        Xy moved = WayOf(next) - WayOf(state);
        Xy before = random.NextDouble() < NearGoals ? Within(1.5 * PxPerAction / settings.Binning, random) - moved : Within(_half, random) - _goal, after = before + moved;
        if (Farthest(before + _goal) > _half)
            return null; // outside the picture nothing begins
        Write(state, before);
        Write(next, after);
        if (IsOut(after + _goal))
            return (-100, true);
        return after.Length <= settings.Tolerance ? (100, true) : (Reward(before.Length, after.Length), false);
    }

    private static Xy Within(double reach, Random random) => new(Math.Round(reach * (2 * random.NextDouble() - 1)), Math.Round(reach * (2 * random.NextDouble() - 1)));

    private static double Farthest(Xy seen) => Math.Max(Math.Abs(seen.X), Math.Abs(seen.Y));

    private bool IsOut(Xy seen) => Farthest(seen) >= PublishedEdge * _half;

    private double Reward(double before, double after) => settings.Reward switch
    {
        AlignmentReward.Informative => (after < before ? 1 : -1) - after / (_half + 1),
        AlignmentReward.NonInformative => -1,
        _ => 0,
    };

    private Xy WayOf(ReadOnlySpan<float> state) => new(Math.Round(state[1] * _half), Math.Round(state[2] * _half));

    private void Write(Span<float> state, Xy way)
    {
        state[0] = (float)(settings.StepSize / 100);
        state[1] = (float)(way.X / _half);
        state[2] = (float)(way.Y / _half);
        state[3] = way.X == 0 ? 1 : 0;
        state[4] = way.Y == 0 ? 1 : 0;
    }
}
