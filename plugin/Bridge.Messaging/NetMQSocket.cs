using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using NetMQ.Core;
using NetMQ.Core.Patterns;

namespace NetMQ;

/// <summary>
/// A ZeroMQ socket over TCP. It belongs to one thread at a time; only <see cref="NetMQConfig.Cleanup"/> may be called from another.
/// </summary>
public abstract class NetMQSocket : IOutgoingSocket, IReceivingSocket, ISocketPollable, IDisposable
{
    private readonly List<ArraySegment<byte>> _outgoing = [];
    private readonly NetMQSocketEventArgs _eventArgs;
    private byte[][] _incoming = [];
    private int _incomingRead;

    private protected NetMQSocket(Pattern pattern, string? connectionString, bool bindByDefault)
    {
        Engine = new SocketEngine(Options, pattern);
        _eventArgs = new NetMQSocketEventArgs(this);
        try
        {
            Open(connectionString, bindByDefault);
        }
        catch
        {
            Engine.Dispose();
            throw;
        }
    }

    /// <summary>Raised by a <see cref="NetMQPoller"/> while a message can be received without waiting.</summary>
    public event EventHandler<NetMQSocketEventArgs>? ReceiveReady;

    /// <summary>Raised by a <see cref="NetMQPoller"/> while a message can be sent without waiting.</summary>
    public event EventHandler<NetMQSocketEventArgs>? SendReady;

    public SocketOptions Options { get; } = new();

    /// <summary>Whether a message can be received without waiting.</summary>
    public bool HasIn => _incomingRead < _incoming.Length || Engine.HasIn();

    /// <summary>Whether a message can be sent without waiting.</summary>
    public bool HasOut => Engine.HasOut();

    public bool IsDisposed => Engine.IsDisposed;

    internal SocketEngine Engine { get; }

    /// <summary>Whether <see cref="RaiseEvents"/> would raise one.</summary>
    internal bool CanRaise => CanReceiveNow || CanSendNow;

    private bool CanReceiveNow => ReceiveReady is not null && (_incomingRead < _incoming.Length || Engine.CanTake());

    private bool CanSendNow => SendReady is not null && Engine.CanSend();

    /// <summary>Listens at <c>tcp://host:port</c>; host <c>*</c> is every interface, port <c>*</c> or 0 any free one.</summary>
    /// <exception cref="AddressAlreadyInUseException">The port is taken.</exception>
    /// <exception cref="InvalidException">The address is not one.</exception>
    public void Bind(string address) => Engine.Bind(address);

    /// <summary>Listens at a free port of <c>tcp://host</c> and returns it.</summary>
    public int BindRandomPort(string address) => Engine.Bind(address + ":0").Port;

    /// <summary>Connects to <c>tcp://host:port</c>, now and again whenever the connection is lost; does not wait for it.</summary>
    public void Connect(string address) => Engine.Connect(address);

    /// <summary>Ends a connection that <see cref="Connect"/> made; what is queued for it is dropped.</summary>
    /// <exception cref="EndpointNotFoundException">The address is not connected.</exception>
    public void Disconnect(string address) => Engine.Disconnect(address);

    /// <summary>Stops listening at an address; the connections stay.</summary>
    /// <exception cref="EndpointNotFoundException">The address is not bound.</exception>
    public void Unbind(string address) => Engine.Unbind(address);

    public void Close() => Dispose();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    bool IOutgoingSocket.TrySendFrame(TimeSpan timeout, ArraySegment<byte> frame, bool more)
    {
        if (more)
        {
            _outgoing.Add(frame.ToArray());   // the caller may use its buffer again before the message is whole
            return true;
        }
        _outgoing.Add(frame);
        return TrySendOutgoing(_outgoing.Count - 1, timeout);
    }

    bool IOutgoingSocket.TrySendMessage(TimeSpan timeout, ReadOnlySpan<ArraySegment<byte>> frames)
    {
        if (_outgoing.Count == 0)
        {
            return Engine.TrySend(frames, timeout);
        }
        if (frames.IsEmpty)
        {
            throw new InvalidException("A message without frames cannot be sent.");
        }
        int before = _outgoing.Count;   // frames sent with "more" come first
        _outgoing.AddRange(frames);
        return TrySendOutgoing(before, timeout);
    }

    bool IReceivingSocket.TryReceiveFrame(TimeSpan timeout, [NotNullWhen(true)] out byte[]? frame, out bool more)
    {
        if (_incomingRead == _incoming.Length)
        {
            if (!Engine.TryReceive(timeout, out byte[][] next))
            {
                frame = null;
                more = false;
                return false;
            }
            _incoming = next;
            _incomingRead = 0;
        }
        frame = _incoming[_incomingRead++];
        more = _incomingRead < _incoming.Length;
        return true;
    }

    bool IReceivingSocket.TryReceiveMessage(TimeSpan timeout, out ReadOnlySpan<byte[]> frames)
    {
        if (_incomingRead < _incoming.Length)
        {
            frames = _incoming.AsSpan(_incomingRead);
            _incomingRead = _incoming.Length;
            return true;
        }
        bool received = Engine.TryReceive(timeout, out byte[][] next);
        frames = next;
        return received;
    }

    /// <summary>Raises the events that are wanted and true.</summary>
    internal void RaiseEvents(object sender)
    {
        _eventArgs.IsReadyToReceive = CanReceiveNow;
        _eventArgs.IsReadyToSend = CanSendNow;
        if (_eventArgs.IsReadyToReceive)
        {
            ReceiveReady?.Invoke(sender, _eventArgs);
        }
        if (_eventArgs.IsReadyToSend && CanSendNow)   // the first handler may have sent, or disposed of the socket
        {
            SendReady?.Invoke(sender, _eventArgs);
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Engine.Dispose();
        }
    }

    /// <summary>Sends all of the outgoing frames; refused, the first ones stay for the next try, and after an error none do.</summary>
    private bool TrySendOutgoing(int earlier, TimeSpan timeout)
    {
        int kept = 0;
        try
        {
            bool sent = Engine.TrySend(CollectionsMarshal.AsSpan(_outgoing), timeout);
            kept = sent ? 0 : earlier;
            return sent;
        }
        finally
        {
            _outgoing.RemoveRange(kept, _outgoing.Count - kept);
        }
    }

    private void Open(string? connectionString, bool bindByDefault)
    {
        foreach (string part in (connectionString ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            bool bind = part[0] == '@' || (part[0] != '>' && bindByDefault);
            string address = part.TrimStart('@', '>');
            if (bind)
            {
                Bind(address);
            }
            else
            {
                Connect(address);
            }
        }
    }
}
