using System.Buffers.Binary;

namespace NetMQ.Core.Wire;

/// <summary>
/// Frame headers of ZMTP 3.1 (RFC 37): a flags byte (bit 0 more, bit 1 long, bit 2 command), then the size as one byte or, long, as
/// eight, big-endian.
/// </summary>
internal static class FrameCodec
{
    public const byte More = 1;
    public const byte Long = 2;
    public const byte Command = 4;
    public const byte Reserved = 0xF8;
    public const int LongHeader = 9;

    public static int HeaderSize(int bodySize) => bodySize <= byte.MaxValue ? 2 : LongHeader;

    /// <summary>Writes a header and returns its size.</summary>
    public static int WriteHeader(Span<byte> target, byte flags, int bodySize)
    {
        if (bodySize <= byte.MaxValue)
        {
            target[0] = flags;
            target[1] = (byte)bodySize;
            return 2;
        }
        target[0] = (byte)(flags | Long);
        BinaryPrimitives.WriteInt64BigEndian(target[1..], bodySize);
        return LongHeader;
    }

    /// <summary>One whole frame as bytes.</summary>
    public static byte[] Encode(byte flags, ReadOnlySpan<byte> body)
    {
        byte[] frame = new byte[HeaderSize(body.Length) + body.Length];
        body.CopyTo(frame.AsSpan(WriteHeader(frame, flags, body.Length)));
        return frame;
    }
}
