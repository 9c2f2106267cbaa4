using System.Buffers.Binary;
using System.Text;

namespace NetMQ.Core.Wire;

/// <summary>The properties that peers exchange in READY and INITIATE; only two matter here.</summary>
/// <param name="SocketType">The peer's socket type, such as <c>DEALER</c>.</param>
/// <param name="Identity">The peer's identity, empty for none.</param>
internal sealed record Metadata(string SocketType, byte[] Identity)
{
    private const string SocketTypeName = "Socket-Type";
    private const string IdentityName = "Identity";

    public byte[] Encode()
    {
        List<byte> bytes = [];
        Add(bytes, SocketTypeName, Encoding.ASCII.GetBytes(SocketType));
        if (SocketType is "REQ" or "DEALER" or "ROUTER")   // the types that a ROUTER may address
        {
            Add(bytes, IdentityName, Identity);
        }
        return [.. bytes];
    }

    /// <summary>Reads properties; null with a reason when they are cut short, doubled in what matters or without a socket type.</summary>
    public static Metadata? TryParse(ReadOnlySpan<byte> bytes, out string? fault)
    {
        string? socketType = null;
        byte[] identity = [];
        fault = null;
        while (!bytes.IsEmpty)
        {
            int nameSize = bytes[0];
            if (nameSize == 0 || bytes.Length < 1 + nameSize + sizeof(uint))
            {
                fault = "metadata is cut short or has a property without a name";
                return null;
            }
            string name = Encoding.ASCII.GetString(bytes.Slice(1, nameSize));
            uint valueSize = BinaryPrimitives.ReadUInt32BigEndian(bytes[(1 + nameSize)..]);
            bytes = bytes[(1 + nameSize + sizeof(uint))..];
            if (valueSize > (uint)bytes.Length)
            {
                fault = $"metadata property announces {valueSize} bytes and has {bytes.Length}";
                return null;
            }
            ReadOnlySpan<byte> value = bytes[..(int)valueSize];
            bytes = bytes[(int)valueSize..];
            if (name.Equals(SocketTypeName, StringComparison.OrdinalIgnoreCase))
            {
                socketType = Encoding.ASCII.GetString(value);
            }
            else if (name.Equals(IdentityName, StringComparison.OrdinalIgnoreCase))
            {
                identity = value.ToArray();
            }
        }
        if (socketType is null || identity.Length > 255 || identity is [0, ..])
        {
            fault = socketType is null ? "metadata has no Socket-Type" : "the peer's identity is longer than 255 bytes or begins with 0";
            return null;
        }
        return new Metadata(socketType, identity);
    }

    private static void Add(List<byte> bytes, string name, byte[] value)
    {
        bytes.Add((byte)name.Length);
        bytes.AddRange(Encoding.ASCII.GetBytes(name));
        byte[] size = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(size, (uint)value.Length);
        bytes.AddRange(size);
        bytes.AddRange(value);
    }
}
