using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Contracts;

/// <summary>
/// How host and client show each other that they know the same secret, without sending it: HMAC-SHA-256 (RFC 2104) over the side that speaks, the port, and
/// a nonce of each side. The side keeps a proof from being sent back to whoever made it, the nonces keep it from being used again, and the port
/// keeps somebody at another port from passing it on.
/// </summary>
public static class SecretProof
{
    /// <summary>Length of nonces and proofs: 64 lower-case hexadecimal digits, 32 bytes.</summary>
    public const int Digits = 64;

    /// <summary>A nonce that nobody can foresee.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Digits / 2));

    /// <summary>The host's proof, in its <see cref="ChallengeReply"/>.</summary>
    /// <param name="port">Where the host listens, and where the client believes to be connected to.</param>
    public static string OfHost(string secret, int port, string clientNonce, string hostNonce) => Of(secret, "host", port, clientNonce, hostNonce);

    /// <summary>The client's proof, in its <see cref="ProveRequest"/>.</summary>
    public static string OfClient(string secret, int port, string clientNonce, string hostNonce) => Of(secret, "client", port, clientNonce, hostNonce);

    /// <summary>Compares two proofs; the time that takes tells nothing about either.</summary>
    public static bool AreEqual(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    /// <summary>Reads a field that is a nonce or a proof.</summary>
    /// <exception cref="ContractException">It is neither.</exception>
    internal static string ReadDigits(Fields fields, string name)
    {
        string text = fields.Text(name);
        return text.Length == Digits && !text.AsSpan().ContainsAnyExcept("0123456789abcdef")
            ? text
            : throw fields.Bad(name, $"{Digits} lower-case hexadecimal digits");
    }

    private static string Of(string secret, string side, int port, string clientNonce, string hostNonce)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Protocol.Version} {side} {port} {clientNonce} {hostNonce}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text)));
    }
}
