using System.Net;
using System.Net.Sockets;

namespace Bridge.Trials.Hosts;

/// <summary>Passes bytes between clients and a host, and cuts each connection after a random number of them: within a greeting, a frame, an answer.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _host;
    private readonly Random _random;
    private int _cut;

    public CuttingProxy(string host, int seed)
    {
        (_host, _random) = (new Uri(host), new Random(seed));
        _listener.Start();
        Endpoint = $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Endpoint { get; }

    public int Cut => Volatile.Read(ref _cut);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                int toHost, toClient;
                lock (_random)
                    (toHost, toClient) = (_random.Next(20_000), _random.Next(20_000));
                _ = ServeAsync(client, toHost, toClient);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The trial is over.
        }
    }

    private async Task ServeAsync(Socket client, int toHost, int toClient)
    {
        using var host = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await host.ConnectAsync(IPAddress.Parse(_host.Host), _host.Port, _stop.Token).ConfigureAwait(false);
                await Task.WhenAny(PumpAsync(client, host, toHost), PumpAsync(host, client, toClient)).ConfigureAwait(false);
                Interlocked.Increment(ref _cut);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The host is away, or the trial is over.
            }
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, int left)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (left > 0)
            {
                int count = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, left))).ConfigureAwait(false);
                if (count == 0)
                    return;
                await to.SendAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
                left -= count;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side was cut.
        }
    }
}
