using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What was told is kept.</summary>
/// <param name="Seq">Number of the line in the session's journal.</param>
public sealed record AckReply(long Seq) : Reply
{
    public override string Type => MessageTypes.Ack;

    /// <summary>Minutes left from now, in the answer to an end time; else null.</summary>
    public double? MinutesLeft { get; init; }

    private protected override void Write(JObject json)
    {
        json["seq"] = Seq;
        ContractJson.WriteUnlessNull(json, "minutes_left", MinutesLeft);
    }

    internal static AckReply Read(Fields fields) => new((long)fields.Number("seq", 0, 9e15)) { MinutesLeft = fields.OptionalNumber("minutes_left", 0, SetBudgetRequest.MaxMinutes) };
}
