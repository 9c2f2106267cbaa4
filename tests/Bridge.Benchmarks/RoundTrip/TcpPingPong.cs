using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bridge.Benchmarks.Measuring;

namespace Bridge.Benchmarks.RoundTrip;

/// <summary>
/// The same bytes over a plain TCP connection: what the machine can do at most. With polling, both sides ask the system
/// whether something is there before they read, as everything must that serves more than one connection with one thread.
/// </summary>
internal sealed class TcpPingPong : IPingPong
{
    private readonly bool _poll;
    private readonly ChildProcess _echo;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = Payload.Make(Payload.Echo);
    private readonly byte[] _reply = new byte[Payload.Bytes];

    public TcpPingPong(bool poll)
    {
        _poll = poll;
        _echo = ChildProcess.Dotnet("Bridge.Benchmarks.dll", "echo", poll ? "tcp-poll" : "tcp");
        try
        {
            int port = int.Parse(_echo.ReadLine(Payload.Limit), CultureInfo.InvariantCulture);
            _socket.ReceiveTimeout = _socket.SendTimeout = (int)Payload.Limit.TotalMilliseconds;
            _socket.Connect(IPAddress.Loopback, port);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name => _poll ? "raw TCP, poll before read" : "raw TCP, blocking";

    public Latency Ping(int count)
    {
        var latency = new Latency();
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _socket.Send(_request);
            if (!Receive(_socket, _reply, _poll))
                throw new InvalidOperationException("the TCP echo side closed the connection");
            latency.AddSince(start);
        }
        return latency;
    }

    public double Stream(int count) => double.NaN;

    public void Dispose()
    {
        _socket.Dispose();
        _echo.Dispose();
    }

    /// <summary>Fills the buffer.</summary>
    /// <returns>False if the other side closed the connection.</returns>
    public static bool Receive(Socket socket, byte[] buffer, bool poll)
    {
        for (int have = 0; have < buffer.Length;)
        {
            if (poll && !socket.Poll(Payload.Limit, SelectMode.SelectRead))
                throw new TimeoutException("no answer over TCP");
            int read = socket.Receive(buffer, have, buffer.Length - have, SocketFlags.None);
            if (read == 0)
                return false;
            have += read;
        }
        return true;
    }
}
