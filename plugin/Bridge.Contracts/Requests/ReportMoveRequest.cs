using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Says how long a move and its exposure took by the client's own measurement: stage, settling, realigning, focus, shot. Without it the host takes the time from a
/// suggestion to its result. A client that sends it once is expected to go on: the host then measures no more.</summary>
/// <param name="Item">The target that the stage went to; it was suggested or reported as visited before.</param>
/// <param name="Minutes">0.001 to 1000.</param>
public sealed record ReportMoveRequest(string Session, int Item, double Minutes) : SessionRequest(Session)
{
    /// <summary>Shortest and longest move, in minutes.</summary>
    public const double MinMinutes = 0.001, MaxMinutes = 1000;

    public override string Type => MessageTypes.ReportMove;

    private protected override void WriteFields(JObject json)
    {
        json["item"] = Item;
        json["minutes"] = Minutes;
    }

    internal static ReportMoveRequest Read(Fields fields) => new(
        fields.Id("session"),
        fields.Integer("item", 1, Target.MaxItem),
        fields.Number("minutes", MinMinutes, MaxMinutes));
}
