using System.Net;
using System.Net.Sockets;

namespace Bridge.Macros.Tests.Support;

/// <summary>Something at a port that is no agent host. Serves one connection after the other until disposed.</summary>
internal sealed class HostilePeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _connections;

    /// <param name="conversation">What it says to one client; the connection is closed after it.</param>
    public HostilePeer(Func<NetworkStream, CancellationToken, Task> conversation)
    {
        _listener.Start();
        _serving = ServeAsync(conversation);
    }

    public string Endpoint => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Clients that came so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _serving.Wait(10_000);
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> conversation)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                try
                {
                    await conversation(client.GetStream(), _stop.Token);
                }
                catch (IOException)
                {
                    // The client went away, as it should.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
