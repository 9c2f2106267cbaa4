using System.Net.Sockets;

namespace NetMQ.Core;

/// <remarks>Waiting, reading, writing and deadlines.</remarks>
internal sealed partial class SocketEngine
{
    private const uint CallsBetweenLooks = 63;
    private const int LookMs = 10;
    private const int EagerConnections = 4;

    private readonly Dictionary<Socket, object> _bySocket = [];
    private readonly WaitSet _wait = new();
    private long _nextTimer;
    private long _lastPump;
    private uint _calls;
    private uint _pumps;

    /// <summary>Has <see cref="OnTimers"/> run no later than this.</summary>
    public void Schedule(long at) => _nextTimer = Math.Min(_nextTimer, at);

    public void Watch(Socket socket, object owner) => _bySocket[socket] = owner;

    public void Forget(Socket socket) => _bySocket.Remove(socket);

    /// <summary>One turn of the housekeeper; true when something moved.</summary>
    public bool Tick()
    {
        bool progress = Pump(0);
        if (IsDraining && !IsFinished)
        {
            ContinueDraining(Environment.TickCount64);
        }
        return progress;
    }

    /// <summary>Whether all that this socket waits for is one of a few connections having something to read.</summary>
    public bool CanReadEagerly()
    {
        if (_connections.Count is 0 or > EagerConnections)
        {
            return false;
        }
        foreach (Connection connection in _connections)
        {
            if (connection.WantsWrite)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Reads from all connections without asking first which have something; true when one had.</summary>
    public bool ReadEagerly()
    {
        bool progress = false;
        long now = Environment.TickCount64;
        for (int i = _connections.Count - 1; i >= 0; i--)   // one may close itself
        {
            progress |= _connections[i].WantsRead && _connections[i].Read(now);
        }
        return progress;
    }

    /// <summary>Adds what this socket waits for; returns how many ms the wait may last.</summary>
    public int Collect(WaitSet wait, int milliseconds)
    {
        long now = Environment.TickCount64;
        foreach (Listener listener in _listeners)
        {
            if (listener.WantsRead(now))
            {
                wait.Read.Add(listener.Socket);
            }
        }
        foreach (Connection connection in _connections)
        {
            if (connection.WantsRead)
            {
                wait.Read.Add(connection.Socket);
            }
            if (connection.WantsWrite)
            {
                wait.Write.Add(connection.Socket);
            }
        }
        foreach (Connector connector in _connectors)
        {
            if (connector.Pending is { } socket)
            {
                wait.Write.Add(socket);
                wait.Error.Add(socket);
            }
        }
        return (int)Math.Clamp(_nextTimer - now, 0, milliseconds);
    }

    /// <summary>Reads and writes where the wait says so (sockets of others are passed over) and does what is due.</summary>
    public bool Dispatch(WaitSet wait)
    {
        long now = Environment.TickCount64;
        bool progress = false;
        foreach (Socket socket in wait.Read)
        {
            if (_bySocket.TryGetValue(socket, out object? owner))
            {
                progress |= OnReadable(owner, now);
            }
        }
        foreach (Socket socket in wait.Write)
        {
            progress |= OnWritable(socket, now);
        }
        foreach (Socket socket in wait.Error)
        {
            progress |= OnWritable(socket, now);
        }
        if (now >= _nextTimer)
        {
            OnTimers(now);
        }
        return progress;
    }

    /// <summary>
    /// A thread that sends or takes queued messages without pause leaves the housekeeper no turn: now and then it does its work.
    /// </summary>
    private void LookAround()
    {
        if ((++_calls & CallsBetweenLooks) == 0 && Environment.TickCount64 - _lastPump >= LookMs)
        {
            Pump(0);
        }
    }

    private bool Pump(int milliseconds)
    {
        bool look = (++_pumps & CallsBetweenLooks) == 0;   // for what spinning passes over: new peers, writing, deadlines
        if (milliseconds > 0 && !look && Spinner.Spin(this))
        {
            return true;
        }
        _lastPump = Environment.TickCount64;
        _wait.Clear();
        _wait.Wait(Collect(_wait, milliseconds));
        return Dispatch(_wait);
    }

    private bool OnReadable(object owner, long now)
    {
        if (owner is Connection connection)
        {
            return connection.Read(now);
        }
        if (owner is Listener listener)
        {
            listener.Accept(now);
        }
        return true;
    }

    private bool OnWritable(Socket socket, long now)
    {
        if (!_bySocket.TryGetValue(socket, out object? owner))
        {
            return false;
        }
        if (owner is Connection connection)
        {
            return connection.Flush();
        }
        if (owner is Connector connector && connector.Pending == socket)
        {
            connector.Complete(now);
        }
        return true;
    }

    private void OnTimers(long now)
    {
        _nextTimer = long.MaxValue;
        long next = long.MaxValue;
        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            next = Math.Min(next, _connections[i].OnTimer(now));
        }
        foreach (Connector connector in _connectors)
        {
            next = Math.Min(next, connector.OnTimer(now));
        }
        foreach (Listener listener in _listeners)
        {
            if (!listener.WantsRead(now))
            {
                next = Math.Min(next, now + Limits.AcceptPauseMs);
            }
        }
        Schedule(next);   // beside what was scheduled meanwhile
    }
}
