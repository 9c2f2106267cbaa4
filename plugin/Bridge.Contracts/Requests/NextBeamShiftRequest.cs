using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>"Which shift next?" Asked again before the beam was observed, the answer is the same.</summary>
public sealed record NextBeamShiftRequest(string Session) : SessionRequest(Session)
{
    public override string Type => MessageTypes.NextBeamShift;

    private protected override void WriteFields(JObject json)
    {
    }

    internal static NextBeamShiftRequest Read(Fields fields) => new(fields.Id("session"));
}
