using System.Globalization;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Instrument;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>A session that aligns the beam, once or again and again: each <c>begin_alignment</c> forgets what was before.</summary>
public sealed class AlignmentCore(string session, HostAlignments alignments) : ISessionCore, IDisposable
{
    /// <summary>Longest wait for what is still to be learned, at the end of a session.</summary>
    private static readonly TimeSpan KeepLimit = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for what is to be learned again after a restart: 10 000 lines take some 7 s.</summary>
    private static readonly TimeSpan ResumeLimit = TimeSpan.FromSeconds(30);

    private BeamAlignment? _begun;
    private AlignmentResult? _advised;
    private SacLearner? _learner;
    private string? _trouble;

    public string Session { get; } = session;

    public string Summary => $"alignment, policy {Alignment.PolicyName}{(_trouble is null ? "" : $"; {_trouble}")}";

    /// <summary>Digits of the weights that the session's learning went on from; null where it began anew or nothing learns.</summary>
    public string? Weights { get; private set; }

    /// <summary>True as long as the alignment has not ended.</summary>
    public bool IsOpen => Alignment.End is null;

    private BeamAlignment Alignment => _begun ?? throw new InvalidOperationException("no alignment has begun");

    public Reply Decide(SessionRequest request, double atMin, long seq) => request switch
    {
        BeginAlignmentRequest begin => Begin(begin),
        ObserveBeamRequest when Alignment.End is not null => throw Ended(),
        ObserveBeamRequest => new AckReply(seq),
        NextBeamShiftRequest => ToReply(Alignment.Next()),
        ExplainRequest explain => new ExplanationReply(Explain(explain.About)),
        CloseSessionRequest => new SessionClosedReply(seq),
        _ => throw SessionCores.WrongKind(Session, "an alignment", request),
    };

    public void Apply(SessionRequest request, Reply reply, double atMin)
    {
        switch (request)
        {
            case BeginAlignmentRequest begin when reply is AlignmentBegunReply begun:
                (_begun, _advised) = (Create(begin, begun), null);
                break;
            case ObserveBeamRequest observed:
                Alignment.Observe(observed is { X: { } x, Y: { } y } ? new Xy(x, y) : null, observed.Why);
                break;
            case NextBeamShiftRequest when reply is BeamShiftReply shift:
                // What was answered counts, also if a newer version would answer something else.
                _advised = FromReply(shift);
                Alignment.Accept(_advised);
                break;
        }
    }

    /// <summary>After a restart what the journal tells is learned first, so that no answer knows less than one before.</summary>
    public void WarmUp() => _learner?.Wait(ResumeLimit);

    public bool BeginsAnew(Request request) => request is BeginAlignmentRequest;

    /// <summary>Moves learned.</summary>
    public int Learned => _learner?.Learned ?? 0;

    /// <summary>Learns what was told, up to so many moves; only where it does not learn in the background.</summary>
    public void LearnTo(int moves) => _learner?.LearnTo(Math.Min(moves, _learner.Told));

    /// <inheritdoc/>
    /// <remarks>Waits for what is still to be learned, so it is called after the answer.</remarks>
    public string? KeepLearned()
    {
        if (_learner is not { Told: > 0 } learner)
            return null;
        return learner.Wait(KeepLimit)
            ? alignments.Keep(Session, learner)
            : throw new IOException(learner.Failure is { } failure ? $"learning has failed: {failure.Message}" : $"it takes longer than {KeepLimit.TotalSeconds} s to learn the rest");
    }

    public void Dispose() => _learner?.Dispose();

    private AlignmentBegunReply Begin(BeginAlignmentRequest request)
    {
        string policy = alignments.PolicyOf(request);
        if (policy != AlignmentPolicies.Sac)
        {
            AlignmentPolicies.Create(policy, SettingsOf(request));
            return new AlignmentBegunReply(Session, policy);
        }
        if (_learner is null)
            (_learner, Weights, _trouble) = alignments.Learner(Session, SettingsOf(request), weights: null);
        return new AlignmentBegunReply(Session, policy) { Weights = Weights };
    }

    private BeamAlignment Create(BeginAlignmentRequest request, AlignmentBegunReply begun)
    {
        AlignmentSettings settings = SettingsOf(request);
        // From a journal: what it went on from then, not what lies there now.
        if (begun.Policy == AlignmentPolicies.Sac && _learner is null)
            (_learner, Weights, _trouble) = alignments.Learner(Session, settings, begun.Weights ?? "");
        return new BeamAlignment(AlignmentPolicies.Create(begun.Policy, settings, learner: _learner), settings);
    }

    private static AlignmentSettings SettingsOf(BeginAlignmentRequest request) => new(new Xy(request.GoalX, request.GoalY), request.MaxShift)
    {
        Tolerance = request.Tolerance,
        MaxSteps = request.MaxSteps,
        MaxStep = request.MaxStep ?? request.MaxShift / 4,
        FirstShift = request.FirstShift ?? request.MaxShift / 20,
    };

    private BeamShiftReply ToReply(AlignmentResult result)
    {
        Xy shift = Alignment.State.Shift;
        return result switch
        {
            AlignmentResult.Move move => new BeamShiftReply(BeamShiftKind.GoOn, move.Why) { ShiftX = move.Shift.X, ShiftY = move.Shift.Y, Distance = Alignment.State.Distance, By = move.By, Learned = move.Learned },
            AlignmentResult.Aligned aligned => new BeamShiftReply(BeamShiftKind.Aligned, aligned.Why) { ShiftX = shift.X, ShiftY = shift.Y, Distance = Alignment.State.Distance },
            AlignmentResult.GiveUp giveUp => new BeamShiftReply(BeamShiftKind.GiveUp, giveUp.Why) { Distance = Alignment.State.Distance },
            _ => throw new InvalidOperationException($"unknown result {result}"),
        };
    }

    private static AlignmentResult FromReply(BeamShiftReply reply) => reply.Kind switch
    {
        BeamShiftKind.GoOn => new AlignmentResult.Move(new Xy(reply.ShiftX, reply.ShiftY), reply.Why) { By = reply.By, Learned = reply.Learned },
        BeamShiftKind.Aligned => new AlignmentResult.Aligned(reply.Why),
        _ => new AlignmentResult.GiveUp(reply.Why),
    };

    private string Explain(string about) => about switch
    {
        "last" => ToReplyOrNull()?.Why ?? "no shift was asked for yet",
        "session" => string.Create(CultureInfo.InvariantCulture, $"session '{Session}', {Summary}: {Alignment.State.Steps} steps, {DistanceText()}{LearnedText()}"),
        _ => throw new ContractException(FaultCode.BadField, $"explain: 'about' must be last or session in an alignment, got '{about}'"),
    };

    private string LearnedText() => _learner is not { } learner ? "" : string.Create(CultureInfo.InvariantCulture,
        $"; {learner.Learned} of {learner.Told} moves learned, trust {learner.Trust:0.00}{(learner.Failure is { } failure ? $", learning has failed: {failure.Message}" : "")}");

    private BeamShiftReply? ToReplyOrNull() => _advised is null ? null : ToReply(_advised);

    private string DistanceText() => Alignment.State.Distance is { } distance ? string.Create(CultureInfo.InvariantCulture, $"{distance:0.###} px from the goal") : "the beam was not seen yet";

    private ContractException Ended() => new(FaultCode.OutOfTurn, $"the alignment has ended ({ToReply(Alignment.End!).Why}); begin a new one");
}
