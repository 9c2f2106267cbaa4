namespace Bridge.Agents.Alignment.FirstSight;

/// <summary>
/// What a policy sees that has never met this response: its last moves and what they did, in frames in which all rotations and scales look
/// alike. Displacements are turned so that the way to the goal is (1, 0), and divided by its length; moves are turned so that the last move
/// points along (1, 0), and divided by <see cref="Unit"/>, the length that would reach the goal if every direction reacted as strongly as that one.
/// </summary>
public sealed class FirstSightView(AlignmentSettings settings)
{
    /// <summary>Moves remembered.</summary>
    public const int Moves = 3;

    /// <summary>Numbers of a state: for each move its direction and length, those of the displacement, and that there was one; four of the whole.</summary>
    public const int Width = PerMove * Moves + 4;

    private const int PerMove = 7;

    private readonly (Xy Move, Xy Displacement)[] _past = new (Xy, Xy)[Moves]; // the last first
    private int _count;
    private Xy _error;
    private bool _turned;

    /// <summary>Length of an action (1, 0), in units of shift.</summary>
    public double Unit { get; private set; } = settings.MaxStep / 2;

    /// <summary>The beam was seen.</summary>
    /// <param name="move">Change of the shift before it; 0 for the first.</param>
    /// <param name="displacement">What it did, in px.</param>
    /// <param name="error">From the beam to the goal, in px.</param>
    public void Saw(Xy move, Xy displacement, Xy error)
    {
        _error = error;
        if (move.Length == 0)
            return; // looked at again, after it was lost: what is to be tried next stays as it is
        _turned = false;
        Array.Copy(_past, 0, _past, 1, Moves - 1);
        _past[0] = (move, displacement);
        _count = Math.Min(_count + 1, Moves);
        double reaction = Math.Max(_past[0].Displacement.Length, settings.Tolerance / 3) / _past[0].Move.Length;
        Unit = Math.Clamp(error.Length / reaction, 1e-3 * settings.MaxStep, 2 * settings.MaxStep);
    }

    /// <summary>The last move, which was taken back, lost the beam: the next one is shorter, and goes the other way.</summary>
    public void Lost()
    {
        Unit /= 4;
        _turned = !_turned;
    }

    /// <summary>Writes the state.</summary>
    /// <param name="state">(<see cref="Width"/>).</param>
    public void Write(Span<float> state)
    {
        state.Clear();
        double distance = Math.Max(_error.Length, 1e-9);
        for (int i = 0; i < _count; i++)
        {
            Xy move = Turn(_past[i].Move, _past[0].Move), displacement = Turn(_past[i].Displacement, _error);
            Put(state[(PerMove * i)..], move, Unit);
            Put(state[(PerMove * i + 3)..], displacement, distance);
            state[PerMove * i + 6] = 1;
        }
        Span<float> whole = state[(PerMove * Moves)..];
        whole[0] = (float)(Math.Log(distance / settings.Tolerance) / 4);
        whole[1] = (float)(Math.Log(Unit / settings.MaxStep) / 4);
        whole[2] = (float)Math.Min(1, Unit / settings.MaxStep);
        whole[3] = _turned ? 1 : 0;
    }

    /// <summary>The change of the shift that an action means.</summary>
    /// <param name="action">Two numbers, -1 to 1.</param>
    public Xy ToMove(ReadOnlySpan<float> action)
    {
        Xy axis = _count == 0 ? new Xy(1, 0) : 1 / _past[0].Move.Length * _past[0].Move;
        double unit = (_turned ? -1.5 : 1.5) * Unit, x = unit * action[0], y = unit * action[1];
        return new Xy(x * axis.X - y * axis.Y, x * axis.Y + y * axis.X).AtMost(settings.MaxStep);
    }

    /// <summary>In a frame whose first axis points along <paramref name="axis"/>.</summary>
    private static Xy Turn(Xy v, Xy axis)
    {
        double length = Math.Max(axis.Length, 1e-12);
        return new Xy(v.Dot(axis) / length, (v.Y * axis.X - v.X * axis.Y) / length);
    }

    /// <summary>Direction, and the logarithm of the length.</summary>
    private static void Put(Span<float> at, Xy v, double unit)
    {
        double length = v.Length;
        if (length > 0)
            (at[0], at[1]) = ((float)(v.X / length), (float)(v.Y / length));
        at[2] = (float)(Math.Log(Math.Clamp(length / unit, 0.01, 10)) / 3);
    }
}
