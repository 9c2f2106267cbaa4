using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>The client's side of the proof: first the host shows that it knows the secret, then we do. Nothing else is said before.</summary>
internal sealed class HostProof(BridgeClientOptions options)
{
    private const int MaxSecretBytes = 4096;

    /// <param name="ask">One request, its answer, or null for none.</param>
    /// <param name="refusal">What the host said, if it does not believe us.</param>
    /// <returns>True once both sides are proven; false if there was no answer, or a refusal.</returns>
    /// <exception cref="HostAwayException">Whoever answers does not know the secret; or we do not.</exception>
    public bool TryProve(Func<Request, Reply?> ask, out FaultReply? refusal)
    {
        refusal = null;
        string secret = options.Secret ?? Read(options.SecretFile!);
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

    private static string Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxSecretBytes)
                throw new HostAwayException($"{path} is no file with a secret: it is too large");
            string secret = File.ReadAllText(path).Trim();
            return secret.Length > 0 ? secret : throw new HostAwayException($"the secret in {path} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostAwayException($"the secret cannot be read (the host makes it when it first starts): {e.Message}", e);
        }
    }
}
