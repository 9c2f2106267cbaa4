using System.Net;
using System.Net.Sockets;
using NetMQ.Core.Wire;

namespace Bridge.Messaging.Tests.Support;

/// <summary>A TCP client that speaks as much ZMTP as a test wants, and anything else.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpClient _client = new();

    public RawPeer(int port, int receiveBuffer = 0)
    {
        if (receiveBuffer > 0)
        {
            _client.ReceiveBufferSize = receiveBuffer;
        }
        _client.NoDelay = true;
        _client.ReceiveTimeout = _client.SendTimeout = 10_000;
        _client.Connect(IPAddress.Loopback, port);
    }

    private RawPeer(TcpClient accepted)
    {
        _client = accepted;
        _client.ReceiveTimeout = _client.SendTimeout = 10_000;
    }

    public static RawPeer Accept(TcpListener listener) => new(listener.AcceptTcpClient());

    /// <summary>
    /// Greets and sends READY as a socket of this type, and reads the other side's greeting and READY. Those say nothing of what it thinks of
    /// ours, so unless told otherwise a PING and its PONG show that it has let us in.
    /// </summary>
    public RawPeer Handshake(string type = "DEALER", byte[]? identity = null, byte minor = 1, bool confirm = true)
    {
        byte[] greeting = Greeting.Build("NULL", asServer: false);
        greeting[11] = minor;
        Send(greeting);
        Send(Command.Encode("READY", new Metadata(type, identity ?? []).Encode()));
        Receive(Greeting.Size);
        (byte flags, _) = ReceiveFrame();
        Assert.AreEqual(FrameCodec.Command, flags);
        if (confirm)
        {
            Send(Command.Ping(ttlDeciseconds: 0));
            CollectionAssert.AreEqual("\u0004PONG"u8.ToArray(), ReceiveFrame().Body);
        }
        return this;
    }

    public void Send(ReadOnlySpan<byte> bytes) => _client.Client.Send(bytes);

    public void SendFrame(byte[] body, byte flags = 0) => Send(FrameCodec.Encode(flags, body));

    public byte[] Receive(int count)
    {
        byte[] bytes = new byte[count];
        _client.GetStream().ReadExactly(bytes);
        return bytes;
    }

    public (byte Flags, byte[] Body) ReceiveFrame()
    {
        byte[] header = Receive(2);
        if ((header[0] & FrameCodec.Long) == 0)
        {
            return (header[0], Receive(header[1]));
        }
        byte[] rest = Receive(7);
        int size = rest[3] << 24 | rest[4] << 16 | rest[5] << 8 | rest[6];
        return ((byte)(header[0] & ~FrameCodec.Long), Receive(size));
    }

    /// <summary>True when the other side closes the connection within the receive timeout; what it still sends is skipped.</summary>
    public bool IsClosedByPeer(int timeoutMs = 10_000)
    {
        byte[] sink = new byte[4096];
        long until = Environment.TickCount64 + timeoutMs;
        try
        {
            while (Environment.TickCount64 < until)
            {
                if (_client.Client.Poll(100_000, SelectMode.SelectRead) && _client.Client.Receive(sink) == 0)
                {
                    return true;
                }
            }
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return true;
        }
    }

    public void Dispose() => _client.Dispose();
}
