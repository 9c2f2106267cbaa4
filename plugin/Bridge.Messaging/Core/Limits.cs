namespace NetMQ.Core;

/// <summary>Bounds that keep memory and time finite whatever a peer sends. The README lists them.</summary>
internal static class Limits
{
    /// <summary>Connections of one socket; a further one is closed as it is accepted.</summary>
    public const int Connections = 1024;

    /// <summary>Accepted connections still shaking hands; a further one takes the place of the oldest.</summary>
    public const int PendingHandshakes = 128;

    /// <summary>Time from connecting to the end of the handshake, in ms.</summary>
    public const int HandshakeMs = 10_000;

    public const int FramesPerMessage = 1024;

    /// <summary>Size of one command, in bytes.</summary>
    public const int CommandBytes = 64 << 10;

    /// <summary>Subscriptions of one connected subscriber.</summary>
    public const int Subscriptions = 1_000;

    /// <summary>Bytes of all their topics.</summary>
    public const int SubscriptionBytes = 256 << 10;

    /// <summary>Bytes queued for one peer, or received from one and not taken, beyond which no further message is.</summary>
    public const int QueuedBytes = 64 << 20;

    /// <summary>Bytes queued on one socket, beyond which only a peer with an empty queue gets another message.</summary>
    public const long OutboxBytes = 512L << 20;

    /// <summary>Bytes received and not taken on one socket, beyond which it stops reading.</summary>
    public const long InboxBytes = 256L << 20;

    /// <summary>Bytes of unfinished messages on one socket; a connection that goes beyond is closed.</summary>
    public const long UnfinishedBytes = 512L << 20;

    /// <summary>Bytes of answers (PONG and the like) that a peer may leave unread.</summary>
    public const int ControlBytes = 64 << 10;

    /// <summary>What a frame counts for beside its bytes: arrays and queue entries.</summary>
    public const int MessageOverhead = 128;

    /// <summary>Bytes read from one connection before the others get their turn.</summary>
    public const int ReadTurn = 1 << 20;

    /// <summary>Longest single wait, in ms, after which a waiting thread looks whether its socket was ended by another.</summary>
    public const int WaitSlice = 100;

    /// <summary>Pause after the system refused to accept a connection (no descriptors left), in ms.</summary>
    public const int AcceptPauseMs = 100;
}
