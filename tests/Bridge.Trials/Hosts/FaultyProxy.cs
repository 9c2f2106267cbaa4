using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Trials.Hosts;

/// <summary>Stands between clients and a host and passes messages on, but for those that it drops, passes on twice, or keeps for a while so that others overtake
/// them. In both directions.</summary>
internal sealed class FaultyProxy : IDisposable
{
    private readonly Random _random;
    private readonly string _host;
    private readonly Thread _thread;
    private readonly TaskCompletionSource<string> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, (byte[] Id, DealerSocket Socket)> _backs = [];
    private readonly PriorityQueue<Action, long> _late = new();
    private volatile bool _over;

    public FaultyProxy(string host, int seed)
    {
        (_host, _random) = (host, new Random(seed));
        _thread = new Thread(Run) { Name = "faulty-proxy", IsBackground = true };
        _thread.Start();
        Endpoint = _bound.Task.GetAwaiter().GetResult();
    }

    /// <summary>Where clients connect to.</summary>
    public string Endpoint { get; }

    public int Dropped { get; private set; }

    public int Duplicated { get; private set; }

    public int Delayed { get; private set; }

    /// <summary>Why it ended early, or null.</summary>
    public Exception? Failure { get; private set; }

    public void Dispose()
    {
        _over = true;
        _thread.Join(TimeSpan.FromSeconds(10));
    }

    private void Run()
    {
        try
        {
            using var front = new RouterSocket();
            _bound.SetResult($"tcp://127.0.0.1:{front.BindRandomPort("tcp://127.0.0.1")}");
            List<byte[]>? frames = null;
            while (!_over)
            {
                if (front.TryReceiveMultipartBytes(TimeSpan.FromMilliseconds(1), ref frames))
                {
                    DealerSocket back = BackOf(frames[0]);
                    byte[][] message = [.. frames.Skip(1)];
                    Pass(() => back.TrySendMultipartBytes(TimeSpan.Zero, message));
                }
                foreach ((byte[] id, DealerSocket back) in _backs.Values)
                {
                    while (back.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames))
                    {
                        byte[][] message = [id, .. frames];
                        Pass(() => front.TrySendMultipartBytes(TimeSpan.Zero, message));
                    }
                }
                while (_late.TryPeek(out Action? send, out long due) && due <= Environment.TickCount64)
                {
                    _late.Dequeue();
                    send();
                }
            }
        }
        catch (NetMQException e)
        {
            Failure = e;
            _bound.TrySetException(e);
        }
        finally
        {
            foreach ((byte[] _, DealerSocket back) in _backs.Values)
                back.Dispose();
        }
    }

    private void Pass(Action send)
    {
        switch (_random.Next(20))
        {
            case 0 or 1:
                Dropped++;
                break;
            case 2 or 3:
                Duplicated++;
                send();
                _late.Enqueue(send, Environment.TickCount64 + _random.Next(300));
                break;
            case 4:
                Delayed++;
                _late.Enqueue(send, Environment.TickCount64 + _random.Next(300));
                break;
            default:
                send();
                break;
        }
    }

    private DealerSocket BackOf(byte[] id)
    {
        string key = Convert.ToHexString(id);
        if (_backs.TryGetValue(key, out (byte[] Id, DealerSocket Socket) known))
            return known.Socket;
        var socket = new DealerSocket();
        socket.Connect(_host);
        _backs.Add(key, (id, socket));
        return socket;
    }
}
