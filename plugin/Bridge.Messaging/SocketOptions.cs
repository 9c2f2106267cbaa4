namespace NetMQ;

/// <summary>
/// Options of one socket, set by its own thread. Limits are read live; the others apply to connections made after the change.
/// </summary>
public partial class SocketOptions
{
    internal static readonly TimeSpan NoReconnect = TimeSpan.FromMilliseconds(-1);

    internal SocketOptions()
    {
    }

    /// <summary>Name under which a ROUTER peer knows this socket: 1 to 255 bytes, the first not zero; null lets the ROUTER choose.</summary>
    public byte[]? Identity
    {
        get => field;
        set
        {
            if (value is { Length: 0 or > 255 } || value is [0, ..])
            {
                throw new InvalidException($"An identity has 1 to 255 bytes and does not begin with 0; this one has {value.Length}.");
            }
            field = value?.ToArray();
        }
    }

    /// <summary>How long queued messages are still sent after Dispose; default <see cref="NetMQConfig.Linger"/>, -1 ms for no limit.</summary>
    public TimeSpan Linger { get; set; } = NetMQConfig.Linger;

    /// <summary>Most messages queued for one peer: default 1000, 0 for no such limit (a limit in bytes stays, see the README).</summary>
    public int SendHighWatermark { get => field; set => field = NotNegative(value, nameof(SendHighWatermark)); } = 1000;

    /// <summary>Most messages received from one peer and not yet taken: default 1000, 0 for no such limit. Then reading stops.</summary>
    public int ReceiveHighWatermark { get => field; set => field = NotNegative(value, nameof(ReceiveHighWatermark)); } = 1000;

    /// <summary>Time between PINGs to each peer; default zero: none are sent (those of a peer are always answered).</summary>
    public TimeSpan HeartbeatInterval { get => field; set => field = NotNegative(value, nameof(HeartbeatInterval)); }

    /// <summary>How long a peer may hear nothing from us before it drops us, as told in our PINGs: at most 6553.5 s, default zero: it decides.</summary>
    public TimeSpan HeartbeatTtl { get => field; set => field = NotNegative(value, nameof(HeartbeatTtl)); }

    /// <summary>How long after a PING a peer may stay silent before it is dropped; default -1 ms: as <see cref="HeartbeatInterval"/>.</summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromMilliseconds(-1);

    /// <summary>
    /// Wait before the first new attempt after a connection is lost or refused; default 100 ms, varied by a quarter. -1 ms: there is none, and the
    /// endpoint takes no more messages (<see cref="NetMQSocket.HasOut"/>).
    /// </summary>
    public TimeSpan ReconnectInterval
    {
        get => field;
        set => field = value == NoReconnect ? value : NotNegative(value, nameof(ReconnectInterval));
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>The wait doubles with every attempt up to this; default zero: it does not grow.</summary>
    public TimeSpan ReconnectIntervalMax { get => field; set => field = NotNegative(value, nameof(ReconnectIntervalMax)); }

    /// <summary>
    /// Largest message accepted, all its frames together, in bytes: default 128 MiB, at most 2147483591; -1 for that most.
    /// A peer that announces more is disconnected before anything is allocated.
    /// </summary>
    public long MaxMsgSize
    {
        get => field;
        set => field = value == -1 ? Array.MaxLength
            : value is > 0 && value <= Array.MaxLength ? value
            : throw new InvalidException($"MaxMsgSize is -1 or 1 to {Array.MaxLength} bytes, not {value}.");
    } = 128L << 20;

    /// <summary>ROUTER: sending to an unknown peer throws <see cref="HostUnreachableException"/> instead of dropping; default false.</summary>
    public bool RouterMandatory { get; set; }

    /// <summary>ROUTER: a new peer with the identity of a connected one takes its place instead of being refused; default false.</summary>
    public bool RouterHandover { get; set; }

    /// <summary>Connections the operating system may hold before they are accepted; default 100.</summary>
    public int Backlog { get => field; set => field = NotNegative(value, nameof(Backlog)); } = 100;

    /// <summary>Turns on TCP keep-alive; default false.</summary>
    public bool TcpKeepalive { get; set; }

    /// <summary>Silence before the first TCP keep-alive probe; default -1 ms: the system's.</summary>
    public TimeSpan TcpKeepaliveIdle { get; set; } = TimeSpan.FromMilliseconds(-1);

    /// <summary>Time between TCP keep-alive probes; default -1 ms: the system's.</summary>
    public TimeSpan TcpKeepaliveInterval { get; set; } = TimeSpan.FromMilliseconds(-1);

    /// <summary>The last endpoint bound or connected, with the real port, such as <c>tcp://127.0.0.1:48950</c>; null before.</summary>
    public string? LastEndpoint { get; internal set; }

    private static int NotNegative(int value, string name) =>
        value >= 0 ? value : throw new InvalidException($"{name} cannot be negative ({value}).");

    private static TimeSpan NotNegative(TimeSpan value, string name) =>
        value >= TimeSpan.Zero ? value : throw new InvalidException($"{name} cannot be negative ({value}).");
}
