using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The few forms that several messages share.</summary>
public static class ContractJson
{
    public static StageUm ReadStage(Fields fields) => new(
        fields.Number("x_um", -StageUm.Limit, StageUm.Limit),
        fields.Number("y_um", -StageUm.Limit, StageUm.Limit),
        fields.OptionalNumber("z_um", -StageUm.Limit, StageUm.Limit) ?? 0);

    public static void WriteStage(JObject json, StageUm stage)
    {
        json["x_um"] = stage.X;
        json["y_um"] = stage.Y;
        json["z_um"] = stage.Z;
    }

    public static void WriteUnlessNull(JObject json, string name, double? value)
    {
        if (value is { } number)
            json[name] = number;
    }

    public static void WriteUnlessNull(JObject json, string name, int? value)
    {
        if (value is { } number)
            json[name] = number;
    }

    public static void WriteUnlessEmpty(JObject json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json[name] = value;
    }

    /// <summary>Puts kept fields of a newer version back; a known field wins over an unknown one of the same name.</summary>
    public static JObject WithUnknown(JObject json, JObject? unknown)
    {
        if (unknown is null)
            return json;
        foreach (JProperty property in unknown.Properties())
        {
            if (!json.ContainsKey(property.Name))
                json[property.Name] = property.Value.DeepClone();
        }
        return json;
    }
}
