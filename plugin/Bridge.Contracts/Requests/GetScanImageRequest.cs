using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>
/// "What does the image look like?" While segments are missing the answer completes what there is. A large image comes in several answers: ask
/// again with the row after the last one that came.
/// </summary>
public sealed record GetScanImageRequest(string Session) : SessionRequest(Session)
{
    public override string Type => MessageTypes.GetScanImage;

    /// <summary>First row that is wanted, from 0.</summary>
    public int Row { get; init; }

    private protected override void WriteFields(JObject json) => json["row"] = Row;

    internal static GetScanImageRequest Read(Fields fields) => new(fields.Id("session")) { Row = fields.OptionalInteger("row", 0, BeginScanRequest.MostSize - 1) ?? 0 };
}
