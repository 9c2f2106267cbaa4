using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Where the stage may be sent: the safety envelope, checked by host and plugin alike. A target outside is refused, never moved.</summary>
/// <param name="MinX">Least stage X in µm.</param>
/// <param name="MaxX">Most stage X in µm.</param>
/// <param name="MinY">Least stage Y in µm.</param>
/// <param name="MaxY">Most stage Y in µm.</param>
public sealed record AllowedArea(double MinX, double MaxX, double MinY, double MaxY)
{
    /// <summary>Most squares that can be named.</summary>
    public const int MaxSquares = 10_000;

    /// <summary>The whole stage.</summary>
    public static AllowedArea Everywhere { get; } = new(-StageUm.Limit, StageUm.Limit, -StageUm.Limit, StageUm.Limit);

    /// <summary>Ids of the only squares that are allowed; null for all.</summary>
    public IReadOnlySet<string>? Squares { get; init; }

    /// <summary>Why a position is not allowed, or null if it is.</summary>
    public string? RefusalOf(StageUm stage) => stage.X >= MinX && stage.X <= MaxX && stage.Y >= MinY && stage.Y <= MaxY
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"stage {stage.X:0.###}, {stage.Y:0.###} um is outside the limits X {MinX:0.###} to {MaxX:0.###}, Y {MinY:0.###} to {MaxY:0.###} um");

    /// <summary>Why a target is not allowed, or null if it is.</summary>
    /// <param name="square">Id of its square; empty if unknown, which is not allowed where only some squares are.</param>
    public string? RefusalOf(StageUm stage, string square)
    {
        if (RefusalOf(stage) is { } why)
            return why;
        if (Squares is null || Squares.Contains(square))
            return null;
        return square.Length == 0 ? "its square is not known, and only some squares are allowed" : $"square '{square}' is not among the allowed ones";
    }

    public JObject ToJson()
    {
        var json = new JObject { ["x_min_um"] = MinX, ["x_max_um"] = MaxX, ["y_min_um"] = MinY, ["y_max_um"] = MaxY };
        if (Squares is not null)
            json["squares"] = new JArray(Squares.Order(StringComparer.Ordinal));
        return json;
    }

    /// <exception cref="ContractException">A field is missing, of the wrong type or out of range.</exception>
    public static AllowedArea Parse(JObject json)
    {
        var fields = new Fields("allowed", json);
        var area = new AllowedArea(Um("x_min_um"), Um("x_max_um"), Um("y_min_um"), Um("y_max_um"));
        if (area.MinX > area.MaxX || area.MinY > area.MaxY)
            throw new ContractException(FaultCode.BadField, "allowed: a least value is larger than the most");
        if (fields.OptionalArray("squares", MaxSquares) is not { } names)
            return area;
        var squares = new HashSet<string>(StringComparer.Ordinal);
        foreach (JToken name in names)
            squares.Add(name.Type == JTokenType.String ? (string)name! : throw fields.Bad("squares", "a list of texts"));
        return area with { Squares = squares };

        double Um(string name) => fields.Number(name, -StageUm.Limit, StageUm.Limit);
    }
}
