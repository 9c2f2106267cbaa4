using System.Net;
using System.Net.Sockets;

namespace NetMQ.Core;

/// <summary>One connected endpoint of a socket: it connects, and connects again, and keeps the queue in between.</summary>
internal sealed class Connector(SocketEngine engine, string address, IPEndPoint endpoint)
{
    private const int MaxDoublings = 20;

    private int _failures;
    private long _nextAttempt;
    private long _attemptUntil;

    public string Address { get; } = address;

    public OutPipe Pipe { get; } = new(engine.Queued);

    /// <summary>The connection in use, handshake included.</summary>
    public Connection? Connection { get; private set; }

    /// <summary>The system socket while it is connecting.</summary>
    public Socket? Pending { get; private set; }

    /// <summary>Tries to connect if it is time; returns when it wants to be called again.</summary>
    public long OnTimer(long now)
    {
        if (Pending is not null && now >= _attemptUntil)
        {
            Failed(now, SocketError.TimedOut);
        }
        bool needed = !engine.IsDraining || !Pipe.IsEmpty;   // a socket that is being closed connects only to send
        if (needed && Connection is null && Pending is null && now >= _nextAttempt)
        {
            Begin(now);
        }
        return Connection is not null ? long.MaxValue : Pending is not null ? _attemptUntil : _nextAttempt;
    }

    /// <summary>The system says that the attempt is over, well or not.</summary>
    public void Complete(long now)
    {
        var error = (SocketError)(int)Pending!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != SocketError.Success)
        {
            Failed(now, error);
            return;
        }
        Socket socket = Pending;
        engine.Forget(socket);
        Pending = null;
        Connected(socket, now);
    }

    /// <summary>The handshake is over: the wait between attempts starts small again.</summary>
    public void Succeeded() => _failures = 0;

    /// <summary>The connection is gone; the next attempt comes after the reconnect interval.</summary>
    public void Lost(long now)
    {
        Connection = null;
        ScheduleNext(now);
    }

    public void Stop()
    {
        if (Pending is { } socket)
        {
            engine.Forget(socket);
            socket.Dispose();
            Pending = null;
        }
    }

    private void Begin(long now)
    {
        Socket socket = new(endpoint.AddressFamily, System.Net.Sockets.SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            Pending = socket;
            _attemptUntil = now + Limits.HandshakeMs;
            engine.Watch(socket, this);
            return;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            MessagingEvents.Log.ConnectFailed(engine.Pattern.Type.Name, Address, e.SocketErrorCode.ToString());
            ScheduleNext(now);
            return;
        }
        Connected(socket, now);
    }

    private void Connected(Socket socket, long now)
    {
        try
        {
            if (Equals(socket.LocalEndPoint, socket.RemoteEndPoint))
            {
                // TCP lets a socket connect to itself when the port it was given by chance is the one it seeks.
                throw new SocketException((int)SocketError.ConnectionRefused);
            }
            engine.Prepare(socket);
            Connection = new Connection(engine, socket, this, now);
        }
        catch (SocketException e)   // also: the peer was gone at once
        {
            socket.Dispose();
            MessagingEvents.Log.ConnectFailed(engine.Pattern.Type.Name, Address, e.SocketErrorCode.ToString());
            ScheduleNext(now);
            return;
        }
        engine.Add(Connection);
    }

    private void Failed(long now, SocketError error)
    {
        MessagingEvents.Log.ConnectFailed(engine.Pattern.Type.Name, Address, error.ToString());
        Stop();
        ScheduleNext(now);
    }

    private void ScheduleNext(long now)
    {
        if (engine.Options.ReconnectInterval == SocketOptions.NoReconnect)
        {
            _nextAttempt = long.MaxValue;
            Pipe.Clear();
            engine.Pattern.Disconnected(Pipe);
            return;
        }
        double first = Math.Max(1, engine.Options.ReconnectInterval.TotalMilliseconds);
        double most = Math.Max(first, engine.Options.ReconnectIntervalMax.TotalMilliseconds);
        double wait = Math.Min(most, first * Math.Pow(2, Math.Min(_failures++, MaxDoublings)));
        _nextAttempt = now + (long)Math.Ceiling(wait * (0.75 + (0.5 * Random.Shared.NextDouble())));   // peers must not come back in step
        engine.Schedule(_nextAttempt);
    }
}
