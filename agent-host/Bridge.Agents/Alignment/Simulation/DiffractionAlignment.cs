namespace Bridge.Agents.Alignment.Simulation;

/// <summary>
/// A beam on a camera whose reaction to the shift nobody knows: one random rotation, scale, shear and perhaps axis flip an episode, noise on
/// the response and on the measured position. Coordinates are camera px from the middle of the picture.
/// </summary>
public sealed class DiffractionAlignment
{
    private readonly DiffractionAlignmentSettings _settings;
    private readonly Random _random;
    private readonly int _reversesAt;
    private Xy _beam;
    private Xy _shift;
    private int _moves;

    /// <summary>A new episode.</summary>
    public DiffractionAlignment(DiffractionAlignmentSettings settings, int seed)
    {
        (_settings, _random) = (settings, new Random(seed));
        RotationRad = 2 * Math.PI * _random.NextDouble();
        // Evenly in the logarithm: a quarter is as far from 1 as four.
        Scale = Math.Exp(Math.Log(settings.LeastScale) + _random.NextDouble() * Math.Log(settings.MostScale / settings.LeastScale));
        IsFlipped = settings.Flips && _random.Next(2) == 1;
        double shear = settings.MostShear * (2 * _random.NextDouble() - 1);
        Response = settings.PxPerUnit * Scale * (Matrix2.Rotation(RotationRad) * new Matrix2(1, shear, 0, 1) * new Matrix2(1, 0, 0, IsFlipped ? -1 : 1));
        _beam = InPicture(settings.StartWithin);
        Goal = InPicture(settings.GoalWithin);
        _reversesAt = settings.Fault == BeamFault.Reverses ? 4 : int.MaxValue;
    }

    /// <summary>Displacement in px for one unit of shift.</summary>
    public Matrix2 Response { get; }

    public double RotationRad { get; }

    /// <summary>Of the response, against <see cref="DiffractionAlignmentSettings.PxPerUnit"/>.</summary>
    public double Scale { get; }

    public bool IsFlipped { get; }

    public Xy Goal { get; }

    /// <summary>Where the beam really is, in px.</summary>
    public Xy Beam => _beam;

    /// <summary>Sets the shift.</summary>
    /// <param name="shift">From the starting value.</param>
    public void Set(Xy shift)
    {
        Xy displacement = Response * (shift - _shift);
        _shift = shift;
        if (_settings.Fault == BeamFault.Dead || displacement == default)
            return;
        double noise = _settings.ResponseNoise * Math.Max(Math.Abs(displacement.X), Math.Abs(displacement.Y));
        _beam += (++_moves >= _reversesAt ? -1 : 1) * displacement + new Xy(noise * Normal(), noise * Normal());
    }

    /// <summary>Measures the beam: its position in px, or null if it is outside the picture.</summary>
    public Xy? Measure()
        => IsInPicture(_beam, _settings.CameraPx) ? _beam + new Xy(_settings.NoisePx * Normal(), _settings.NoisePx * Normal()) : null;

    /// <summary>True if a position is inside a picture of that edge.</summary>
    public static bool IsInPicture(Xy beam, double cameraPx) => Math.Max(Math.Abs(beam.X), Math.Abs(beam.Y)) <= cameraPx / 2;

    private Xy InPicture(double share)
    {
        double half = share * _settings.CameraPx / 2;
        return new Xy(half * (2 * _random.NextDouble() - 1), half * (2 * _random.NextDouble() - 1));
    }

    private double Normal() => Alignment.Normal.Next(_random);
}
