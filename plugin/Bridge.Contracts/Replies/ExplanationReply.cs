using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>A sentence or two for a person.</summary>
public sealed record ExplanationReply(string Text) : Reply
{
    public override string Type => MessageTypes.Explanation;

    private protected override void Write(JObject json) => json["text"] = Text;

    internal static ExplanationReply Read(Fields fields) => new(fields.OptionalText("text", 65_536) ?? "");
}
