using BenchmarkDotNet.Attributes;
using Bridge.Contracts;

namespace Bridge.Benchmarks.Micro;

/// <summary>A question and its answer to frames, and back to records with every field checked.</summary>
public class MessageBenchmark
{
    private readonly string _id = Ids.New();
    private readonly SuggestRequest _request = new("session-1") { ClockMin = 123.5 };
    private readonly SuggestionReply _reply = new(SuggestionKind.Target, "best hole left in this patch: 7.3 good of 11 expected there, and a minute is worth 0.31 good holes")
    {
        Target = new Target { Item = 1234, Id = "g03/s07/p042/h17", GridImage = "g03", Square = "g03/s07", Patch = "g03/s07/p042", Stage = new StageUm(-312.25, 48.5, -61.75), PredictedCtfA = 4.75 },
        Probability = 0.8125,
        ExpectedMinutes = 2,
    };

    private List<byte[]> _requestFrames = null!;
    private List<byte[]> _replyFrames = null!;

    [GlobalSetup]
    public void Encode() => (_requestFrames, _replyFrames) = (EncodeSuggest(), EncodeSuggestion());

    [Benchmark]
    public List<byte[]> EncodeSuggest() => MessageCodec.Encode(_request.ToMessage(_id));

    [Benchmark]
    public Request DecodeSuggest() => Request.Parse(MessageCodec.Decode(_requestFrames));

    [Benchmark]
    public List<byte[]> EncodeSuggestion() => MessageCodec.Encode(_reply.ToMessage(_id));

    [Benchmark]
    public Reply DecodeSuggestion() => Reply.Parse(MessageCodec.Decode(_replyFrames));
}
