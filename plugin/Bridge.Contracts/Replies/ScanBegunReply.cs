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

    /// <summary>Where the completed image will be written (MRC, and beside it a PNG); null if the host writes none.</summary>
    public string? File { get; init; }

    /// <summary>What the client should know, such as why another policy is in charge than was asked for; null if there is nothing.</summary>
    public string? Warning { get; init; }

    private protected override void Write(JObject json)
    {
        json["session"] = Session;
        json["policy"] = Policy;
        json["segments"] = Segments;
        json["positions"] = Positions;
        ContractJson.WriteUnlessEmpty(json, "file", File);
        ContractJson.WriteUnlessEmpty(json, "warning", Warning);
    }

    internal static ScanBegunReply Read(Fields fields) => new(
        fields.Id("session"),
        fields.Text("policy"),
        fields.Integer("segments", 1, MostPositions),
        fields.Integer("positions", 1, BeginScanRequest.MostPositions))
    {
        File = fields.OptionalText("file", 4096),
        Warning = fields.OptionalText("warning", 4096),
    };
}
