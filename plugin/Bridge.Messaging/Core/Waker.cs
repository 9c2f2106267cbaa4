using System.Net;
using System.Net.Sockets;

namespace NetMQ.Core;

/// <summary>
/// Ends a wait on sockets from another thread: a datagram socket connected to itself on loopback, which no other socket can reach.
/// </summary>
internal sealed class Waker : IDisposable
{
    private static readonly byte[] Signal = [1];

    private readonly byte[] _sink = new byte[16];
    private int _set;

    public Waker()
    {
        Socket = new Socket(AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
    }

    public Socket Socket { get; }

    public bool IsSet => Volatile.Read(ref _set) != 0;

    public void Set()
    {
        if (Interlocked.Exchange(ref _set, 1) != 0)
        {
            return;
        }
        try
        {
            Socket.Send(Signal, SocketFlags.None, out _);   // a full buffer would mean that a signal waits already
        }
        catch (ObjectDisposedException)
        {
            return;   // whom it should wake is gone
        }
    }

    /// <summary>Takes the signals off. What they announced must be looked for afterwards.</summary>
    public void Reset()
    {
        while (Socket.Receive(_sink, SocketFlags.None, out _) > 0)
        {
        }
        Interlocked.Exchange(ref _set, 0);
    }

    public void Dispose() => Socket.Dispose();
}
