using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.FirstSight;

/// <summary>A beam with another response each episode, to learn alignment at first sight on: -1 a step, and what the logarithm of the distance falls by.</summary>
public sealed class FirstSightEnvironment(DiffractionAlignmentSettings microscope, AlignmentSettings alignment, Random random) : IAlignmentEnvironment
{
    /// <summary>A beam that left the picture costs so many steps: it must be brought back and found again.</summary>
    private const double LostReward = -8;

    /// <summary>Reward for a distance that is smaller by a factor e. Adds up to the same on every way to the goal.</summary>
    private const double Shaping = 0.5;

    private AlignmentSettings? _settings;
    private DiffractionAlignment? _microscope;
    private FirstSightView? _view;
    private Xy _shift, _seen;
    private int _steps;

    public int Observations => FirstSightView.Width;

    public int Actions => 2;

    public void Start(Span<float> state)
    {
        _microscope = new DiffractionAlignment(microscope, random.Next());
        _settings = alignment with { Goal = _microscope.Goal };
        _view = new FirstSightView(_settings);
        (_shift, _steps) = (default, 0);
        _seen = _microscope.Measure()!.Value;
        _view.Saw(default, default, _settings.Goal - _seen);
        _view.Write(state);
    }

    public AlignmentStep Step(ReadOnlySpan<float> action, Span<float> state)
    {
        if (_settings is null || _microscope is null || _view is null)
            throw new InvalidOperationException("an episode was not begun");
        Xy move = _view.ToMove(action);
        _shift += move;
        _microscope.Set(_shift);
        _steps++;
        if (_microscope.Measure() is not { } seen)
        {
            _view.Write(state);
            return new AlignmentStep(LostReward, AlignmentStepEnd.OutOfBounds);
        }
        double before = (_settings.Goal - _seen).Length, distance = (_settings.Goal - seen).Length;
        _view.Saw(move, seen - _seen, _settings.Goal - seen);
        _seen = seen;
        _view.Write(state);
        double reward = -1 + Shaping * Math.Log(Math.Max(before, _settings.Tolerance) / Math.Max(distance, _settings.Tolerance));
        return new AlignmentStep(reward, distance <= _settings.Tolerance ? AlignmentStepEnd.Aligned : _steps >= _settings.MaxSteps ? AlignmentStepEnd.TimeUp : AlignmentStepEnd.GoesOn);
    }
}
