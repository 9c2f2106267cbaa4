namespace NetMQ.Core.Patterns;

/// <summary>What makes a ROUTER a ROUTER: where messages go and which are let in. Called under the engine's lock.</summary>
internal abstract class Pattern
{
    public SocketEngine Engine { get; set; } = null!;   // set by the engine as it is made

    public abstract SocketType Type { get; }

    /// <summary>True when messages queued for a connector wait for its next connection; false when they go with the old one.</summary>
    public virtual bool KeepsUnsent => false;

    public virtual bool CanSend => true;

    public virtual bool CanReceive => true;

    /// <summary>A new endpoint is being connected; messages may be queued for it at once.</summary>
    public virtual void Connected(OutPipe pipe)
    {
    }

    public virtual void Disconnected(OutPipe pipe)
    {
    }

    /// <summary>A peer is through its handshake; a reason refuses it.</summary>
    public virtual string? Attach(Connection connection) => null;

    /// <summary>A peer that was attached is gone.</summary>
    public virtual void Detach(Connection connection)
    {
    }

    /// <summary>Sends or deliberately drops a message; false: there is no room now, nothing was done.</summary>
    public abstract bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames);

    /// <summary>Throws where the socket may not receive now.</summary>
    public virtual void CheckReceive()
    {
    }

    /// <summary>A whole message has come: the frames to hand on, or null to drop it. The list is the caller's.</summary>
    public virtual byte[][]? Accept(Connection connection, List<byte[]> frames) => [.. frames];

    /// <summary>The application takes a message; returns what it sees of it.</summary>
    public virtual byte[][] Taken(Connection connection, byte[][] frames) => frames;

    /// <summary>A subscriber changes what it wants; a reason closes its connection.</summary>
    public virtual string? OnSubscription(Connection connection, ReadOnlySpan<byte> topic, bool add) =>
        "a subscription came to a socket that does not publish";

    protected void Write(OutPipe pipe, ReadOnlySpan<byte[]> envelope, ReadOnlySpan<ArraySegment<byte>> frames)
    {
        pipe.Append(envelope, frames);
        Flush(pipe);
    }

    protected void Flush(OutPipe pipe)
    {
        pipe.Connection?.Flush();
        if (!pipe.IsEmpty)
        {
            Housekeeper.Kick();
        }
    }

    protected bool HasRoom(OutPipe pipe) => pipe.HasRoom(Engine.Options.SendHighWatermark);
}
