using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>
/// Asks the host to score holes by their pictures, in the background: what it finds becomes known as if <c>report_predictions</c> had told it, and suggestions meanwhile use what is known. The pictures are
/// square crops of one size, one for each item, one after the other in one binary frame, row by row; or they are cut from the maps of a Navigator file.
/// </summary>
/// <param name="Items">Targets, in the order of the crops; empty if <see cref="Path"/> has them.</param>
public sealed record ScoreHolesRequest(string Session, IReadOnlyList<int> Items) : SessionRequest(Session)
{
    /// <summary>Pixels along a crop.</summary>
    public const int LeastCrop = 8, MostCrop = 512;

    /// <summary>Ways that a pixel may be written: one byte, two or four bytes with the low one first.</summary>
    public static IReadOnlyList<string> PixelTypes { get; } = ["u8", "u16", "f32"];

    public override string Type => MessageTypes.ScoreHoles;

    /// <summary>Pixels along a crop, s; 0 if <see cref="Path"/> is given.</summary>
    public int CropPx { get; init; }

    /// <summary>One of <see cref="PixelTypes"/>; empty if <see cref="Path"/> is given.</summary>
    public string PixelType { get; init; } = "";

    /// <summary>Path of the saved Navigator file whose maps show the holes: the host reads the map files. Null if the crops come with the message.</summary>
    public string? Path { get; init; }

    private protected override void WriteFields(JObject json)
    {
        ContractJson.WriteUnlessEmpty(json, "path", Path);
        if (Path is not null)
            return;
        json["items"] = new JArray(Items.Select(item => (JToken)item));
        json["crop_px"] = CropPx;
        json["pixel_type"] = PixelType;
    }

    internal static ScoreHolesRequest Read(Fields fields)
    {
        string session = fields.Id("session");
        JArray? list = fields.OptionalArray("items", OpenSessionRequest.MaxTargets);
        if (fields.OptionalText("path", 4096) is { Length: > 0 } path)
        {
            return list is null ? new ScoreHolesRequest(session, []) { Path = path }
                : throw new ContractException(FaultCode.BadField, "score_holes: give either 'path' or 'items' with their crops, not both");
        }
        if (list is not { Count: > 0 })
            throw fields.Bad("items", "a list of item numbers, one for each crop");
        int[] items = new int[list.Count];
        for (int i = 0; i < items.Length; i++)
        {
            // A script engine that knows only doubles sends 37.0.
            double item = (list[i] as JValue)?.Value switch { long whole => whole, double number => number, _ => double.NaN };
            items[i] = item is >= 1 and <= Target.MaxItem && item == Math.Floor(item)
                ? (int)item
                : throw new ContractException(FaultCode.BadField, $"score_holes: entry {i + 1} of 'items' must be a whole number from 1 to {Target.MaxItem}");
        }
        return new ScoreHolesRequest(session, items)
        {
            CropPx = fields.Integer("crop_px", LeastCrop, MostCrop),
            PixelType = PixelTypes[fields.OneOf("pixel_type", PixelTypes)],
        };
    }
}
