using BenchmarkDotNet.Attributes;
using Bridge.AgentHost.Serving;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>What opening a session with its targets in the message is made of, step by step.</summary>
public class OpeningBenchmark
{
    private readonly JournalLine _line = new();
    private OpenSessionRequest _request = null!;
    private BridgeMessage _message = null!;
    private List<byte[]> _frames = null!;
    private List<byte[]> _replyFrames = null!;
    private Grid _grid = null!;

    [Params(2341, 20_000)]
    public int Targets { get; set; }

    [GlobalSetup]
    public void Make()
    {
        _grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Targets, seed: 0)).Grid;
        _request = new OpenSessionRequest("session-1") { Targets = [.. _grid.ToTargets()], ClockMin = 0 };
        _message = _request.ToMessage(Ids.New());
        _frames = Encode();
        _replyFrames = EncodeReply();
    }

    [Benchmark]
    public List<byte[]> Encode() => MessageCodec.Encode(_request.ToMessage("1"));

    [Benchmark]
    public BridgeMessage DecodeFrames() => MessageCodec.Decode(_frames);

    [Benchmark]
    public Request ParseFields() => Request.Parse(_message);

    [Benchmark]
    public Grid BuildGrid() => GridBuilder.FromTargets(_request.Targets);

    [Benchmark]
    public IPlanner CreatePlanner() => Planners.Create(Planners.Default, _grid, seed: 0);

    [Benchmark]
    public int FormatJournalLine() => _line.Format(1, DateTimeOffset.UnixEpoch, _message.Type, JournalledExchange.ToPayload(_message, new AckReply(1), atMin: 0)).Length;

    [Benchmark]
    public List<byte[]> EncodeReply() => MessageCodec.Encode(
        new SessionOpenedReply("session-1", Targets, Resumed: false, "rate") { Places = [.. _grid.Holes.Select(hole => (hole.Item, hole.Stage))] }.ToMessage("1"));

    [Benchmark]
    public Reply DecodeReply() => Reply.Parse(MessageCodec.Decode(_replyFrames));
}
