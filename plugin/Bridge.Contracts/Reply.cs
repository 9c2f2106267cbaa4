using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What the host answers. One sealed record a message type; <see cref="Parse"/> is the one place that knows them all.</summary>
public abstract record Reply
{
    private protected Reply()
    {
    }

    /// <summary>The message type on the wire.</summary>
    public abstract string Type { get; }

    /// <summary>Fields of a newer version, kept and passed on.</summary>
    public JObject? Unknown { get; init; }

    public JObject ToJson()
    {
        var json = new JObject();
        Write(json);
        return ContractJson.WithUnknown(json, Unknown);
    }

    public BridgeMessage ToMessage(string requestId) => new(Type, requestId, ToJson()) { Binary = BinaryFrames };

    /// <summary>Frames behind the JSON; few replies have any.</summary>
    private protected virtual IReadOnlyList<byte[]> BinaryFrames => [];

    private protected abstract void Write(JObject json);

    /// <exception cref="ContractException">The type is unknown, or a field is missing, of the wrong type or out of range.</exception>
    public static Reply Parse(BridgeMessage message)
    {
        var fields = new Fields(message.Type, message.Body);
        Reply reply = message.Type switch
        {
            MessageTypes.Welcome => WelcomeReply.Read(fields),
            MessageTypes.Challenge => ChallengeReply.Read(fields),
            MessageTypes.SessionOpened => SessionOpenedReply.Read(fields),
            MessageTypes.Ack => AckReply.Read(fields),
            MessageTypes.Suggestion => SuggestionReply.Read(fields),
            MessageTypes.Explanation => ExplanationReply.Read(fields),
            MessageTypes.AlignmentBegun => AlignmentBegunReply.Read(fields),
            MessageTypes.BeamShift => BeamShiftReply.Read(fields),
            MessageTypes.ScanBegun => ScanBegunReply.Read(fields),
            MessageTypes.Segment => SegmentReply.Read(fields),
            MessageTypes.ScanImage => ScanImageReply.Read(fields, message.Binary),
            MessageTypes.SessionClosed => SessionClosedReply.Read(fields),
            MessageTypes.Fault => FaultReply.Read(fields),
            _ => throw new ContractException(FaultCode.UnknownMessageType, $"no reply type '{message.Type}' in {Protocol.Version}; is the host newer than this client?"),
        };
        return reply with { Unknown = fields.Rest() };
    }
}
