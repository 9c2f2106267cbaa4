using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What a client asks or tells. One sealed record a message type; <see cref="Parse"/> is the one place that knows them all.</summary>
public abstract record Request
{
    /// <summary>Largest clock reading, in minutes: 190 years.</summary>
    public const double MaxClockMin = 100_000_000;

    private protected Request()
    {
    }

    /// <summary>The message type on the wire.</summary>
    public abstract string Type { get; }

    /// <summary>The client's own clock in minutes since a moment of its choice, or null: then the host's clock counts. A simulated
    /// session that sends it runs as fast as the machine allows and gets the same answers.</summary>
    public double? ClockMin { get; init; }

    /// <summary>Fields of a newer version, kept and passed on.</summary>
    public JObject? Unknown { get; init; }

    public JObject ToJson()
    {
        var json = new JObject();
        Write(json);
        ContractJson.WriteUnlessNull(json, "clock_min", ClockMin);
        return ContractJson.WithUnknown(json, Unknown);
    }

    public BridgeMessage ToMessage(string requestId) => new(Type, requestId, ToJson());

    /// <summary>Writes the fields of this type.</summary>
    private protected abstract void Write(JObject json);

    /// <exception cref="ContractException">The type is unknown, or a field is missing, of the wrong type or out of range.</exception>
    public static Request Parse(BridgeMessage message)
    {
        var fields = new Fields(message.Type, message.Body);
        double? clockMin = fields.OptionalNumber("clock_min", 0, MaxClockMin);
        Request request = message.Type switch
        {
            MessageTypes.Hello => HelloRequest.Read(fields),
            MessageTypes.OpenSession => OpenSessionRequest.Read(fields),
            MessageTypes.SetBudget => SetBudgetRequest.Read(fields),
            MessageTypes.SetEndTime => SetEndTimeRequest.Read(fields),
            MessageTypes.SetGoal => SetGoalRequest.Read(fields),
            MessageTypes.UpdateStage => UpdateStageRequest.Read(fields),
            MessageTypes.Suggest => SuggestRequest.Read(fields),
            MessageTypes.ReportVisit => ReportVisitRequest.Read(fields),
            MessageTypes.ReportCtf => ReportCtfRequest.Read(fields),
            MessageTypes.ReportMove => ReportMoveRequest.Read(fields),
            MessageTypes.ReportPredictions => ReportPredictionsRequest.Read(fields),
            MessageTypes.ScoreHoles => ScoreHolesRequest.Read(fields),
            MessageTypes.ReportSkipped => ReportSkippedRequest.Read(fields),
            MessageTypes.Explain => ExplainRequest.Read(fields),
            MessageTypes.BeginAlignment => BeginAlignmentRequest.Read(fields),
            MessageTypes.ObserveBeam => ObserveBeamRequest.Read(fields),
            MessageTypes.NextBeamShift => NextBeamShiftRequest.Read(fields),
            MessageTypes.BeginScan => BeginScanRequest.Read(fields),
            MessageTypes.ObserveSegment => ObserveSegmentRequest.Read(fields),
            MessageTypes.NextSegment => NextSegmentRequest.Read(fields),
            MessageTypes.GetScanImage => GetScanImageRequest.Read(fields),
            MessageTypes.CloseSession => CloseSessionRequest.Read(fields),
            _ => throw new ContractException(FaultCode.UnknownMessageType, $"no message type '{message.Type}' in {Protocol.Version}; plugin/README.md lists them"),
        };
        return request with { ClockMin = clockMin, Unknown = fields.Rest() };
    }
}
