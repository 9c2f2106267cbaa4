using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The scan has begun.</summary>
/// <param name="Session">Its name.</param>
/// <param name="Policy">Name of the policy in charge.</param>
/// <param name="Segments">How many there will be.</param>
/// <param name="Positions">Positions in each, sqrt(2) pixels apart.</param>
public sealed record ScanBegunReply(string Session, string Policy, int Segments, int Positions) : Reply
{
    /// <summary>Most positions of a whole scan: 2048 x 2048 at 1/23.</summary>
    public const int MostPositions = 200_000;

    public override string Type => MessageTypes.ScanBegun;

    private protected override void Write(JObject json)
    {
        json["session"] = Session;
        json["policy"] = Policy;
        json["segments"] = Segments;
        json["positions"] = Positions;
    }

    internal static ScanBegunReply Read(Fields fields) => new(
        fields.Id("session"),
        fields.Text("policy"),
        fields.Integer("segments", 1, MostPositions),
        fields.Integer("positions", 1, BeginScanRequest.MostPositions));
}
