using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What a session is for, beyond as many good micrographs as the time allows. Everything may be left out.</summary>
public sealed record Goal
{
    /// <summary>Most shots, and most items on the avoid list.</summary>
    public const int MaxCount = 1_000_000;

    /// <summary>Most holes that a square can be asked to give.</summary>
    public const int MaxPerSquare = 1000;

    /// <summary>Largest defocus, in µm, either sign.</summary>
    public const double MaxDefocusUm = 100;

    /// <summary>The session stops after so many micrographs: a limit of dose, disk or patience. Null for none.</summary>
    public int? MaxShots { get; init; }

    /// <summary>A square that was entered is not left before so many of its holes were taken, as far as it has them. Null for none.</summary>
    public int? LeastPerSquare { get; init; }

    /// <summary>Target defocus in µm (negative is underfocus) is to be spread evenly between this ...</summary>
    public double? DefocusFromUm { get; init; }

    /// <summary>... and this; both or neither.</summary>
    public double? DefocusToUm { get; init; }

    /// <summary>Items that are never suggested.</summary>
    public IReadOnlyList<int> Avoid { get; init; } = [];

    /// <summary>What counts: good micrographs, or the sum of the scores that the client reports (particles, for example).</summary>
    public GoalCount Count { get; init; }

    internal static IReadOnlyList<string> CountNames { get; } = ["good", "score"];

    public JObject ToJson()
    {
        var json = new JObject();
        ContractJson.WriteUnlessNull(json, "max_shots", MaxShots);
        ContractJson.WriteUnlessNull(json, "least_per_square", LeastPerSquare);
        ContractJson.WriteUnlessNull(json, "defocus_from_um", DefocusFromUm);
        ContractJson.WriteUnlessNull(json, "defocus_to_um", DefocusToUm);
        if (Avoid.Count > 0)
            json["avoid"] = new JArray(Avoid.Select(item => (long)item));
        if (Count != GoalCount.Good)
            json["count"] = CountNames[(int)Count];
        return json;
    }

    /// <exception cref="ContractException">A field is of the wrong type or out of range, or only one end of the defocus is given.</exception>
    public static Goal Parse(JObject json)
    {
        var fields = new Fields("goal", json);
        var goal = new Goal
        {
            MaxShots = fields.OptionalInteger("max_shots", 1, MaxCount),
            LeastPerSquare = fields.OptionalInteger("least_per_square", 1, MaxPerSquare),
            DefocusFromUm = fields.OptionalNumber("defocus_from_um", -MaxDefocusUm, MaxDefocusUm),
            DefocusToUm = fields.OptionalNumber("defocus_to_um", -MaxDefocusUm, MaxDefocusUm),
            Avoid = ReadItems(fields),
            Count = fields.OptionalText("count", 64) is null ? GoalCount.Good : (GoalCount)fields.OneOf("count", CountNames),
        };
        return goal.DefocusFromUm is null == goal.DefocusToUm is null
            ? goal
            : throw new ContractException(FaultCode.BadField, "goal: give both 'defocus_from_um' and 'defocus_to_um', or neither");
    }

    private static List<int> ReadItems(Fields fields)
    {
        var items = new List<int>();
        foreach (JToken token in fields.OptionalArray("avoid", OpenSessionRequest.MaxTargets) ?? [])
        {
            // A script engine that knows only doubles sends 37.0.
            double item = (token as JValue)?.Value switch { long whole => whole, double number => number, _ => double.NaN };
            items.Add(item is >= 1 and <= Target.MaxItem && item == Math.Floor(item) ? (int)item : throw fields.Bad("avoid", "a list of item numbers, from 1"));
        }
        return items;
    }
}
