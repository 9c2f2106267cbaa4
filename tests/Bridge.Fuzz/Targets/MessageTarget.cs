using System.Text;
using Bridge.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json.Linq;

namespace Bridge.Fuzz.Targets;

/// <summary>Requests and replies: the type, a line feed, the JSON frame. What was read and is written again must be read the same.</summary>
internal sealed class MessageTarget : FuzzTarget
{
    public override string Name => "messages";

    public override IReadOnlyList<string> Words =>
    [
        "hello", "prove", "open_session", "session_opened", "suggestion", "observe_segment", "begin_scan", "fault", "welcome", "\"session\":", "\"targets\":", "\"places\":", "\"item\":", "\"x_um\":", "\"planner\":",
        "\"goal\":", "\"allowed\":", "\"values\":", "null", "true", "[", "]", "{", "}", ",", ":", "[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "\\ud800", "/*", "//", "'", "undefined",
    ];

    public override Gen<byte[]> Valid => Gen.OneOf(Requests.Select(request => (request.Type, Json: request.ToJson())), Replies.Select(reply => (reply.Type, Json: reply.ToJson())))
        .Select(message => Encoding.UTF8.GetBytes($"{message.Type}\n{message.Json}"));

    private static Gen<double> Number => Gen.Choose(-1_000_000, 1_000_000).Select(value => value / 128.0);

    private static Gen<string> Text => Gen.Elements('a', 'Z', '0', '_', ' ', '"', '\\', '\u00e9', '\n', '\u2026').ArrayOf().Select(letters => new string(letters));

    private static Gen<Target> Holes => from item in Gen.Choose(1, 100_000)
                                        from x in Number
                                        from y in Number
                                        from name in Text
                                        select new Target { Item = item, Id = name, GridImage = "g", Square = $"s{item % 7}", Patch = $"p{item % 31}", Stage = new StageUm(x, y, 0), PredictedCtfA = 4.5 };

    private static Gen<Request> Requests => Gen.OneOf(
        Text.Select(Request (name) => new HelloRequest(name)),
        Holes.ArrayOf().Where(holes => holes.Length > 0 && holes.DistinctBy(hole => hole.Item).Count() == holes.Length)
            .Select(Request (holes) => new OpenSessionRequest("s") { Targets = holes, Planner = "rate", Minutes = "2,3,5,10", MinutesLeft = 480 }),
        Number.Select(Request (value) => new SetBudgetRequest("s", Math.Abs(value))),
        Number.Select(Request (value) => new UpdateStageRequest("s", new StageUm(value, -value, value / 3)) { ClockMin = Math.Abs(value) }),
        Gen.Choose(1, 900).Select(Request (item) => new ReportCtfRequest("s", item, 0.1 + item) { FitScore = 0.5, DefocusUm = -1 }),
        Gen.Choose(1, 1000).Select(Request (item) => new ReportSkippedRequest("s", item, (SkipReason)(item % 6))),
        Number.Select(Request (value) => new BeginAlignmentRequest("s", value, -value, 1 + Math.Abs(value))),
        Number.ArrayOf().Where(values => values.Length > 0).Select(Request (values) => new ObserveSegmentRequest("s", values)),
        Gen.Choose(8, 4096).Select(Request (size) => new BeginScanRequest("s", size, 4104 - size)),
        Gen.Constant<Request>(new ProveRequest(new string('a', 64), new string('0', 64))));

    private static Gen<Reply> Replies => Gen.OneOf(
        Gen.Choose(1, 1000).Select(Reply (seq) => new AckReply(seq)),
        Text.Select(Reply (text) => new FaultReply(FaultCode.BadField, text)),
        Text.Select(Reply (text) => new ExplanationReply(text)),
        Holes.Select(Reply (hole) => new SuggestionReply(SuggestionKind.Target, "because") { Target = hole, Probability = 0.5, ExpectedMinutes = 2 }),
        Gen.Constant<Reply>(new WelcomeReply("1.0.0", ["rate"], ["s"])));

    public override string? Read(byte[] input)
    {
        int end = Array.IndexOf(input, (byte)'\n');
        byte[] type = end < 0 ? [] : input[..end];
        try
        {
            BridgeMessage message = MessageCodec.Decode([Encoding.ASCII.GetBytes(Protocol.Version), type, "id"u8.ToArray(), input[(end + 1)..]]);
            return MessageCodec.RequestIdOf(MessageCodec.Encode(message)) == "id" ? Parse(message) : throw new FuzzFailure("the request id was lost");
        }
        catch (ContractException e)
        {
            return e.Message;
        }
    }

    private static string? Parse(BridgeMessage message)
    {
        JObject once, twice;
        if (IsReply(message.Type))
        {
            Reply reply = Reply.Parse(message);
            once = reply.ToJson();
            twice = Reply.Parse(MessageCodec.Decode(MessageCodec.Encode(reply.ToMessage("id")))).ToJson();
        }
        else
        {
            Request request = Request.Parse(message);
            once = request.ToJson();
            twice = Request.Parse(MessageCodec.Decode(MessageCodec.Encode(request.ToMessage("id")))).ToJson();
        }
        return JToken.DeepEquals(once, twice) ? null : throw new FuzzFailure($"written {once}, read again {twice}");
    }

    private static bool IsReply(string type) => type is MessageTypes.Welcome or MessageTypes.Challenge or MessageTypes.SessionOpened or MessageTypes.Ack or MessageTypes.Suggestion or MessageTypes.Explanation
        or MessageTypes.AlignmentBegun or MessageTypes.BeamShift or MessageTypes.ScanBegun or MessageTypes.Segment or MessageTypes.SessionClosed or MessageTypes.Fault;
}
