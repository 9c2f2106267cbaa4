namespace Bridge.Agents.Alignment.Simulation;

/// <summary>
/// A beam on a camera whose reaction to the shift nobody knows: one random rotation, scale, shear and perhaps axis flip an episode, noise on
/// the response and on the measured position; late pictures, drift and lens hysteresis where the settings say so. Coordinates are camera px from the middle of the picture.
/// </summary>
public sealed class DiffractionAlignment
{
    /// <summary>What came later must not change the responses that a seed gives.</summary>
    private const int FaultSalt = 0x5EED;

    private readonly DiffractionAlignmentSettings _settings;
    private readonly Random _random;
    private readonly int _reversesAt;
    private readonly LensHysteresis _lens;
    private readonly Xy _drift;
    private readonly Queue<Xy> _onTheWay = new(); // positions that no picture has shown yet
    private Xy _beam;
    private Xy _shift;
    private int _moves;

    /// <summary>A new episode.</summary>
    /// <param name="on">The microscope that it is on; null draws one.</param>
    public DiffractionAlignment(DiffractionAlignmentSettings settings, int seed, DiffractionAlignment? on = null)
    {
        (_settings, _random) = (settings, new Random(seed));
        RotationRad = 2 * Math.PI * _random.NextDouble();
        // Evenly in the logarithm: a quarter is as far from 1 as four.
        Scale = Math.Exp(Math.Log(settings.LeastScale) + _random.NextDouble() * Math.Log(settings.MostScale / settings.LeastScale));
        IsFlipped = settings.Flips && _random.Next(2) == 1;
        double shear = settings.MostShear * (2 * _random.NextDouble() - 1);
        Response = settings.PxPerUnit * Scale * (Matrix2.Rotation(RotationRad) * new Matrix2(1, shear, 0, 1) * new Matrix2(1, 0, 0, IsFlipped ? -1 : 1));
        if (on is not null)
            (RotationRad, Scale, IsFlipped, Response) = (on.RotationRad, on.Scale, on.IsFlipped, on.Response);
        _beam = InPicture(settings.StartWithin);
        Goal = InPicture(settings.GoalWithin);
        var faults = new Random(seed ^ FaultSalt);
        _lens = new LensHysteresis(settings.Hysteresis, settings.HysteresisWidth, faults);
        _shift = _lens.Follow(default);
        _drift = Matrix2.Rotation(2 * Math.PI * faults.NextDouble()) * new Xy(settings.DriftPxPerFrame, 0);
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
        Xy followed = _lens.Follow(shift), displacement = Response * (followed - _shift);
        _shift = followed;
        if (_settings.Fault == BeamFault.Dead || displacement == default)
            return;
        double noise = _settings.ResponseNoise * Math.Max(Math.Abs(displacement.X), Math.Abs(displacement.Y));
        _beam += (++_moves >= _reversesAt ? -1 : 1) * displacement + new Xy(noise * Normal(), noise * Normal());
    }

    /// <summary>Measures the beam, one frame later: its position in px, or null if it is outside the picture or not found in it.</summary>
    public Xy? Measure()
    {
        _beam += _drift;
        _onTheWay.Enqueue(_beam);
        Xy shown = _onTheWay.Count > _settings.LatencyFrames ? _onTheWay.Dequeue() : _onTheWay.Peek();
        if (_settings.Camera is { } camera)
            return camera.Measure(shown, _random);
        return IsInPicture(shown, _settings.CameraPx) ? shown + new Xy(_settings.NoisePx * Normal(), _settings.NoisePx * Normal()) : null;
    }

    /// <summary>True if a position is inside a picture of that edge.</summary>
    public static bool IsInPicture(Xy beam, double cameraPx) => Math.Max(Math.Abs(beam.X), Math.Abs(beam.Y)) <= cameraPx / 2;

    private Xy InPicture(double share)
    {
        double half = share * _settings.CameraPx / 2;
        return new Xy(half * (2 * _random.NextDouble() - 1), half * (2 * _random.NextDouble() - 1));
    }

    private double Normal() => Alignment.Normal.Next(_random);
}
