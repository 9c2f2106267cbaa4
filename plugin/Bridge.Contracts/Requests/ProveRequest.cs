using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The client's answer to a <see cref="ChallengeReply"/>; the reply is a <see cref="WelcomeReply"/>.</summary>
/// <param name="Nonce">The nonce of the client's <see cref="HelloRequest"/>.</param>
/// <param name="Proof"><see cref="SecretProof.OfClient"/>.</param>
public sealed record ProveRequest(string Nonce, string Proof) : Request
{
    public override string Type => MessageTypes.Prove;

    private protected override void Write(JObject json)
    {
        json["nonce"] = Nonce;
        json["proof"] = Proof;
    }

    internal static ProveRequest Read(Fields fields) => new(SecretProof.ReadDigits(fields, "nonce"), SecretProof.ReadDigits(fields, "proof"));
}
