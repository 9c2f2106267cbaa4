using System.Diagnostics;
using System.Globalization;
using Bridge.Benchmarks.Measuring;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Benchmarks.RoundTrip;

/// <summary>Our DEALER against a ROUTER in another process, ours or libzmq's.</summary>
internal sealed class DealerPingPong : IPingPong
{
    private readonly ChildProcess _router;
    private readonly DealerSocket _dealer = new();
    private readonly byte[] _request = Payload.Make(Payload.Echo);

    public DealerPingPong(string name, ChildProcess router)
    {
        (Name, _router) = (name, router);
        try
        {
            _dealer.Options.Linger = TimeSpan.Zero;
            _dealer.Connect($"tcp://127.0.0.1:{int.Parse(router.ReadLine(Payload.Limit), CultureInfo.InvariantCulture)}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public Latency Ping(int count)
    {
        var latency = new Latency();
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Exchange(_request);
            latency.AddSince(start);
        }
        return latency;
    }

    public double Stream(int count)
    {
        byte[] message = Payload.Make(Payload.Take), last = Payload.Make(Payload.Last);
        long start = Stopwatch.GetTimestamp();
        for (int i = 1; i < count; i++)
        {
            if (!_dealer.TrySendFrame(Payload.Limit, message))
                throw new TimeoutException($"{Name}: the other side takes no more");
        }
        Exchange(last);
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _dealer.Dispose();
        _router.Dispose();
    }

    private void Exchange(byte[] request)
    {
        if (!_dealer.TrySendFrame(Payload.Limit, request) || !_dealer.TryReceiveFrameBytes(Payload.Limit, out byte[]? reply))
            throw new TimeoutException($"{Name}: no answer within {Payload.Limit.TotalSeconds:0} s");
        if (reply.Length != request.Length || reply[0] != request[0])
            throw new InvalidOperationException($"{Name}: the answer is not the echo of the request");
    }
}
