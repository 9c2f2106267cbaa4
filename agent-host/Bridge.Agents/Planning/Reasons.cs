using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Bridge.Agents.Planning;

/// <summary>Why a hole is suggested, in numbers.</summary>
/// <param name="Belief">What is believed of the hole, and what moved it.</param>
/// <param name="Patch">Its patch.</param>
/// <param name="Holes">How many of the patch's best holes are planned, this one the first; 1 or more.</param>
/// <param name="Minutes">Of the move and the exposure.</param>
/// <param name="GoodPerMinute">Expected good holes a minute among them, the move there included.</param>
/// <param name="NextPatch">The patch with the most good holes a minute among the others, the move there included; empty if no other can be reached.</param>
/// <param name="NextGoodPerMinute">Its good holes a minute.</param>
/// <param name="LeavingGoodPerMinute">What a minute is worth elsewhere: the least that a hole must promise a minute to be worth staying for.</param>
public sealed record Reasons(
    HoleBelief Belief, string Patch, int Holes, double Minutes, double GoodPerMinute, string NextPatch, double NextGoodPerMinute, double LeavingGoodPerMinute)
{
    /// <summary>One sentence for a microscopist.</summary>
    public string Sentence
    {
        get
        {
            string moved = string.Join(", ", Belief.Moved.Where(by => Math.Abs(by.By) >= 0.005).Select(by => Format($"{by.What} {by.By:+0.00;-0.00}")));
            string next = NextPatch.Length > 0 ? Format($"{NextGoodPerMinute:0.00} at the next best, patch {NextPatch}") : "no other patch in reach";
            return Format($"good with probability {Belief.Probability:0.00} ({Belief.Low:0.00} to {Belief.High:0.00}): {Belief.Prediction:0.00} by its prediction{(moved.Length > 0 ? ", " + moved : "")}; ")
                + Format($"{Holes} planned in patch {Patch} at {GoodPerMinute:0.00} good a minute against {next}, and {LeavingGoodPerMinute:0.00} that a minute is worth; {Minutes:0.#} min");
        }
    }

    public JObject ToJson() => new()
    {
        ["probability"] = Round(Belief.Probability),
        ["probability_low"] = Round(Belief.Low),
        ["probability_high"] = Round(Belief.High),
        ["from_prediction"] = Round(Belief.Prediction),
        ["moved_by"] = new JObject(Belief.Moved.Select(by => new JProperty(by.Key, Round(by.By)))),
        ["classifier"] = Belief.Classifier,
        ["classifier_weight"] = Round(Belief.ClassifierWeight),
        ["patch"] = Patch,
        ["holes_planned"] = Holes,
        ["minutes"] = Round(Minutes),
        ["good_per_minute"] = Round(GoodPerMinute),
        ["next_best_patch"] = NextPatch.Length > 0 ? NextPatch : JValue.CreateNull(),
        ["next_best_good_per_minute"] = Round(NextGoodPerMinute),
        ["leaving_good_per_minute"] = Round(LeavingGoodPerMinute),
    };

    private static double Round(double value) => Math.Round(value, 4);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
