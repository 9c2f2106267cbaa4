using System.Globalization;
using Bridge.Contracts;

namespace Bridge.Agents.Alignment;

/// <summary>
/// One alignment: a policy, and the rules that hold for every policy. Nothing beyond the longest shift or the longest step is handed out,
/// it ends after a bounded number of steps, a beam that is lost is looked for where it was seen last, and a picture that is late is taken again.
/// </summary>
public sealed class BeamAlignment(IAlignmentPolicy policy, AlignmentSettings settings)
{
    /// <summary>Observations without a beam after which it is given up.</summary>
    public const int MostLost = 4;

    /// <summary>For rounding only.</summary>
    private const double Slack = 1 + 1e-9;

    /// <summary>A displacement of this share of the tolerance is seen for sure: four times the noise that policies take a position to have.</summary>
    private const double VisibleInTolerance = 4 / 3.0;

    private readonly PictureLatency _latency = new(VisibleInTolerance * settings.Tolerance);
    private AlignmentResult? _last;
    private string? _whyLost;
    private bool _isLate;

    public AlignmentState State { get; } = new(settings);

    public string PolicyName => policy.Name;

    /// <summary>True if <see cref="Next"/> is the policy's to answer; false where the beam is looked for or a picture is taken again.</summary>
    public bool IsForPolicy => !_isLate && !State.IsLost;

    /// <summary>How it ended; null as long as it goes on.</summary>
    public AlignmentResult? End => _last is AlignmentResult.Move ? null : _last;

    /// <summary>What to do now; the same again until the beam is observed. Changes nothing.</summary>
    /// <exception cref="ContractException">The beam has not been observed yet.</exception>
    public AlignmentResult Next()
    {
        if (_last is not null && (State.AwaitsBeam || End is not null))
            return _last;
        if (State.AwaitsBeam)
            throw new ContractException(FaultCode.OutOfTurn, "the beam has not been observed yet: measure it and tell its position (observe_beam, ObserveBeam) before asking for a shift");
        if (IsForPolicy && State.Distance is { } distance && distance <= settings.Tolerance)
            return new AlignmentResult.Aligned(Invariant($"aligned: {distance:0.###} px from the goal after {State.Steps} steps"));
        if (_isLate)
            return new AlignmentResult.Move(State.Shift, "the picture may not show the last shift yet; another one");
        if (State.Steps >= settings.MaxSteps)
            return new AlignmentResult.GiveUp(Invariant($"not aligned after {State.Steps} steps, still {State.Distance ?? double.NaN:0.#} px from the goal"));
        return State.IsLost ? LookAgain() : Checked(policy.Next(State));
    }

    /// <summary>The beam was measured under the shift handed out last.</summary>
    /// <param name="beam">Where it was; null if none was found.</param>
    /// <param name="why">Why none was found, if that is known.</param>
    public void Observe(Xy? beam, string? why = null)
    {
        _isLate = !_latency.Shows(beam, State.Seen, isBack: State.Shift == State.SeenAt);
        if (_isLate)
        {
            State.PassOver();
            return;
        }
        _whyLost = why;
        State.Observe(beam);
        policy.Observe(State);
    }

    /// <summary>The answer of <see cref="Next"/> was given away.</summary>
    public void Accept(AlignmentResult result)
    {
        if (ReferenceEquals(result, _last) || (result == _last && State.AwaitsBeam))
            return;
        _last = result;
        if (result is not AlignmentResult.Move move)
            return;
        _latency.HandOut(differs: move.Shift != State.Shift);
        if (_isLate)
            State.HandOutAgain();
        else
            State.HandOut(move);
    }

    private AlignmentResult LookAgain() => State.Lost >= MostLost
        ? new AlignmentResult.GiveUp(Invariant($"no beam was found {State.Lost} times; {_whyLost ?? "see that it is not blanked and within the picture"}"))
        : new AlignmentResult.Move(State.SeenAt, $"{_whyLost ?? "no beam was found"}; {(State.Seen is null ? "measure again" : "back to where it was seen last")}");

    private AlignmentResult Checked(AlignmentResult result)
    {
        if (result is not AlignmentResult.Move move)
            return result;
        if (!move.Shift.IsFinite)
            return new AlignmentResult.GiveUp($"policy {policy.Name} asked for a shift that is no number");
        if (move.Shift.Length > settings.MaxShift * Slack)
            return new AlignmentResult.GiveUp(Invariant($"the goal needs a shift of {move.Shift.X:G4}, {move.Shift.Y:G4} or more, and the longest allowed is {settings.MaxShift:G4}"));
        return (move.Shift - State.Shift).Length > settings.MaxStep * Slack
            ? new AlignmentResult.GiveUp(Invariant($"policy {policy.Name} asked for a step of {(move.Shift - State.Shift).Length:G4}, and the longest allowed is {settings.MaxStep:G4}"))
            : move;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
