using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The host proves that it knows the secret, and asks the client for the same.</summary>
/// <param name="Nonce">The host's nonce for this connection.</param>
/// <param name="Proof"><see cref="SecretProof.OfHost"/>.</param>
public sealed record ChallengeReply(string Nonce, string Proof) : Reply
{
    public override string Type => MessageTypes.Challenge;

    private protected override void Write(JObject json)
    {
        json["nonce"] = Nonce;
        json["proof"] = Proof;
    }

    internal static ChallengeReply Read(Fields fields) => new(SecretProof.ReadDigits(fields, "nonce"), SecretProof.ReadDigits(fields, "proof"));
}
