using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Says that a target was not collected, and why.</summary>
public sealed record ReportSkippedRequest(string Session, int Item, SkipReason Reason) : SessionRequest(Session)
{
    public override string Type => MessageTypes.ReportSkipped;

    private protected override void WriteFields(JObject json)
    {
        json["item"] = Item;
        json["reason"] = (int)Reason;
    }

    internal static ReportSkippedRequest Read(Fields fields) => new(
        fields.Id("session"),
        fields.Integer("item", 1, Target.MaxItem),
        (SkipReason)(fields.OptionalInteger("reason", 0, (int)SkipReason.Later) ?? 0));
}
