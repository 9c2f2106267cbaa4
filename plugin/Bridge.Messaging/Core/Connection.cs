using System.Net.Sockets;
using NetMQ.Core.Wire;

namespace NetMQ.Core;

/// <summary>
/// One TCP connection of a socket: greeting, handshake, then messages and heartbeats. Everything here runs under the engine's lock and
/// never blocks. Any error of the peer closes this connection only.
/// </summary>
internal sealed partial class Connection
{
    private readonly SocketEngine _engine;
    private readonly FrameDecoder _decoder = new();
    private readonly Handshake _handshake;
    private readonly OutControl _control = new();
    private readonly List<byte[]> _parts = [];
    private readonly string _peerName;
    private Phase _phase = Phase.Greeting;
    private long _partBytes;
    private long _counted;   // what the engine has counted as unfinished for this connection
    private bool _undecoded;

    /// <param name="engine">Whose connection it is.</param>
    /// <param name="socket">Connected and non-blocking; disposed of here.</param>
    /// <param name="connector">Who made it, or null where a listener did.</param>
    /// <param name="now">The time in <see cref="Environment.TickCount64"/>.</param>
    public Connection(SocketEngine engine, Socket socket, Connector? connector, long now)
    {
        _engine = engine;
        Socket = socket;
        Connector = connector;
        Pipe = connector?.Pipe ?? new OutPipe(engine.Queued);
        _peerName = socket.RemoteEndPoint?.ToString() ?? "?";
        _handshake = Handshake.For(engine.Options, engine.Pattern.Type);
        _lastReceived = now;
        _handshakeUntil = now + Limits.HandshakeMs;
        _decoder.MaxFrameBytes = Limits.CommandBytes;   // nothing larger belongs in a handshake
    }

    private enum Phase
    {
        Greeting,
        Handshake,
        Ready,
        Closed,
    }

    public Socket Socket { get; }

    public Connector? Connector { get; }

    public OutPipe Pipe { get; }

    public Queue<Inbound> Inbox { get; } = [];

    public long InboxBytes { get; set; }

    /// <summary>The name of the peer for a ROUTER.</summary>
    public byte[] RoutingId { get; set; } = [];

    /// <summary>What the peer subscribed to, for a PUB.</summary>
    public PrefixSet? Subscriptions { get; set; }

    /// <summary>True when the peer knows the SUBSCRIBE and CANCEL commands (ZMTP 3.1).</summary>
    public bool KnowsSubscribeCommand { get; private set; }

    public Metadata Peer => _handshake.Peer!;

    public bool IsReady => _phase == Phase.Ready;

    public bool IsClosed => _phase == Phase.Closed;

    public bool WantsRead => !IsPaused;

    public bool WantsWrite => !_control.IsEmpty || (IsReady && !Pipe.IsEmpty);

    /// <summary>True while the high-water mark keeps it from reading; TCP then slows the peer down.</summary>
    private bool IsPaused => IsReady && (_engine.InboxIsFull
        || InboxBytes >= Limits.QueuedBytes
        || (_engine.Options.ReceiveHighWatermark is > 0 and int most && Inbox.Count >= most));

    /// <summary>Sends the greeting.</summary>
    public void Start()
    {
        _control.Append(Greeting.Build(_handshake.Mechanism, _handshake.AsServer));
        Flush();
    }

    /// <summary>Reads and decodes what has arrived; true when something had.</summary>
    public bool Read(long now)
    {
        int turn = Limits.ReadTurn;
        while (turn > 0 && !IsClosed && WantsRead)
        {
            Span<byte> free = _decoder.Free;
            int count = Socket.Receive(free, SocketFlags.None, out SocketError error);
            if (error is SocketError.WouldBlock or SocketError.Interrupted)
            {
                break;
            }
            if (error != SocketError.Success || count == 0)
            {
                Close(error == SocketError.Success ? "the peer closed it" : $"receiving failed ({error})");
                return true;
            }
            _lastReceived = now;
            turn -= count;
            _decoder.Advance(count);
            Decode();
            if (count < free.Length)
            {
                break;   // most likely that was all; if not, the next wait ends at once
            }
        }
        return turn < Limits.ReadTurn;
    }

    /// <summary>Goes on with bytes that were left undecoded because the inbox was full.</summary>
    public void Resume()
    {
        if (_undecoded && !IsPaused && !IsClosed)
        {
            Decode();
        }
    }

