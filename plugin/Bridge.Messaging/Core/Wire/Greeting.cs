using System.Text;

namespace NetMQ.Core.Wire;

/// <summary>The 64 bytes that open a connection (RFC 37): signature, version, mechanism, who is the server.</summary>
internal static class Greeting
{
    public const int Size = 64;
    private const int VersionAt = 10;
    private const int MechanismAt = 12;
    private const int MechanismSize = 20;
    private const int AsServerAt = 32;

    public static byte[] Build(string mechanism, bool asServer)
    {
        byte[] greeting = new byte[Size];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[VersionAt] = 3;
        greeting[VersionAt + 1] = 1;
        Encoding.ASCII.GetBytes(mechanism, greeting.AsSpan(MechanismAt));
        greeting[AsServerAt] = asServer ? (byte)1 : (byte)0;
        return greeting;
    }

    /// <summary>What is wrong with the bytes received so far, or null; called again as more arrive.</summary>
    /// <param name="bytes">The beginning of the stream, at least one byte.</param>
    /// <param name="mechanism">Ours, which the peer must have too.</param>
    /// <param name="asServer">Whether we are the PLAIN server; the peer must not say that it is one too.</param>
    public static string? Check(ReadOnlySpan<byte> bytes, string mechanism, bool asServer)
    {
        if (bytes[0] != 0xFF || (bytes.Length > 9 && (bytes[9] & 1) == 0))
        {
            return "the peer does not speak ZMTP 3 (bad signature)";
        }
        if (bytes.Length > VersionAt && bytes[VersionAt] < 3)
        {
            return $"the peer speaks ZMTP version byte {bytes[VersionAt]}, 3 is needed";
        }
        if (bytes.Length < Size)
        {
            return null;
        }
        Span<byte> ours = stackalloc byte[MechanismSize];
        ours.Clear();
        Encoding.ASCII.GetBytes(mechanism, ours);
        if (!bytes.Slice(MechanismAt, MechanismSize).SequenceEqual(ours))
        {
            return $"the peer's security mechanism is not {mechanism}";
        }
        // libzmq 4.3 never sets the flag for PLAIN, so only two servers are told apart here; two clients fall out at their HELLOs.
        return mechanism == Handshake.Plain && asServer && bytes[AsServerAt] == 1 ? "both sides are PLAIN servers" : null;
    }

    /// <summary>The peer's minor version: 0 does not know the SUBSCRIBE and CANCEL commands.</summary>
    public static byte Minor(ReadOnlySpan<byte> greeting) => greeting[VersionAt + 1];
}
