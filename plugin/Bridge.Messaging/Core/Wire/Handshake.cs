namespace NetMQ.Core.Wire;

/// <summary>One side of a security handshake, from the end of the greeting to READY.</summary>
internal abstract class Handshake(Metadata ours)
{
    public const string Null = "NULL";
    public const string Plain = "PLAIN";

    /// <summary>How libzmq 4.3's PLAIN server spells the beginning of ERROR: a 5 and an E that became one character.</summary>
    private static ReadOnlySpan<byte> MisspeltError => "^RROR"u8;

    /// <summary>The peer's properties, once they are known.</summary>
    public Metadata? Peer { get; private set; }

    /// <summary>True once both sides may send messages.</summary>
    public bool Done { get; protected set; }

    /// <summary>Why the connection must be closed, or null.</summary>
    public string? Fault { get; protected set; }

    public virtual string Mechanism => Plain;

    public virtual bool AsServer => false;

    protected byte[] OurMetadata => ours.Encode();

    public static Handshake For(SocketOptions options, SocketType type)
    {
        Metadata ours = new(type.Name, options.Identity ?? []);
        string password = options.PlainPassword ?? "";
        return options.PlainServer ? new PlainServerHandshake(ours, options.PlainUsername ?? "", password)
            : options.PlainUsername is { } name ? new PlainClientHandshake(ours, name, password)
            : new NullHandshake(ours);
    }

    /// <summary>The frame to send when the greeting is over, or null.</summary>
    public virtual byte[]? Start() => null;

    /// <summary>Takes a command of the peer; returns the frame to answer with, or null. Sets <see cref="Done"/> or <see cref="Fault"/>.</summary>
    public byte[]? OnCommand(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(MisspeltError))
        {
            Fault = $"the peer refused the handshake: {Command.ReasonOf(body[MisspeltError.Length..])}";
            return null;
        }
        if (!Command.TryParse(body, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> data))
        {
            Fault = "a handshake command has no name";
            return null;
        }
        if (name.SequenceEqual("ERROR"u8))
        {
            Fault = $"the peer refused the handshake: {Command.ReasonOf(data)}";
            return null;
        }
        return OnCommand(name, data);
    }

    protected abstract byte[]? OnCommand(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data);

    protected byte[]? Unexpected(ReadOnlySpan<byte> name)
    {
        Fault = $"handshake command {Command.Printable(name)} came at the wrong time";
        return null;
    }

    /// <summary>Reads the peer's properties; false sets the fault.</summary>
    protected bool Accept(ReadOnlySpan<byte> metadata)
    {
        Peer = Metadata.TryParse(metadata, out string? fault);
        Fault = fault;
        return fault is null;
    }
}