    /// <summary>Gives the system what it takes now of answers and messages; true when something went.</summary>
    public bool Flush()
    {
        if (IsClosed)
        {
            return false;
        }
        bool progress = false;
        while (WantsWrite)
        {
            int before = Pipe.Bytes + _control.Length;
            // An answer goes between two messages, never into one that is partly sent.
            SocketError error = _control.IsEmpty ? Pipe.Flush(Socket, finishOnly: false)
                : Pipe.MidMessage ? Pipe.Flush(Socket, finishOnly: true)
                : _control.Flush(Socket);
            progress |= Pipe.Bytes + _control.Length != before;
            if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
            {
                break;
            }
            if (error != SocketError.Success)
            {
                Close($"sending failed ({error})");
                return true;
            }
        }
        return progress;
    }

    /// <summary>Ends the connection; a message that is not complete is lost, complete ones stay to be received.</summary>
    public void Close(string reason)
    {
        if (IsClosed)
        {
            return;
        }
        bool wasReady = IsReady;
        _phase = Phase.Closed;
        _partBytes = 0;
        _parts.Clear();
        _decoder.Release();
        _engine.CountUnfinished(-_counted);
        _counted = 0;
        MessagingEvents.Log.Closed(_engine.Pattern.Type.Name, _peerName, reason);
        _engine.Closed(this, wasReady);
        Socket.Dispose();
    }

    private void Decode()
    {
        _undecoded = false;
        while (!IsClosed)
        {
            if (_phase == Phase.Greeting)
            {
                if (!TakeGreeting())
                {
                    break;
                }
                continue;
            }
            if (IsPaused)
            {
                _undecoded = true;
                break;
            }
            DecodeResult result = _decoder.TryRead(out byte flags, out byte[] body);
            if (result == DecodeResult.NeedMore)
            {
                break;
            }
            if (result == DecodeResult.Fault)
            {
                Close(_decoder.Fault!);
            }
            else if ((flags & FrameCodec.Command) != 0)
            {
                OnCommand(body);
            }
            else
            {
                OnMessageFrame(body, more: (flags & FrameCodec.More) != 0);
            }
        }
        CountUnfinished();
    }

    private void CountUnfinished()
    {
        if (IsClosed)
        {
            return;
        }
        long unfinished = _partBytes + _decoder.UnfinishedBytes;
        bool grew = unfinished > _counted;
        if (!_engine.CountUnfinished(unfinished - _counted) && grew)
        {
            _counted = unfinished;
            Close($"unfinished messages of all peers exceed {Limits.UnfinishedBytes} bytes");
            return;
        }
        _counted = unfinished;
    }

    /// <summary>True when the greeting is complete and right.</summary>
    private bool TakeGreeting()
    {
        ReadOnlySpan<byte> bytes = _decoder.Buffered;
        if (bytes.IsEmpty)
        {
            return false;
        }
        if (Greeting.Check(bytes, _handshake.Mechanism, _handshake.AsServer) is { } fault)
        {
            Close(fault);
            return false;
        }
        if (bytes.Length < Greeting.Size)
        {
            return false;
        }
        KnowsSubscribeCommand = Greeting.Minor(bytes) >= 1;
        _decoder.Skip(Greeting.Size);
        _phase = Phase.Handshake;
        Answer(_handshake.Start());
        return true;
    }

    private void OnMessageFrame(byte[] body, bool more)
    {
        if (!IsReady)
        {
            Close("a message came before the handshake was over");
            return;
        }
        if (_parts.Count == Limits.FramesPerMessage)
        {
            Close($"a message has more than {Limits.FramesPerMessage} frames");
            return;
        }
        _parts.Add(body);
        _partBytes += body.Length;
        if (more)
        {
            _decoder.MaxFrameBytes = _engine.Options.MaxMsgSize - _partBytes;
            return;
        }
        _decoder.MaxFrameBytes = _engine.Options.MaxMsgSize;
        long cost = _partBytes + (_parts.Count * Limits.MessageOverhead);
        _partBytes = 0;
        byte[][]? frames = _engine.Pattern.Accept(this, _parts);
        _parts.Clear();
        if (frames is not null)
        {
            _engine.Deliver(this, new Inbound(frames, cost));
        }
    }

    private void Answer(byte[]? frame)
    {
        if (frame is null)
        {
            return;
        }
        if (_control.Length > Limits.ControlBytes)
        {
            Close($"the peer leaves more than {Limits.ControlBytes} bytes of answers unread");
            return;
        }
        _control.Append(frame);
        Flush();
    }
}
