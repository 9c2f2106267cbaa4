using System.Globalization;
using System.Text;
using Bridge.Contracts;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.SerialEM.Tests.Support;

/// <summary>How a host behaves.</summary>
public enum Manner
{
    /// <summary>As it should.</summary>
    Good,

    /// <summary>Hears everything and says nothing.</summary>
    Silent,

    /// <summary>Answers after a while.</summary>
    Slow,

    /// <summary>Answers with frames that mean nothing, and with the right id on broken JSON.</summary>
    Garbage,

    /// <summary>Goes away with each request and comes back.</summary>
    Dying,
}

/// <summary>A host that can misbehave: targets numbered from 1 in a row, 1 µm apart, suggested in their order.</summary>
public sealed class FakeHost : IDisposable
{
    private readonly Thread _thread;
    private readonly int _targets;
    private readonly ManualResetEventSlim _bound = new();
    private readonly List<Request> _heard = [];
    private readonly int _port;
    private volatile bool _stop;
    private volatile Manner _manner;
    private int _next = 1;

    public FakeHost(int targets = 10, Manner manner = Manner.Good)
    {
        (_targets, _manner) = (targets, manner);
        using (var probe = new RouterSocket())
            _port = probe.BindRandomPort("tcp://127.0.0.1");
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
        Assert.IsTrue(_bound.Wait(TimeSpan.FromSeconds(10)));
    }

    public string Endpoint => $"tcp://127.0.0.1:{_port}";

    public Manner Manner
    {
        set => _manner = value;
    }

    /// <summary>How long a slow host takes.</summary>
    public int SlowMs { get; set; } = 60;

    /// <summary>Its version; by default that of the plugin.</summary>
    public string HostVersion { get; set; } = HostLink.Version;

    /// <summary>What a target looks like; by default item N at (N, 0, 0) µm in square "A".</summary>
    public Func<int, Target> TargetOf { get; set; } = item => new Target { Item = item, Id = $"{item}-A", Square = "A", Stage = new StageUm(item, 0, 0) };

    /// <summary>The answer to every question for a shift.</summary>
    public Reply BeamShift { get; set; } = new BeamShiftReply(BeamShiftKind.GoOn, "to see");

    /// <summary>What it answers to <c>next_segment</c>.</summary>
    public SegmentReply Segment { get; set; } = new(SegmentKind.GoOn, "segment 1 of 20") { Number = 1, X = 47.5, Y = 31.5, DirectionRad = 0.5 };

    /// <summary>Requests understood so far, each once.</summary>
    public Request[] Heard()
    {
        lock (_heard)
            return [.. _heard];
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join(TimeSpan.FromSeconds(10));
        _bound.Dispose();
    }

    private void Run()
    {
        while (!_stop)
        {
            using var socket = new RouterSocket();
            socket.Options.Linger = TimeSpan.Zero;
            socket.Bind(Endpoint);
            _bound.Set();
            List<byte[]>? frames = null;
            bool alive = true;
            while (!_stop && alive)
            {
                if (socket.TryReceiveMultipartBytes(TimeSpan.FromMilliseconds(20), ref frames))
                    alive = Serve(socket, frames);
            }
        }
    }

    private readonly Dictionary<string, Reply> _answers = [];

    /// <returns>False to die.</returns>
    private bool Serve(RouterSocket socket, List<byte[]> frames)
    {
        switch (_manner)
        {
            case Manner.Silent:
                return true;
            case Manner.Dying:
                return false;
            case Manner.Garbage:
                socket.SendMultipartBytes(frames[0], [1, 2, 3], [255]);
                socket.SendMultipartBytes(frames[0], frames[1], frames[2], frames[3], "{\"kind\": \"tar"u8.ToArray());
                return true;
            case Manner.Slow:
                Thread.Sleep(SlowMs);
                break;
        }
        BridgeMessage message = MessageCodec.Decode(frames[1..]);
        if (!_answers.TryGetValue(message.RequestId, out Reply? reply))
        {
            var request = Request.Parse(message);
            lock (_heard)
                _heard.Add(request);
            _answers[message.RequestId] = reply = Answer(request);
        }
        socket.SendMultipartBytes([frames[0], .. Encode(reply, message.RequestId)]);
        return true;
    }

    /// <summary>The places of a large session are written by hand: what the codec takes in memory for them would be collected in this
    /// process, while the client's calls are timed.</summary>
    private static List<byte[]> Encode(Reply reply, string requestId)
    {
        if (reply is not SessionOpenedReply { Places.Count: > 1000 } opened)
            return MessageCodec.Encode(reply.ToMessage(requestId));
        List<byte[]> frames = MessageCodec.Encode((opened with { Places = [] }).ToMessage(requestId));
        var json = new StringBuilder(Encoding.UTF8.GetString(frames[3]).Replace("\"places\":[]}", "\"places\":[", StringComparison.Ordinal));
        foreach ((int item, StageUm stage) in opened.Places)
            json.Append(CultureInfo.InvariantCulture, $"{item},{stage.X},{stage.Y},{stage.Z},");
        json.Length--;
        frames[3] = Encoding.UTF8.GetBytes(json.Append("]}").ToString());
        return frames;
    }

    private Reply Answer(Request request) => request switch
    {
        HelloRequest => new WelcomeReply(HostVersion, ["fake"], []),
        OpenSessionRequest { Path: { } path } when path.Contains("missing", StringComparison.Ordinal) => new FaultReply(FaultCode.UnreadableFile, $"{path} is not there; save the Navigator first"),
        OpenSessionRequest open => new SessionOpenedReply(open.Session, _targets, false, "fake")
        {
            Places = [.. Enumerable.Range(1, _targets).Select(item => (item, TargetOf(item).Stage))],
        },
        SuggestRequest when _next > _targets => new SuggestionReply(SuggestionKind.Stop, "nothing is left"),
        SuggestRequest => new SuggestionReply(SuggestionKind.Target, "it is next") { Target = TargetOf(_next++), Probability = 0.5, ExpectedMinutes = 2 },
        ReportCtfRequest report when report.Item > _targets => new FaultReply(FaultCode.UnknownItem, $"no item {report.Item}"),
        ExplainRequest explain => new ExplanationReply("about " + explain.About),
        CloseSessionRequest => new SessionClosedReply(7),
        BeginAlignmentRequest begin => new AlignmentBegunReply(begin.Session, "fake"),
        NextBeamShiftRequest => BeamShift,
        BeginScanRequest begin => new ScanBegunReply(begin.Session, "fake", 20, begin.Positions),
        NextSegmentRequest => Segment,
        _ => new AckReply(1),
    };
}
