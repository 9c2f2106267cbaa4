using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What a second planner would have suggested, had it been in charge. Nobody acts on it; it is for comparing the two.</summary>
/// <param name="Planner">Its name.</param>
/// <param name="Item">The target it would go to; 0 for stop.</param>
/// <param name="Probability">That the target is good, 0 to 1, as it believes; 0 for stop.</param>
public sealed record ShadowAdvice(string Planner, int Item, double Probability)
{
    internal JObject ToJson() => new() { ["planner"] = Planner, ["item"] = Item, ["probability"] = Probability };

    internal static ShadowAdvice Read(Fields fields) => new(fields.Text("planner", 64), fields.Integer("item", 0, Target.MaxItem), fields.Number("probability", 0, 1));
}
