using System.Net;
using System.Net.Sockets;
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
    private readonly Queue<Connection> _withMessages = [];
    private long _inboxBytes;
    private long _unfinishedBytes;
    private int _pendingHandshakes;
    private volatile Exception? _failure;
    private volatile bool _disposed;
    private volatile bool _terminated;

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

    public bool HasConnectors => _connectors.Count > 0;

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

    /// <summary>Closes what is not needed to send what is queued; the housekeeper does the rest.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;   // seen by a thread that waits inside, which then leaves the lock
            BeginDraining();
        }
    }

    /// <summary>As <see cref="Dispose"/>, on behalf of <see cref="NetMQConfig.Cleanup"/>.</summary>
    public void Terminate()
    {
        _terminated = true;
        BeginDraining();
    }

    /// <summary>Ends the socket after an error in this layer; the owner's next call reports it.</summary>
    public void Fail(Exception error)
    {
        _failure = error;
        MessagingEvents.Log.Failed(Pattern.Type.Name, error.ToString());
        lock (Gate)
        {
            IsDraining = IsFinished = true;
            CloseAll("the socket failed");
        }
    }

    private static long Until(TimeSpan timeout) =>
        timeout < TimeSpan.Zero ? long.MaxValue
        : timeout == TimeSpan.Zero ? 0
        : Environment.TickCount64 + (long)Math.Ceiling(Math.Min(timeout.TotalMilliseconds, int.MaxValue));

    private static int Slice(long until) => (int)Math.Clamp(until - Environment.TickCount64, 0, Limits.WaitSlice);

    private static EndpointNotFoundException NotFound(string address, string verb) =>
        new($"{address} is not {verb}; name it as LastEndpoint gives it.");

    private void ThrowIfEnding()
    {
        if (!IsEnding)
        {
            return;
        }
        if (_disposed)
        {
            throw new ObjectDisposedException($"{Pattern.Type.Name} socket");
        }
        throw _failure is { } failure
            ? new NetMQException($"The {Pattern.Type.Name} socket failed: {failure.Message} Dispose of it and make a new one.", failure)
            : new TerminatingException("NetMQConfig.Cleanup has ended this socket.");
    }

    private bool TryTake(out byte[][] frames)
    {
        if (!_withMessages.TryDequeue(out Connection? connection))
        {
            frames = [];
            return false;
        }
        Inbound message = connection.Inbox.Dequeue();
        connection.InboxBytes -= message.Cost;
        bool wasFull = InboxIsFull;
        _inboxBytes -= message.Cost;
        if (connection.Inbox.Count > 0)
        {
            _withMessages.Enqueue(connection);   // the others first: fair
        }
        frames = Pattern.Taken(connection, message.Frames);
        connection.Resume();
        if (wasFull && !InboxIsFull)
        {
            ResumeAll();
        }
        return true;
    }

    private void ResumeAll()
    {
        foreach (Connection connection in _connections.ToArray())   // one may be closed by what it decodes
        {
            connection.Resume();
        }
    }

    private void BeginDraining()
    {
        lock (Gate)
        {
            if (IsDraining)
            {
                return;
            }
            IsDraining = true;
            double linger = Options.Linger.TotalMilliseconds;
            long now = Environment.TickCount64;
            _lingerUntil = linger < 0 ? long.MaxValue : now + (long)linger;
            foreach (Listener listener in _listeners)
            {
                Close(listener);
            }
            _listeners.Clear();
            _withMessages.Clear();
            foreach (Connection connection in _connections)
            {
                connection.Inbox.Clear();
                connection.InboxBytes = 0;
            }
            _inboxBytes = 0;
            ContinueDraining(now);
        }
        Housekeeper.Kick();
    }

    private void Close(Listener listener)
    {
        Forget(listener.Socket);
        listener.Socket.Dispose();
    }
}
