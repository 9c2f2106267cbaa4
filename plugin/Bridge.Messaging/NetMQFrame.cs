using System.Buffers.Binary;
using System.Text;

namespace NetMQ;

/// <summary>One frame of a message: the first <see cref="MessageSize"/> bytes of <see cref="Buffer"/>.</summary>
public class NetMQFrame : IEquatable<NetMQFrame>, IEquatable<byte[]>
{
    public NetMQFrame(byte[]? buffer)
    {
        Buffer = buffer ?? [];
        MessageSize = Buffer.Length;
    }

    /// <summary>The first <paramref name="length"/> bytes of a buffer, which is not copied.</summary>
    public NetMQFrame(byte[]? buffer, int length)
    {
        Buffer = buffer ?? [];
        MessageSize = length;
    }

    /// <summary>Text as UTF-8.</summary>
    public NetMQFrame(string message) : this(Encoding.UTF8.GetBytes(message)) { }

    public NetMQFrame(string message, Encoding encoding) : this(encoding.GetBytes(message)) { }

    /// <summary>A frame of zeros.</summary>
    public NetMQFrame(int length) : this(new byte[length]) { }

    /// <summary>A new empty frame.</summary>
    public static NetMQFrame Empty => new((byte[]?)null);

    /// <summary>Bytes in use: 0 to <see cref="BufferSize"/>.</summary>
    public int MessageSize
    {
        get => field;
        set => field = value >= 0 && value <= Buffer.Length
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A frame over {Buffer.Length} bytes cannot have this size.");
    }

    public byte[] Buffer { get; }

    public int BufferSize => Buffer.Length;

    public bool IsEmpty => MessageSize == 0;

    private ReadOnlySpan<byte> Content => Buffer.AsSpan(0, MessageSize);

    /// <summary>A frame over its own copy of the bytes.</summary>
    public static NetMQFrame Copy(byte[] buffer) => new(buffer.ToArray());

    /// <summary>A frame over its own copy of this one's bytes.</summary>
    public NetMQFrame Duplicate() => new(Content.ToArray());

    /// <summary>The bytes read as UTF-8.</summary>
    public string ConvertToString() => Encoding.UTF8.GetString(Content);

    public string ConvertToString(Encoding encoding) => encoding.GetString(Content);

    /// <summary>The first four bytes as a big-endian number.</summary>
    public int ConvertToInt32() => BinaryPrimitives.ReadInt32BigEndian(Content);

    /// <summary>The first eight bytes as a big-endian number.</summary>
    public long ConvertToInt64() => BinaryPrimitives.ReadInt64BigEndian(Content);

    /// <summary>The bytes: the buffer itself where it is all in use and no copy is asked for.</summary>
    public byte[] ToByteArray(bool copy = false) => copy || MessageSize != BufferSize ? Content.ToArray() : Buffer;

    public bool Equals(NetMQFrame? other) => other is not null && Content.SequenceEqual(other.Content);

    public bool Equals(byte[]? other) => other is not null && Content.SequenceEqual(other);

    public override bool Equals(object? obj) => obj is NetMQFrame frame && Equals(frame);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Content);
        return hash.ToHashCode();
    }

    public override string ToString() => $"NetMQFrame[{MessageSize} bytes]";
}
