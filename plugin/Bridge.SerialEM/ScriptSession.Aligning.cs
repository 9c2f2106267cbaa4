using System.Globalization;
using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>Alignment of the beam: a session of its own at the host, beside that of a collection if there is one.</summary>
internal sealed partial class ScriptSession
{
    /// <summary>For rounding only.</summary>
    private const double Slack = 1 + 1e-9;

    private BeginAlignmentRequest? _alignment;
    private AlignmentLimits? _alignmentLimits;
    private BeamShiftReply? _beamShift;

    /// <summary>What the script set with <c>SetAlignment</c>.</summary>
    private sealed record AlignmentLimits(double Tolerance, int Steps, double Longest, double? First);

    public double SetAlignment(ReadOnlySpan<double> values)
    {
        const string Function = "SetAlignment";
        double tolerance = Check(Function, "tolerance", values[0], 0.001, 100_000);
        int steps = CheckWhole(Function, "most steps", values[1], 1, BeginAlignmentRequest.MostSteps);
        double longest = Check(Function, "longest shift", values[2], BeginAlignmentRequest.LeastShift, BeginAlignmentRequest.LongestShift);
        double first = Check(Function, "first shift", values[3], 0, longest);
        if (first is > 0 and < BeginAlignmentRequest.LeastShift)
            throw Bad(Function, FormattableString.Invariant($"first shift must be 0 or at least {BeginAlignmentRequest.LeastShift}, got {first}"));
        _alignmentLimits = new AlignmentLimits(tolerance, steps, longest, first > 0 ? first : null);
        return Success;
    }

    public double BeginAlignment(double goalX, double goalY)
    {
        _envelope.CheckStop();
        AlignmentLimits limits = _alignmentLimits
            ?? throw new ContractException(FaultCode.OutsideEnvelope, "BeginAlignment: no shift is allowed yet; call SetAlignment first, with the longest shift");
        var request = new BeginAlignmentRequest(_choices.NameFor(SessionKind.Alignment), CheckPosition("BeginAlignment", "goal X", goalX), CheckPosition("BeginAlignment", "goal Y", goalY), limits.Longest)
        {
            Tolerance = limits.Tolerance,
            MaxSteps = limits.Steps,
            FirstShift = limits.First,
            ClockMin = _clockMin,
        };
        // Whatever comes of it, the last alignment is over.
        (_alignment, _beamShift) = (null, null);
        if (_link.Poll(string.Create(CultureInfo.InvariantCulture, $"begin_alignment {request}"), request, Deadline) is not AlignmentBegunReply begun)
            return Pending;
        _alignment = request;
        _link.AskVersion();
        log.Write(FormattableString.Invariant($"alignment to {goalX:0.###}, {goalY:0.###} px, tolerance {limits.Tolerance:G4} px, longest shift {limits.Longest:G4}, policy {begun.Policy}"));
        return Success;
    }

    public double ObserveBeam(double x, double y)
        => Observe(new ObserveBeamRequest(Alignment.Session, CheckPosition("ObserveBeam", "X", x), CheckPosition("ObserveBeam", "Y", y)));

    public double BeamNotFound() => Observe(new ObserveBeamRequest(Alignment.Session, null, null));

    public double NextBeamShift(ref FunctionCall call)
    {
        BeginAlignmentRequest alignment = Alignment;
        _envelope.CheckStop();
        if (_link.Poll("next_beam_shift", new NextBeamShiftRequest(alignment.Session) { ClockMin = _clockMin }, Deadline) is not BeamShiftReply shift)
            return Pending;
        double length = Math.Sqrt(shift.ShiftX * shift.ShiftX + shift.ShiftY * shift.ShiftY);
        if (!(length <= alignment.MaxShift * Slack))
        {
            _alignment = null;
            throw new ContractException(FaultCode.OutsideEnvelope, FormattableString.Invariant(
                $"NextBeamShift: the host asked for a shift of {length:G4}, the longest allowed is {alignment.MaxShift:G4} (SetAlignment); the alignment is over, set the starting value again"));
        }
        if (shift.Kind != BeamShiftKind.GoOn && _beamShift?.Kind != shift.Kind)
            log.Write($"alignment: {shift.Why}");
        _beamShift = shift;
        call.Give(shift.ShiftX, shift.ShiftY, shift.Distance ?? -1);
        return (double)shift.Kind;
    }

    /// <exception cref="ContractException">None has begun.</exception>
    private BeginAlignmentRequest Alignment => _alignment
        ?? throw new ContractException(FaultCode.UnknownSession, "no alignment has begun; call BeginAlignment until it returns 1");

    private double Observe(ObserveBeamRequest request)
        => _link.Poll(string.Create(CultureInfo.InvariantCulture, $"observe_beam {request.X} {request.Y}"), request with { ClockMin = _clockMin }, Deadline) is null ? Pending : Success;

    private static double CheckPosition(string function, string name, double value)
        => Check(function, name, value, -BeginAlignmentRequest.MaxPosition, BeginAlignmentRequest.MaxPosition);

    private static int CheckWhole(string function, string name, double value, double min, double max)
        => Check(function, name, value, min, max) == Math.Floor(value) ? (int)value : throw Bad(function, FormattableString.Invariant($"{name} must be a whole number, got {value}"));
}
