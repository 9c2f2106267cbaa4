using System.Buffers.Binary;
using NetMQ.Core.Wire;

namespace NetMQ.Core;

/// <remarks>Commands of the peer, heartbeats and deadlines.</remarks>
internal sealed partial class Connection
{
    private const int MsPerDecisecond = 100;
    private const int DrainMs = 1000;

    private readonly long _handshakeUntil;
    private long _lastReceived;
    private long _nextPing = long.MaxValue;
    private long _pingSent = long.MaxValue;   // the first PING that nothing has come after
    private long _peerTtl;
    private long _closeAt;                    // set once the sending side is shut down

    /// <summary>When the connection was made; the oldest silent one goes first.</summary>
    public long HandshakeUntil => _handshakeUntil;

    /// <summary>Does what is due and returns when it wants to be called again.</summary>
    public long OnTimer(long now)
    {
        if (_engine.IsDraining && Drained(now))
        {
            return now + 1;
        }
        if (!IsReady)
        {
            if (now >= _handshakeUntil)
            {
                Close($"the handshake was not over after {Limits.HandshakeMs} ms");
            }
            return _handshakeUntil;
        }
        if (IsPaused)
        {
            _lastReceived = now;   // we do not listen, so silence means nothing
        }
        if (_lastReceived >= _pingSent)
        {
            _pingSent = long.MaxValue;
        }
        if (now >= SilentAt() && !Read(now) && !IsClosed)   // what came while nobody looked counts
        {
            Close($"the peer was silent for {now - _lastReceived} ms");
        }
        if (IsClosed)
        {
            return long.MaxValue;
        }
        if (now >= _nextPing)
        {
            SendPing(now);
        }
        return Math.Min(_nextPing, SilentAt());
    }

    private long SilentAt()
    {
        long byTtl = _peerTtl > 0 ? _lastReceived + _peerTtl : long.MaxValue;
        if (_pingSent == long.MaxValue || _lastReceived >= _pingSent)
        {
            return byTtl;
        }
        SocketOptions options = _engine.Options;
        TimeSpan timeout = options.HeartbeatTimeout < TimeSpan.Zero ? options.HeartbeatInterval : options.HeartbeatTimeout;
        return Math.Min(byTtl, _pingSent + Math.Max(1, (long)timeout.TotalMilliseconds));
    }

    private void SendPing(long now)
    {
        long interval = (long)_engine.Options.HeartbeatInterval.TotalMilliseconds;
        if (interval <= 0)
        {
            _nextPing = long.MaxValue;
            return;
        }
        _nextPing = now + interval;
        if (_pingSent == long.MaxValue)
        {
            _pingSent = now;
        }
        double ttl = _engine.Options.HeartbeatTtl.TotalMilliseconds / MsPerDecisecond;
        Answer(Command.Ping((ushort)Math.Min(ttl, ushort.MaxValue)));
    }

    /// <summary>While the socket is being closed: once all is sent, says so to the peer and gives it a moment to close too.</summary>
    private bool Drained(long now)
    {
        if (WantsWrite || (!IsReady && !Pipe.IsEmpty))
        {
            return false;
        }
        if (_closeAt == 0)
        {
            _closeAt = now + DrainMs;
            try
            {
                Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            }
            catch (System.Net.Sockets.SocketException e)
            {
                Close($"it was lost while closing ({e.SocketErrorCode})");
            }
        }
        else if (now >= _closeAt)
        {
            Close("the socket was disposed of");
        }
        return true;
    }

    private void OnCommand(byte[] body)
    {
        if (IsReady)
        {
            OnTrafficCommand(body);
            return;
        }
        byte[]? answer = _handshake.OnCommand(body);
        Answer(answer);
        if (_handshake.Fault is { } fault)
        {
            Close(fault);
        }
        else if (_handshake.Done && !IsClosed)
        {
            BecomeReady();
        }
    }

    private void BecomeReady()
    {
        if (!_engine.Pattern.Type.Accepts(Peer.SocketType))
        {
            Close($"a {_engine.Pattern.Type.Name} socket cannot talk to a peer of this type");
            return;
        }
        if (_engine.Pattern.Attach(this) is { } refusal)
        {
            Close(refusal);
            return;
        }
        _phase = Phase.Ready;
        _engine.HandshakeDone(this);
        _decoder.MaxFrameBytes = _engine.Options.MaxMsgSize;
        Pipe.Connection = this;
        Connector?.Succeeded();
        if (_engine.Options.HeartbeatInterval > TimeSpan.Zero)
        {
            _nextPing = Environment.TickCount64 + (long)_engine.Options.HeartbeatInterval.TotalMilliseconds;
        }
        _engine.Schedule(_nextPing);
        MessagingEvents.Log.Ready(_engine.Pattern.Type.Name, Peer.SocketType, _peerName);
        Flush();
    }

    private void OnTrafficCommand(byte[] body)
    {
        if (!Command.TryParse(body, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> data))
        {
            Close("a command has no name");
        }
        else if (name.SequenceEqual("PING"u8))
        {
            OnPing(data);
        }
        else if (name.SequenceEqual("ERROR"u8))
        {
            Close($"the peer reported an error: {Command.ReasonOf(data)}");
        }
        else if (name.SequenceEqual("SUBSCRIBE"u8) || name.SequenceEqual("CANCEL"u8))
        {
            if (_engine.Pattern.OnSubscription(this, data, add: name[0] == (byte)'S') is { } fault)
            {
                Close(fault);
            }
        }
        // PONG has done its work by arriving. Commands of later versions are passed over (RFC 37: a peer may send them).
    }

    private void OnPing(ReadOnlySpan<byte> data)
    {
        if (data.Length is < sizeof(ushort) or > sizeof(ushort) + Command.MaxPingContext)
        {
            Close($"a PING of {data.Length} bytes is not valid");
            return;
        }
        _peerTtl = (long)BinaryPrimitives.ReadUInt16BigEndian(data) * MsPerDecisecond;
        if (_peerTtl > 0)
        {
            _engine.Schedule(_lastReceived + _peerTtl);
        }
        Answer(Command.Encode("PONG", data[sizeof(ushort)..]));
    }
}
