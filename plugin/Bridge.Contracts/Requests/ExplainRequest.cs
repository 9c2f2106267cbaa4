using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Asks for a sentence that a person can read.</summary>
/// <param name="About"><c>last</c> (the last suggestion), <c>reasons</c>, <c>session</c>, <c>plan</c>, <c>minutes</c>, or <c>item 37</c>.</param>
public sealed record ExplainRequest(string Session, string About) : SessionRequest(Session)
{
    public override string Type => MessageTypes.Explain;

    private protected override void WriteFields(JObject json) => json["about"] = About;

    internal static ExplainRequest Read(Fields fields) => new(fields.Id("session"), fields.OptionalText("about", 64) ?? "last");
}
