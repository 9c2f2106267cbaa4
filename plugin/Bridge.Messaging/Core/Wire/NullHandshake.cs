namespace NetMQ.Core.Wire;

/// <summary>NULL: each side sends READY at once.</summary>
internal sealed class NullHandshake(Metadata ours) : Handshake(ours)
{
    public override string Mechanism => Null;

    public override byte[] Start() => Command.Encode("READY", OurMetadata);

    protected override byte[]? OnCommand(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (!name.SequenceEqual("READY"u8))
        {
            return Unexpected(name);
        }
        Done = Accept(data);
        return null;
    }
}
