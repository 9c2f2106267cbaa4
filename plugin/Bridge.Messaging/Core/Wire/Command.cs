using System.Buffers.Binary;
using System.Text;

namespace NetMQ.Core.Wire;

/// <summary>Command bodies (RFC 37): a name with its length, then what the command carries.</summary>
internal static class Command
{
    public const int MaxPingContext = 16;

    /// <summary>A whole command frame.</summary>
    public static byte[] Encode(string name, params ReadOnlySpan<byte> data)
    {
        byte[] body = new byte[1 + name.Length + data.Length];
        body[0] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name, body.AsSpan(1));
        data.CopyTo(body.AsSpan(1 + name.Length));
        return FrameCodec.Encode(FrameCodec.Command, body);
    }

    /// <summary>An ERROR with its reason: at most 255 characters.</summary>
    public static byte[] Error(string reason) => Encode("ERROR", [(byte)reason.Length, .. Encoding.ASCII.GetBytes(reason)]);

    /// <param name="ttlDeciseconds">How long we may then be silent, in 0.1 s; 0 for no limit.</param>
    public static byte[] Ping(ushort ttlDeciseconds)
    {
        Span<byte> ttl = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(ttl, ttlDeciseconds);
        return Encode("PING", ttl);
    }

    /// <summary>Parts a body into name and data; false when it is cut short or has no name.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> data)
    {
        name = data = default;
        if (body.IsEmpty || body[0] == 0 || body.Length < 1 + body[0])
        {
            return false;
        }
        name = body.Slice(1, body[0]);
        data = body[(1 + body[0])..];
        return true;
    }

    /// <summary>The reason inside an ERROR, made printable.</summary>
    public static string ReasonOf(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data.Length < 1 + data[0])
        {
            return "(unreadable)";
        }
        return Printable(data.Slice(1, data[0]));
    }

    /// <summary>Bytes of a peer as text that may go into a log.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes) =>
        new(Array.ConvertAll(bytes.ToArray(), b => b is >= (byte)' ' and <= (byte)'~' ? (char)b : '?'));
}
