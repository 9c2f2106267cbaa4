using System.Net;
using NetMQ.Core.Patterns;

namespace NetMQ.Core;

/// <summary>
/// Everything behind one socket. One lock guards it: a thread that waits in the socket holds it and does the reading and writing itself;
/// the housekeeper takes it only when nobody else has it.
/// </summary>
internal sealed partial class SocketEngine
{
    private readonly List<Listener> _listeners = [];
    private readonly List<Connector> _connectors = [];
    private readonly List<Connection> _connections = [];

    public SocketEngine(SocketOptions options, Pattern pattern)
    {
        Options = options;
        Pattern = pattern;
        pattern.Engine = this;
    }

    public Lock Gate { get; } = new();

    public SocketOptions Options { get; }

    public Pattern Pattern { get; }

    /// <summary>True once disposed of or terminated: what is queued is still sent, nothing is received.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>True when draining is over.</summary>
    public bool IsFinished { get; private set; }

    public bool IsDisposed => _disposed;

    /// <summary>True as soon as another thread has asked for the end of the socket.</summary>
    public bool IsEnding => _disposed || _terminated || _failure is not null;

    public bool InboxIsFull => _inboxBytes >= Limits.InboxBytes;

    public int ConnectionCount => _connections.Count;

    /// <summary>Bytes received and held for the application, and bytes queued to be sent; for tests.</summary>
    public long HeldBytes => _inboxBytes + _unfinishedBytes + Queued.Value;

    /// <summary>Bytes queued for all peers.</summary>
    public ByteCount Queued { get; } = new();

    public IPEndPoint Bind(string address)
    {
        lock (Gate)
        {
            ThrowIfEnding();
            Listener listener = new(this, address, TcpEndpoint.Parse(address, toBind: true));
            _listeners.Add(listener);
            Watch(listener.Socket, listener);
            Options.LastEndpoint = listener.Address;
            Housekeeper.Add(this);
            return listener.Endpoint;
        }
    }

    public void Connect(string address)
    {
        lock (Gate)
        {
            ThrowIfEnding();
            IPEndPoint endpoint = TcpEndpoint.Parse(address, toBind: false);
            Connector connector = new(this, TcpEndpoint.Format(endpoint), endpoint);
            _connectors.Add(connector);
            Pattern.Connected(connector.Pipe);
            Options.LastEndpoint = connector.Address;
            Schedule(connector.OnTimer(Environment.TickCount64));
            Housekeeper.Add(this);
        }
    }

    public void Unbind(string address)
    {
        lock (Gate)
        {
            ThrowIfEnding();
            string name = TcpEndpoint.Format(TcpEndpoint.Parse(address, toBind: true));
            Listener listener = _listeners.Find(l => l.Address == name) ?? throw NotFound(address, "bound");
            _listeners.Remove(listener);
            Close(listener);
        }
    }

    /// <summary>Ends a connection at once; what is queued for it is dropped unless the socket lingers elsewhere.</summary>
    public void Disconnect(string address)
    {
        lock (Gate)
        {
            ThrowIfEnding();
            string name = TcpEndpoint.Format(TcpEndpoint.Parse(address, toBind: false));
            Connector connector = _connectors.Find(c => c.Address == name) ?? throw NotFound(address, "connected");
            _connectors.Remove(connector);
            Pattern.Disconnected(connector.Pipe);
            connector.Stop();
            connector.Connection?.Close("the application disconnected");
        }
    }

    /// <summary>Runs an action of the socket's owner under the lock.</summary>
    public void Invoke(Action action)
    {
        lock (Gate)
        {
            ThrowIfEnding();
            action();
        }
    }

    /// <summary>Sends a message, waiting for room at most so long (negative: for ever). False: nothing was taken.</summary>
    public bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames, TimeSpan timeout)
    {
        if (frames.IsEmpty || frames.Length > Limits.FramesPerMessage)
        {
            throw new InvalidException($"A message has 1 to {Limits.FramesPerMessage} frames, not {frames.Length}.");
        }
        lock (Gate)
        {
            ThrowIfEnding();
            LookAround();
            if (Pattern.TrySend(frames))
            {
                return true;
            }
            long until = Until(timeout);
            do
            {
                Pump(Slice(until));
                ThrowIfEnding();
                if (Pattern.TrySend(frames))
                {
                    return true;
                }
            }
            while (Environment.TickCount64 < until);
            return false;
        }
    }

    /// <summary>Receives a message, waiting for it at most so long (negative: for ever).</summary>
    public bool TryReceive(TimeSpan timeout, out byte[][] frames)
    {
        lock (Gate)
        {
            ThrowIfEnding();
            Pattern.CheckReceive();
            LookAround();
            if (TryTake(out frames))
            {
                return true;
            }
            long until = Until(timeout);
            do
            {
                Pump(Slice(until));
                ThrowIfEnding();
                if (TryTake(out frames))
                {
                    return true;
                }
            }
            while (Environment.TickCount64 < until);
            return false;
        }
    }

    /// <summary>Whether a receive would succeed now, after a look at what has arrived.</summary>
    public bool HasIn()
    {
        lock (Gate)
        {
            ThrowIfEnding();
            if (_withMessages.Count == 0)
            {
                Pump(0);
            }
            return CanTake();
        }
    }

    /// <summary>Whether a send would succeed now.</summary>
    public bool HasOut()
    {
        lock (Gate)
        {
            ThrowIfEnding();
            return CanSend();
        }
    }

    /// <summary>For the poller: as <see cref="HasIn"/> without looking, and false once the socket ends.</summary>
    public bool CanTake()
    {
        lock (Gate)
        {
            return !IsEnding && Pattern.CanReceive && _withMessages.Count > 0;
        }
    }

    /// <summary>For the poller: as <see cref="HasOut"/>, and false once the socket ends.</summary>
    public bool CanSend()
    {
        lock (Gate)
        {
            return !IsEnding && Pattern.CanSend;
        }
    }

    private static long Until(TimeSpan timeout) =>
        timeout < TimeSpan.Zero ? long.MaxValue
        : timeout == TimeSpan.Zero ? 0
        : Environment.TickCount64 + (long)Math.Ceiling(Math.Min(timeout.TotalMilliseconds, int.MaxValue));

    private static int Slice(long until) => (int)Math.Clamp(until - Environment.TickCount64, 0, Limits.WaitSlice);

    private static EndpointNotFoundException NotFound(string address, string verb) =>
        new($"{address} is not {verb}; name it as LastEndpoint gives it.");
}
