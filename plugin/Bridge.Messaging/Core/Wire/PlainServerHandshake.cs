using System.Security.Cryptography;
using System.Text;

namespace NetMQ.Core.Wire;

/// <summary>PLAIN, the side that checks: HELLO comes, WELCOME or ERROR goes, INITIATE comes, READY goes.</summary>
internal sealed class PlainServerHandshake(Metadata ours, string username, string password) : Handshake(ours)
{
    private bool _welcomed;

    public override bool AsServer => true;

    protected override byte[]? OnCommand(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (!_welcomed && name.SequenceEqual("HELLO"u8))
        {
            _welcomed = Matches(data);
            Fault = _welcomed ? null : "wrong user name or password";
            return _welcomed ? Command.Encode("WELCOME") : Command.Error("400");   // the code libzmq knows for this
        }
        if (!_welcomed || !name.SequenceEqual("INITIATE"u8))
        {
            return Unexpected(name);
        }
        Done = Accept(data);
        return Done ? Command.Encode("READY", OurMetadata) : null;
    }

    private bool Matches(ReadOnlySpan<byte> hello)
    {
        if (!TakeShortString(ref hello, out ReadOnlySpan<byte> name) || !TakeShortString(ref hello, out ReadOnlySpan<byte> secret) || !hello.IsEmpty)
        {
            return false;
        }
        // Digests of equal length, both compared in any case: the time taken tells nothing about either.
        bool sameName = CryptographicOperations.FixedTimeEquals(SHA256.HashData(name), SHA256.HashData(Encoding.UTF8.GetBytes(username)));
        bool sameSecret = CryptographicOperations.FixedTimeEquals(SHA256.HashData(secret), SHA256.HashData(Encoding.UTF8.GetBytes(password)));
        return sameName & sameSecret;
    }

    private static bool TakeShortString(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (bytes.IsEmpty || bytes.Length < 1 + bytes[0])
        {
            return false;
        }
        text = bytes.Slice(1, bytes[0]);
        bytes = bytes[(1 + text.Length)..];
        return true;
    }
}
