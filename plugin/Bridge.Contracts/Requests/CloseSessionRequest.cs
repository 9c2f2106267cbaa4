using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Ends the session. Its journal stays.</summary>
public sealed record CloseSessionRequest(string Session) : SessionRequest(Session)
{
    public override string Type => MessageTypes.CloseSession;

    private protected override void WriteFields(JObject json)
    {
    }

    internal static CloseSessionRequest Read(Fields fields) => new(fields.Id("session"));
}
