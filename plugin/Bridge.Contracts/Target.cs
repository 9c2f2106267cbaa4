using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>One thing the microscope can be sent to.</summary>
public sealed record Target
{
    /// <summary>Largest item number.</summary>
    public const int MaxItem = 10_000_000;

    /// <summary>Number by which client and host name the target: the Navigator's index, from 1.</summary>
    public required int Item { get; init; }

    public TargetKind Kind { get; init; } = TargetKind.Hole;

    /// <summary>Name as people know it: the Navigator label, or the name in a table of holes.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the grid-level image that holds it; empty if unknown.</summary>
    public string GridImage { get; init; } = "";

    /// <summary>Id of the square that holds it, unique over the whole specimen; empty if unknown.</summary>
    public string Square { get; init; } = "";

    /// <summary>Id of the patch that holds it, unique over the whole specimen; empty if unknown.</summary>
    public string Patch { get; init; } = "";

    public required StageUm Stage { get; init; }

    /// <summary>CTF value (maximum resolution) in Å that a classifier predicts, or null.</summary>
    public double? PredictedCtfA { get; init; }

    /// <summary>Probability that it is good, 0 to 1, if the client knows better than the host; or null.</summary>
    public double? Probability { get; init; }

    /// <summary>Targets of one group are reached by image shift from one stage position; null if there is no group.</summary>
    public int? ImageShiftGroup { get; init; }

    /// <summary>Micrographs that this one stage position gives, 1 to <see cref="MaxShots"/>: more than one for a hole array.</summary>
    public int Shots { get; init; } = 1;

    /// <summary>Most micrographs of one stage position.</summary>
    public const int MaxShots = 1000;

    /// <summary>Fields of a newer version, kept and passed on.</summary>
    public JObject? Unknown { get; init; }

    /// <summary>The names of <see cref="TargetKind"/> on the wire, in its order.</summary>
    public static IReadOnlyList<string> KindNames { get; } = ["grid_image", "square", "patch", "hole"];

    /// <exception cref="ContractException">A field is missing, of the wrong type or out of range.</exception>
    public static Target Parse(JObject json, int defaultItem)
    {
        int item = defaultItem;
        if (json["item"] is { Type: JTokenType.Integer } token && ((JValue)token).Value is long value && value is >= 1 and <= MaxItem)
            item = (int)value;
        var fields = new Fields($"target {item}", json);
        item = fields.OptionalInteger("item", 1, MaxItem) ?? defaultItem;
        return new Target
        {
            Item = item,
            Kind = json.ContainsKey("kind") ? (TargetKind)fields.OneOf("kind", KindNames) : TargetKind.Hole,
            Id = fields.OptionalText("id", 256) ?? item.ToString(System.Globalization.CultureInfo.InvariantCulture),
            GridImage = fields.OptionalText("grid_image", 256) ?? "",
            Square = fields.OptionalText("square", 256) ?? "",
            Patch = fields.OptionalText("patch", 256) ?? "",
            Stage = ContractJson.ReadStage(fields),
            PredictedCtfA = fields.OptionalNumber("predicted_ctf_a", 0, 1000),
            Probability = fields.OptionalNumber("probability", 0, 1),
            ImageShiftGroup = fields.OptionalInteger("image_shift_group", 0, MaxItem),
            Shots = fields.OptionalInteger("shots", 1, MaxShots) ?? 1,
            Unknown = fields.Rest(),
        };
    }

    public JObject ToJson()
    {
        var json = new JObject { ["item"] = Item };
        if (Kind != TargetKind.Hole)
            json["kind"] = KindNames[(int)Kind];
        json["id"] = Id;
        ContractJson.WriteUnlessEmpty(json, "grid_image", GridImage);
        ContractJson.WriteUnlessEmpty(json, "square", Square);
        ContractJson.WriteUnlessEmpty(json, "patch", Patch);
        ContractJson.WriteStage(json, Stage);
        ContractJson.WriteUnlessNull(json, "predicted_ctf_a", PredictedCtfA);
        ContractJson.WriteUnlessNull(json, "probability", Probability);
        ContractJson.WriteUnlessNull(json, "image_shift_group", ImageShiftGroup);
        if (Shots > 1)
            json["shots"] = Shots;
        return ContractJson.WithUnknown(json, Unknown);
    }
}
