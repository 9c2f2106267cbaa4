using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The answer to "which shift next?".</summary>
/// <param name="Kind">Go on, aligned, or give up.</param>
/// <param name="Why">One sentence for a person.</param>
public sealed record BeamShiftReply(BeamShiftKind Kind, string Why) : Reply
{
    private static readonly string[] KindNames = ["go_on", "aligned", "give_up"];

    public override string Type => MessageTypes.BeamShift;

    /// <summary>The whole shift from the starting value, not the change since the last one: to be set is starting value + shift. 0 when given up.</summary>
    public double ShiftX { get; init; }

    /// <summary>See <see cref="ShiftX"/>.</summary>
    public double ShiftY { get; init; }

    /// <summary>Distance from the beam, as last seen, to the goal; null if it was never seen.</summary>
    public double? Distance { get; init; }

    /// <summary>Who chose the shift, where the policy has several to choose: <c>network</c>, <c>overruled</c> (the estimate, in the network's place) or <c>estimate</c>; else null.</summary>
    public string? By { get; init; }

    /// <summary>Moves of this session that the policy had learned when it chose; null for a policy that does not learn.</summary>
    public int? Learned { get; init; }

    private protected override void Write(JObject json)
    {
        json["kind"] = KindNames[(int)Kind - 1];
        json["why"] = Why;
        json["shift_x"] = ShiftX;
        json["shift_y"] = ShiftY;
        ContractJson.WriteUnlessNull(json, "distance", Distance);
        ContractJson.WriteUnlessEmpty(json, "by", By);
        ContractJson.WriteUnlessNull(json, "learned", Learned);
    }

    internal static BeamShiftReply Read(Fields fields) => new((BeamShiftKind)(fields.OneOf("kind", KindNames) + 1), fields.OptionalText("why", 4096) ?? "")
    {
        ShiftX = fields.Number("shift_x", -BeginAlignmentRequest.LongestShift, BeginAlignmentRequest.LongestShift),
        ShiftY = fields.Number("shift_y", -BeginAlignmentRequest.LongestShift, BeginAlignmentRequest.LongestShift),
        Distance = fields.OptionalNumber("distance", 0, 4 * BeginAlignmentRequest.MaxPosition),
        By = fields.OptionalText("by", 64),
        Learned = fields.OptionalInteger("learned", 0, int.MaxValue),
    };
}
