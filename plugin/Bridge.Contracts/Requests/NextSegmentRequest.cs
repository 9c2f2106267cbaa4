using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>"Which segment next?" Asked again before its values came, the answer is the same.</summary>
public sealed record NextSegmentRequest(string Session) : SessionRequest(Session)
{
    public override string Type => MessageTypes.NextSegment;

    private protected override void WriteFields(JObject json)
    {
    }

    internal static NextSegmentRequest Read(Fields fields) => new(fields.Id("session"));
}
