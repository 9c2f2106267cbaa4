using System.Net.Sockets;

namespace NetMQ.Core;

/// <remarks>Connections that come and go, and the messages they bring.</remarks>
internal sealed partial class SocketEngine
{
    private readonly Queue<Connection> _withMessages = [];
    private long _inboxBytes;
    private long _unfinishedBytes;
    private int _pendingHandshakes;

    public void Add(Connection connection)
    {
        _connections.Add(connection);
        Watch(connection.Socket, connection);
        Schedule(connection.HandshakeUntil);
        connection.Start();
    }

    /// <summary>Takes a connection that a listener accepted, or closes it where there are too many.</summary>
    public void Accepted(Socket socket, long now)
    {
        if (_connections.Count >= Limits.Connections)
        {
            MessagingEvents.Log.Closed(Pattern.Type.Name, "a new peer", $"there are {Limits.Connections} connections already");
            socket.Dispose();
            return;
        }
        if (_pendingHandshakes >= Limits.PendingHandshakes)
        {
            // The one that has been silent longest makes room, so that a storm of them does not keep an honest peer out.
            _connections.Find(c => !c.IsReady && c.Connector is null)?.Close("newer peers need its place in the handshake");
        }
        try
        {
            socket.Blocking = false;
            Prepare(socket);
            _pendingHandshakes++;
            Add(new Connection(this, socket, connector: null, now));
        }
        catch (SocketException e)
        {
            _pendingHandshakes--;
            socket.Dispose();
            MessagingEvents.Log.Closed(Pattern.Type.Name, "a new peer", $"it was gone at once ({e.SocketErrorCode})");
        }
    }

    public void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        if (!Options.TcpKeepalive)
        {
            return;
        }
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (Options.TcpKeepaliveIdle > TimeSpan.Zero)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)Math.Ceiling(Options.TcpKeepaliveIdle.TotalSeconds));
        }
        if (Options.TcpKeepaliveInterval > TimeSpan.Zero)
        {
            socket.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)Math.Ceiling(Options.TcpKeepaliveInterval.TotalSeconds));
        }
    }

    /// <summary>An accepted connection is through its handshake.</summary>
    public void HandshakeDone(Connection connection)
    {
        if (connection.Connector is null)
        {
            _pendingHandshakes--;
        }
    }

    public void Deliver(Connection connection, Inbound message)
    {
        if (IsDraining)
        {
            return;
        }
        connection.Inbox.Enqueue(message);
        connection.InboxBytes += message.Cost;
        _inboxBytes += message.Cost;
        if (connection.Inbox.Count == 1)
        {
            _withMessages.Enqueue(connection);
        }
    }

    /// <summary>Changes the count of bytes in unfinished messages; false when it is beyond its bound.</summary>
    public bool CountUnfinished(long change)
    {
        _unfinishedBytes += change;
        return _unfinishedBytes <= Limits.UnfinishedBytes;
    }

    /// <summary>A connection has closed itself.</summary>
    public void Closed(Connection connection, bool wasReady)
    {
        _connections.Remove(connection);
        Forget(connection.Socket);
        if (!wasReady)
        {
            HandshakeDone(connection);
        }
        if (connection.Pipe.Connection == connection)
        {
            connection.Pipe.Connection = null;
            Pattern.Detach(connection);
        }
        if (Pattern.KeepsUnsent)
        {
            connection.Pipe.Rewind();
        }
        else
        {
            connection.Pipe.Clear();
        }
        connection.Connector?.Lost(Environment.TickCount64);
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
}
