using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Serving;

/// <summary>A silent planner against the one in charge.</summary>
/// <param name="Planner">The silent one.</param>
/// <param name="Asked">Suggestions.</param>
/// <param name="Same">Those in which both named the same hole.</param>
/// <param name="Stops">Those in which one of the two would have stopped.</param>
/// <param name="Other">Different holes that only the silent one named.</param>
/// <param name="OtherMeasured">Those of them that were measured at some time.</param>
/// <param name="OtherGood">Good ones among those.</param>
/// <param name="OtherExpected">Good ones that the silent one expected among those.</param>
/// <param name="TakenMeasured">Holes taken where the two differed, and measured.</param>
/// <param name="TakenGood">Good ones among those.</param>
public sealed record ShadowComparison(
    string Planner, int Asked, int Same, int Stops, int Other, int OtherMeasured, int OtherGood, double OtherExpected, int TakenMeasured, int TakenGood)
{
    /// <summary>For a person.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture,
        $"shadow {Planner}: the same hole {Same} of {Asked} times; {Other} other holes named, {OtherMeasured} of them measured since: {OtherGood} good, {OtherExpected:0.#} expected by it; taken where they differed: {TakenGood} good of {TakenMeasured} measured; {Other - OtherMeasured} never shot, of which nothing is known");

    public JObject ToJson() => new()
    {
        ["planner"] = Planner,
        ["suggestions"] = Asked,
        ["same"] = Same,
        ["one_stopped"] = Stops,
        ["other_holes"] = Other,
        ["other_measured"] = OtherMeasured,
        ["other_good"] = OtherGood,
        ["other_expected_good"] = Math.Round(OtherExpected, 3),
        ["taken_measured"] = TakenMeasured,
        ["taken_good"] = TakenGood,
    };
}
