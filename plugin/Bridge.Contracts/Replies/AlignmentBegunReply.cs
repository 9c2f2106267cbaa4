using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The alignment has begun: measure the beam, tell it, ask for a shift.</summary>
/// <param name="Session">Its name.</param>
/// <param name="Policy">Name of the policy in charge.</param>
public sealed record AlignmentBegunReply(string Session, string Policy) : Reply
{
    /// <summary>For a policy that learns: first digits of the SHA-256 of what it had learned before; null if it begins anew.</summary>
    public string? Weights { get; init; }

    public override string Type => MessageTypes.AlignmentBegun;

    private protected override void Write(JObject json)
    {
        json["session"] = Session;
        json["policy"] = Policy;
        ContractJson.WriteUnlessEmpty(json, "weights", Weights);
    }

    internal static AlignmentBegunReply Read(Fields fields) => new(fields.Id("session"), fields.Text("policy")) { Weights = fields.OptionalText("weights", 64) };
}
