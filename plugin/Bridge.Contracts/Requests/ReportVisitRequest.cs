using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Says that the stage goes to a target of the client's own choice: the first hole, or the nearest one while the host was away.
/// It is not suggested any more, and the next move is priced from there.</summary>
public sealed record ReportVisitRequest(string Session, int Item) : SessionRequest(Session)
{
    public override string Type => MessageTypes.ReportVisit;

    private protected override void WriteFields(JObject json) => json["item"] = Item;

    internal static ReportVisitRequest Read(Fields fields) => new(fields.Id("session"), fields.Integer("item", 1, Target.MaxItem));
}
