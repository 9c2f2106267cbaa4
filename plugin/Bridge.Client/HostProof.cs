using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>The client's side of the proof: first the host shows that it knows the secret, then we do. Nothing else is said before.</summary>
internal sealed class HostProof(BridgeClientOptions options)
{
    private const int MaxSecretBytes = 4096;

    /// <summary>The secret; null and the reason if there is none yet.</summary>
    public string? ReadSecret(out string? reason)
    {
        reason = null;
        if (options.Secret is { } given)
            return given;
        string path = options.SecretFile!;
        try
        {
            string? secret = new FileInfo(path).Length <= MaxSecretBytes ? File.ReadAllText(path).Trim() : null;
            if (secret is { Length: > 0 })
                return secret;
            reason = $"what is in {path} is no secret; delete the file, and the host makes one when it starts";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = $"the secret cannot be read (the host makes it when it first starts): {e.Message}";
        }
        return null;
    }

    /// <param name="ask">One request, its answer, or null for none.</param>
    /// <param name="refusal">What the host said, if it does not believe us.</param>
    /// <returns>True once both sides are proven; false if there was no answer, or a refusal.</returns>
    /// <exception cref="HostAwayException">Whoever answers does not know the secret.</exception>
    public bool TryProve(string secret, Func<Request, Reply?> ask, out FaultReply? refusal)
    {
        refusal = null;
        int port = BridgeClientOptions.ParseEndpoint(options.Endpoint)!.Port;
        string nonce = SecretProof.NewNonce();
        Reply? first = ask(new HelloRequest("bridge-client") { Nonce = nonce });
        if (first is null)
            return false;
        if (first is not ChallengeReply challenge || !SecretProof.AreEqual(challenge.Proof, SecretProof.OfHost(secret, port, nonce, challenge.Nonce)))
            throw new HostAwayException(
                $"what answers at {options.Endpoint} does not prove that it knows this user's secret: another user's host or another program, or a host with another --secret-file");
        Reply? second = ask(new ProveRequest(nonce, SecretProof.OfClient(secret, port, nonce, challenge.Nonce)));
        refusal = second as FaultReply;
        return second is WelcomeReply;
    }
}
