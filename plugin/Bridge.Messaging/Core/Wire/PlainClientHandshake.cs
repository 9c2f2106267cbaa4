using System.Text;

namespace NetMQ.Core.Wire;

/// <summary>PLAIN, the side that logs in: HELLO, then INITIATE once welcomed, then READY comes.</summary>
internal sealed class PlainClientHandshake(Metadata ours, string username, string password) : Handshake(ours)
{
    private bool _welcomed;

    public override byte[] Start()
    {
        byte[] name = Encoding.UTF8.GetBytes(username), secret = Encoding.UTF8.GetBytes(password);
        return Command.Encode("HELLO", [(byte)name.Length, .. name, (byte)secret.Length, .. secret]);
    }

    protected override byte[]? OnCommand(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (!_welcomed && name.SequenceEqual("WELCOME"u8) && data.IsEmpty)
        {
            _welcomed = true;
            return Command.Encode("INITIATE", OurMetadata);
        }
        if (!_welcomed || !name.SequenceEqual("READY"u8))
        {
            return Unexpected(name);
        }
        Done = Accept(data);
        return null;
    }
}
