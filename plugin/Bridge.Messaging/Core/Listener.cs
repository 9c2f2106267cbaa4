using System.Net;
using System.Net.Sockets;

namespace NetMQ.Core;

/// <summary>One bound endpoint of a socket.</summary>
internal sealed class Listener
{
    private const int AcceptsPerTurn = 64;

    private readonly SocketEngine _engine;
    private long _pausedUntil;

    public Listener(SocketEngine engine, string address, IPEndPoint endpoint)
    {
        _engine = engine;
        Socket = new Socket(endpoint.AddressFamily, System.Net.Sockets.SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Socket.ExclusiveAddressUse = true;   // nobody else may bind over us
            }
            Socket.Bind(endpoint);
            Socket.Listen(engine.Options.Backlog);
            Endpoint = (IPEndPoint)Socket.LocalEndPoint!;
        }
        catch (SocketException e)
        {
            Socket.Dispose();
            throw e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? new AddressAlreadyInUseException($"{address} is in use by another socket or program; choose another port or end it.", e)
                : new NetMQException($"Cannot bind to {address}: {e.Message} ({e.SocketErrorCode}).", e);
        }
        Address = TcpEndpoint.Format(Endpoint);
    }

    public Socket Socket { get; }

    public IPEndPoint Endpoint { get; }

    public string Address { get; }

    public bool WantsRead(long now) => now >= _pausedUntil;

    /// <summary>Accepts what waits, a bounded number at a time.</summary>
    public void Accept(long now)
    {
        try
        {
            for (int i = 0; i < AcceptsPerTurn && (i == 0 || Socket.Poll(0, SelectMode.SelectRead)); i++)
            {
                _engine.Accepted(Socket.Accept(), now);
            }
        }
        catch (SocketException e)
        {
            if (e.SocketErrorCode is not (SocketError.WouldBlock or SocketError.ConnectionAborted or SocketError.ConnectionReset))
            {
                _pausedUntil = now + Limits.AcceptPauseMs;   // no descriptors left: trying at once would only spin
                _engine.Schedule(_pausedUntil);
                MessagingEvents.Log.Failed(_engine.Pattern.Type.Name, $"accepting on {Address}: {e.SocketErrorCode}");
            }
        }
    }
}
