using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.FirstSight;

/// <summary>
/// What <see cref="FirstSightPolicy"/>'s network learns on: alignments of beams with another response each time, under the very rules of use. A step lasts
/// until the network must choose again; its reward is minus the shifts that were set, and at the end the number is added that a policy would have needed which knows
/// the response: how far the beam had to go says nothing of how well it was done.
/// </summary>
public sealed class FirstSightEnvironment(DiffractionAlignmentSettings microscope, AlignmentSettings settings, Random random) : IAlignmentEnvironment
{
    /// <summary>To have given up counts as so many shifts more.</summary>
    private const double GivenUp = 10;

    /// <summary>How its network learns: every shift counts alike, however late it is.</summary>
    public static SacSettings Learning { get; } = new() { Discount = 1, RewardScale = 1, FirstTemperature = 0.1, TargetEntropyPerAction = -1, BatchSize = 256, LastLearningRateShare = 0.03, ReplayCapacity = 300_000, Relabelled = 0 };

    private readonly float[] _action = new float[2];
    private DiffractionAlignment? _microscope;
    private BeamAlignment? _alignment;
    private FirstSightPolicy? _policy;
    private double _limit;

    public int Observations => FirstSightView.Width;

    public int Actions => 2;

    public void Start(Span<float> state)
    {
        _microscope = new DiffractionAlignment(microscope, random.Next());
        AlignmentSettings settingsNow = settings with { Goal = _microscope.Goal };
        _policy = new FirstSightPolicy(settingsNow, (_, action) => _action.CopyTo(action));
        _alignment = new BeamAlignment(_policy, settingsNow);
        _alignment.Observe(_microscope.Measure());
        Xy way = _microscope.Response.Inverse * (_microscope.Goal - _microscope.Beam);
        _limit = way.Length / settings.MaxStep;
        _policy.Write(state);
    }

    public AlignmentStep Step(ReadOnlySpan<float> action, Span<float> state)
    {
        if (_microscope is null || _alignment is null || _policy is null)
            throw new InvalidOperationException("no episode was begun");
        action.CopyTo(_action);
        int before = _alignment.State.Steps;
        AlignmentResult result;
        do
        {
            result = _alignment.Next();
            _alignment.Accept(result);
            if (result is AlignmentResult.Move move)
            {
                _microscope.Set(move.Shift);
                _alignment.Observe(_microscope.Measure());
            }
        }
        while (result is AlignmentResult.Move && !(_alignment.IsForPolicy && _policy.Chooses));
        _policy.Write(state);
        double reward = before - _alignment.State.Steps;
        return result switch
        {
            AlignmentResult.Aligned => new AlignmentStep(reward + _limit, AlignmentStepEnd.Aligned),
            AlignmentResult.GiveUp => new AlignmentStep(reward + _limit - GivenUp, AlignmentStepEnd.OutOfBounds),
            _ => new AlignmentStep(reward, AlignmentStepEnd.GoesOn),
        };
    }
}
