using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The answer to "where next?".</summary>
/// <param name="Kind">Go to a target, go up a level, or stop.</param>
/// <param name="Why">One sentence for a person.</param>
public sealed record SuggestionReply(SuggestionKind Kind, string Why) : Reply
{
    private static readonly string[] LevelNames = ["patch", "square", "grid_image"];
    private static readonly string[] KindNames = ["target", "up_level", "stop", "survey"];

    /// <summary>Most targets beside the first.</summary>
    public const int MaxOthers = 1000;

    public override string Type => MessageTypes.Suggestion;

    /// <summary>Where to go; for an image of a patch, a hole in the middle of it. Null unless <see cref="Kind"/> is <see cref="SuggestionKind.Target"/> or <see cref="SuggestionKind.Survey"/>.</summary>
    public Target? Target { get; init; }

    /// <summary>What is left behind; null unless <see cref="Kind"/> is <see cref="SuggestionKind.UpLevel"/>.</summary>
    public SpecimenLevel? Leaves { get; init; }

    /// <summary>Probability that the target is good, 0 to 1; 0 for an image.</summary>
    public double Probability { get; init; }

    /// <summary>Minutes that the move and the exposure will take.</summary>
    public double ExpectedMinutes { get; init; }

    /// <summary>More targets to shoot from the same stage position, by image shift, in this order; handed out like <see cref="Target"/>. The expected minutes are those of all.</summary>
    public IReadOnlyList<Target> Others { get; init; } = [];

    /// <summary>Why, in numbers, as the planner gives them; null if it gives none. For programs; its fields may grow.</summary>
    public JObject? Reasons { get; init; }

    /// <summary>Target defocus in µm (negative is underfocus) that the session's goal asks for here; null without one.</summary>
    public double? DefocusUm { get; init; }

    /// <summary>What a second planner, named when the session was opened, would have said; null without one.</summary>
    public ShadowAdvice? Shadow { get; init; }

    /// <summary>True if the client itself chose (nearest unvisited target), because the host did not answer in time. Never set by the host.</summary>
    public bool Fallback { get; init; }

    private protected override void Write(JObject json)
    {
        json["kind"] = KindNames[(int)Kind - 1];
        json["why"] = Why;
        if (Target is not null)
        {
            json["target"] = Target.ToJson();
            json["probability"] = Probability;
            json["expected_minutes"] = ExpectedMinutes;
        }
        ContractJson.WriteUnlessNull(json, "defocus_um", DefocusUm);
        if (Others.Count > 0)
            json["others"] = new JArray(Others.Select(other => other.ToJson()));
        if (Leaves is { } level)
            json["leaves"] = LevelNames[(int)level - 1];
        if (Reasons is not null)
            json["reasons"] = Reasons.DeepClone();
        if (Shadow is not null)
            json["shadow"] = Shadow.ToJson();
    }

    internal static SuggestionReply Read(Fields fields)
    {
        var reply = new SuggestionReply((SuggestionKind)(fields.OneOf("kind", KindNames) + 1), fields.OptionalText("why", 4096) ?? "")
        {
            Target = fields.OptionalObject("target") is { } target ? Target.Parse(target, defaultItem: 1) : null,
            Probability = fields.OptionalNumber("probability", 0, 1) ?? 0,
            ExpectedMinutes = fields.OptionalNumber("expected_minutes", 0, SetBudgetRequest.MaxMinutes) ?? 0,
            Others = fields.OptionalArray("others", MaxOthers) is { } others
                ? [.. others.Select(other => Target.Parse(other as JObject ?? throw fields.Bad("others", "a list of objects"), defaultItem: 1))]
                : [],
            Leaves = fields.OptionalText("leaves", 64) is null ? null : (SpecimenLevel)(fields.OneOf("leaves", LevelNames) + 1),
            DefocusUm = fields.OptionalNumber("defocus_um", -Goal.MaxDefocusUm, Goal.MaxDefocusUm),
            Reasons = fields.OptionalObject("reasons"),
            Shadow = fields.OptionalObject("shadow") is { } shadow ? ShadowAdvice.Read(new Fields("shadow", shadow)) : null,
        };
        return reply.Kind is SuggestionKind.Target or SuggestionKind.Survey && reply.Target is null ? throw fields.Bad("target", "an object") : reply;
    }
}
