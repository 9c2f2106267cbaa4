using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What was told is kept.</summary>
/// <param name="Seq">Number of the line in the session's journal.</param>
public sealed record AckReply(long Seq) : Reply
{
    public override string Type => MessageTypes.Ack;

    private protected override void Write(JObject json) => json["seq"] = Seq;

    internal static AckReply Read(Fields fields) => new((long)fields.Number("seq", 0, 9e15));
}
