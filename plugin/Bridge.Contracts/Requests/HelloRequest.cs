using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>"Who are you?": the first message of a polite client, and the way to see whether a host is there.</summary>
/// <param name="Client">Name and version of the client, for the log.</param>
public sealed record HelloRequest(string Client) : Request
{
    public override string Type => MessageTypes.Hello;

    /// <summary>A nonce of <see cref="SecretProof.NewNonce"/>: asks the host to prove itself, by a <see cref="ChallengeReply"/>. Empty asks for nothing.</summary>
    public string Nonce { get; init; } = "";

    private protected override void Write(JObject json)
    {
        ContractJson.WriteUnlessEmpty(json, "client", Client);
        ContractJson.WriteUnlessEmpty(json, "nonce", Nonce);
    }

    internal static HelloRequest Read(Fields fields) => new(fields.OptionalText("client", 256) ?? "")
    {
        Nonce = fields.OptionalText("nonce") is { Length: > 0 } ? SecretProof.ReadDigits(fields, "nonce") : "",
    };
}
