using System.Collections.Concurrent;
using Bridge.Contracts;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Client.Tests.Support;

/// <summary>A ROUTER on a loopback port that does with each request what the test says: returns the messages to send back, none or many.</summary>
internal sealed class FakeHost : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Queue<(byte[] Peer, List<byte[]> Frames)> _held = new();  // the host's thread only
    private byte[] _peer = [];
    private volatile Func<BridgeMessage, IEnumerable<List<byte[]>>> _behaviour;
    private RouterSocket? _router;
    private Thread? _thread;
    private volatile bool _released;
    private volatile bool _stop;

    public FakeHost(Func<BridgeMessage, IEnumerable<List<byte[]>>>? behaviour = null, bool start = true)
    {
        _behaviour = behaviour ?? Honest.Answer;
        using (var probe = new RouterSocket())
            Port = probe.BindRandomPort("tcp://127.0.0.1");
        if (start)
            Start();
    }

    public int Port { get; }

    public string Endpoint => $"tcp://127.0.0.1:{Port}";

    /// <summary>What a good host keeps over its deaths.</summary>
    public HonestHost Honest { get; } = new();

    /// <summary>Every message that arrived, repeated ones too.</summary>
    public ConcurrentQueue<BridgeMessage> Received { get; } = new();

    public void Behave(Func<BridgeMessage, IEnumerable<List<byte[]>>> behaviour) => _behaviour = behaviour;

    /// <summary>Answers like a good host, but only from <see cref="ReleaseHeld"/> on.</summary>
    public void HoldAnswers()
    {
        _released = false;
        Behave(message =>
        {
            foreach (List<byte[]> answer in Honest.Answer(message))
                _held.Enqueue((_peer, answer));
            return [];
        });
    }

    public void ReleaseHeld() => _released = true;

    public void Start()
    {
        long began = Environment.TickCount64;
        _router = new RouterSocket();
        _router.Options.Linger = TimeSpan.Zero;
        while (true)
        {
            try
            {
                _router.Bind(Endpoint);
                break;
            }
            catch (AddressAlreadyInUseException) when (Environment.TickCount64 - began < Limit.TotalMilliseconds)
            {
                Thread.Yield();  // the port of the life before is not free yet
            }
        }
        _stop = false;
        _thread = new Thread(Run) { Name = "fake-host", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Dies without a word.</summary>
    public void Kill()
    {
        _stop = true;
        if (_thread is not null && !_thread.Join(Limit))
            throw new TimeoutException("the fake host did not stop");
        _thread = null;
        _router?.Dispose();
        _router = null;
    }

    public void Dispose() => Kill();

    private void Run()
    {
        List<byte[]>? frames = null;
        while (!_stop)
        {
            while (_released && _held.TryDequeue(out (byte[] Peer, List<byte[]> Frames) answer))
                Send(answer.Peer, answer.Frames);
            if (!_router!.TryReceiveMultipartBytes(TimeSpan.FromMilliseconds(5), ref frames))
                continue;
            _peer = frames[0];
            BridgeMessage message = MessageCodec.Decode(frames[1..]);
            Received.Enqueue(message);
            foreach (List<byte[]> answer in _behaviour(message))
                Send(_peer, answer);
        }
    }

    private void Send(byte[] peer, List<byte[]> frames) => _router!.TrySendMultipartBytes(TimeSpan.FromMilliseconds(100), [peer, .. frames]);
}
