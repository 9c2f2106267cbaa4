using System.Globalization;
using Bridge.Agents.Alignment;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>A session that aligns the beam, once or again and again: each <c>begin_alignment</c> forgets what was before.</summary>
public sealed class AlignmentCore : ISessionCore
{
    private BeamAlignment _alignment;
    private AlignmentResult? _advised;

    /// <exception cref="ContractException">Unknown policy.</exception>
    public AlignmentCore(BeginAlignmentRequest opening)
    {
        Session = opening.Session;
        _alignment = Create(opening);
    }

    public string Session { get; }

    public string Summary => $"alignment, policy {_alignment.PolicyName}";

    public Reply Decide(SessionRequest request, double atMin, long seq) => request switch
    {
        BeginAlignmentRequest begin => new AlignmentBegunReply(Session, Create(begin).PolicyName),
        ObserveBeamRequest when _alignment.End is not null => throw Ended(),
        ObserveBeamRequest => new AckReply(seq),
        NextBeamShiftRequest => ToReply(_alignment.Next()),
        ExplainRequest explain => new ExplanationReply(Explain(explain.About)),
        CloseSessionRequest => new SessionClosedReply(seq),
        _ => throw SessionCores.WrongKind(Session, "an alignment", request),
    };

    public void Apply(SessionRequest request, Reply reply, double atMin)
    {
        switch (request)
        {
            case BeginAlignmentRequest begin:
                (_alignment, _advised) = (Create(begin), null);
                break;
            case ObserveBeamRequest observed:
                _alignment.Observe(observed is { X: { } x, Y: { } y } ? new Xy(x, y) : null, observed.Why);
                break;
            case NextBeamShiftRequest when reply is BeamShiftReply shift:
                // What was answered counts, also if a newer version would answer something else.
                _advised = FromReply(shift);
                _alignment.Accept(_advised);
                break;
        }
    }

    public void WarmUp()
    {
    }

    public bool BeginsAnew(Request request) => request is BeginAlignmentRequest;

    private static BeamAlignment Create(BeginAlignmentRequest request)
    {
        var settings = new AlignmentSettings(new Xy(request.GoalX, request.GoalY), request.MaxShift)
        {
            Tolerance = request.Tolerance,
            MaxSteps = request.MaxSteps,
            MaxStep = request.MaxStep ?? request.MaxShift / 4,
            FirstShift = request.FirstShift ?? request.MaxShift / 20,
        };
        return new BeamAlignment(AlignmentPolicies.Create(request.Policy ?? AlignmentPolicies.Default, settings), settings);
    }

    private BeamShiftReply ToReply(AlignmentResult result)
    {
        Xy shift = _alignment.State.Shift;
        return result switch
        {
            AlignmentResult.Move move => new BeamShiftReply(BeamShiftKind.GoOn, move.Why) { ShiftX = move.Shift.X, ShiftY = move.Shift.Y, Distance = _alignment.State.Distance },
            AlignmentResult.Aligned aligned => new BeamShiftReply(BeamShiftKind.Aligned, aligned.Why) { ShiftX = shift.X, ShiftY = shift.Y, Distance = _alignment.State.Distance },
            AlignmentResult.GiveUp giveUp => new BeamShiftReply(BeamShiftKind.GiveUp, giveUp.Why) { Distance = _alignment.State.Distance },
            _ => throw new InvalidOperationException($"unknown result {result}"),
        };
    }

    private static AlignmentResult FromReply(BeamShiftReply reply) => reply.Kind switch
    {
        BeamShiftKind.GoOn => new AlignmentResult.Move(new Xy(reply.ShiftX, reply.ShiftY), reply.Why),
        BeamShiftKind.Aligned => new AlignmentResult.Aligned(reply.Why),
        _ => new AlignmentResult.GiveUp(reply.Why),
    };

    private string Explain(string about) => about switch
    {
        "last" => ToReplyOrNull()?.Why ?? "no shift was asked for yet",
        "session" => string.Create(CultureInfo.InvariantCulture, $"session '{Session}', {Summary}: {_alignment.State.Steps} steps, {DistanceText()}"),
        _ => throw new ContractException(FaultCode.BadField, $"explain: 'about' must be last or session in an alignment, got '{about}'"),
    };

    private BeamShiftReply? ToReplyOrNull() => _advised is null ? null : ToReply(_advised);

    private string DistanceText() => _alignment.State.Distance is { } distance ? string.Create(CultureInfo.InvariantCulture, $"{distance:0.###} px from the goal") : "the beam was not seen yet";

    private ContractException Ended() => new(FaultCode.OutOfTurn, $"the alignment has ended ({ToReply(_alignment.End!).Why}); begin a new one");
}
