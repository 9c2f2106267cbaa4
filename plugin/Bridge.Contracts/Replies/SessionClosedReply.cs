using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The session is closed.</summary>
/// <param name="Events">Number of lines kept in its journal.</param>
public sealed record SessionClosedReply(long Events) : Reply
{
    public override string Type => MessageTypes.SessionClosed;

    private protected override void Write(JObject json) => json["events"] = Events;

    internal static SessionClosedReply Read(Fields fields) => new((long)fields.Number("events", 0, 9e15));
}
