using System.Text;
using Newtonsoft.Json.Linq;

namespace Bridge.Contracts.Tests;

[TestClass]
public sealed class RequestTests
{
    private static readonly Target Hole = new()
    {
        Item = 7,
        Id = "h7",
        GridImage = "g",
        Square = "g/s",
        Patch = "g/s/p",
        Stage = new StageUm(1.5, -2, 3),
        PredictedCtfA = 4.2,
        Probability = 0.75,
        ImageShiftGroup = 2,
        Shots = 9,
    };

    public static IEnumerable<object[]> EveryRequest =>
    [
        [new HelloRequest("test 1")],
        [new HelloRequest("test 1") { Nonce = new string('a', 64) }],
        [new ProveRequest(new string('a', 64), new string('0', 64))],
        [new OpenSessionRequest("s") { Path = "a.nav", Planner = "rate", Seed = -3, Minutes = "2,3,5,10", MinutesLeft = 480 }],
        [new OpenSessionRequest("s") { Path = "a.nav", Allowed = new AllowedArea(-1, 2, -3, 4) }],
        [new SetBudgetRequest("s", 12.5)],
        [new SetEndTimeRequest("s", "2026-01-31T07:30Z")],
        [new OpenSessionRequest("s") { Path = "a.nav", EndTime = "07:30", Shadow = "bayes" }],
        [new ReportMoveRequest("s", 4, 2.5)],
        [new OpenSessionRequest("s") { Path = "a.nav", Planner = "adaptive", SurveyMinutes = 0.8 }],
        [new ReportPredictionsRequest("s", [new Prediction(4) { CtfA = 5.5 }, new Prediction(5) { Probability = 0.25 }])],
        [new ReportPredictionsRequest("s", []) { Path = "a.nav" }],
        [new OpenSessionRequest("s") { Path = "a.nav", Planner = "groups", MaxShiftUm = 8, ShotMinutes = 0.2 }],
        [new SetGoalRequest("s", new Goal { MaxShots = 500, LeastPerSquare = 3, DefocusFromUm = -0.8, DefocusToUm = -2, Avoid = [4, 9] })],
        [new OpenSessionRequest("s") { Path = "a.nav", Goal = new Goal { Count = GoalCount.Score } }],
        [new UpdateStageRequest("s", new StageUm(1, 2, 3))],
        [new SuggestRequest("s") { ClockMin = 17.25 }],
        [new ReportVisitRequest("s", 4)],
        [new ReportCtfRequest("s", 4, 3.9) { FitScore = 0.1, DefocusUm = -1.5, Score = 312 }],
        [new ReportSkippedRequest("s", 4, SkipReason.Later)],
        [new ExplainRequest("s", "item 4")],
        [new BeginAlignmentRequest("s", 4, -8.5, 10) { Tolerance = 0.5, MaxSteps = 12, MaxStep = 2.5, FirstShift = 0.25, Policy = "least-squares" }],
        [new BeginAlignmentRequest("s", 0, 0, 1e-6)],
        [new ObserveBeamRequest("s", 1.25, -3)],
        [new ObserveBeamRequest("s", null, null)],
        [new NextBeamShiftRequest("s")],
        [new BeginScanRequest("s", 96, 128) { Policy = "spiral", Coverage = 0.05, Positions = 10, Seed = -2, ValueMin = -1, ValueMax = 4.5 }],
        [new GetScanImageRequest("s") { Row = 12 }],
        [new ObserveSegmentRequest("s", [1, 2.5, -3])],
        [new NextSegmentRequest("s")],
        [new CloseSessionRequest("s")],
    ];

    public static IEnumerable<object[]> EveryReply =>
    [
        [new AckReply(17)],
        [new ChallengeReply(new string('b', 64), new string('9', 64))],
        [new SuggestionReply(SuggestionKind.Target, "because") { Target = Hole, Probability = 0.5, ExpectedMinutes = 3 }],
        [new AckReply(18) { MinutesLeft = 480.5 }],
        [new SuggestionReply(SuggestionKind.Target, "because") { Target = Hole, Shadow = new ShadowAdvice("bayes", 9, 0.25) }],
        [new SuggestionReply(SuggestionKind.Survey, "look") { Target = Hole, ExpectedMinutes = 1 }],
        [new SuggestionReply(SuggestionKind.Target, "because") { Target = Hole, DefocusUm = -1.25 }],
        [new SuggestionReply(SuggestionKind.UpLevel, "done here") { Leaves = SpecimenLevel.Square }],
        [new SuggestionReply(SuggestionKind.UpLevel, "poor")],
        [new SuggestionReply(SuggestionKind.Stop, "done")],
        [new ExplanationReply("text")],
        [new AlignmentBegunReply("s", "least-squares")],
        [new BeamShiftReply(BeamShiftKind.GoOn, "to see") { ShiftX = 0.1, ShiftY = -2, Distance = 12.5 }],
        [new BeamShiftReply(BeamShiftKind.GiveUp, "dead")],
        [new ScanBegunReply("s", "spiral", 20, 20) { File = "/a/b.mrc", Warning = "too large" }],
        [new SegmentReply(SegmentKind.GoOn, "segment 2") { Number = 2, X = 47.5, Y = 12.25, DirectionRad = -3.1 }],
        [new SegmentReply(SegmentKind.Done, "all") { Number = 20, File = "/a.mrc" }],
        [new SegmentReply(SegmentKind.GoOn, "one") { Number = 1, Ahead = (3, 4.5, -1) }],
        [new SegmentReply(SegmentKind.Done, "all") { Number = 20 }],
        [new SessionClosedReply(99)],
        [new FaultReply(FaultCode.UnknownItem, "no item 4")],
    ];

    [TestMethod]
    [DynamicData(nameof(EveryRequest))]
    public void Parse_WhatToMessageMade_IsTheSame(Request request)
    {
        Request back = Request.Parse(request.ToMessage("id"));

        Assert.AreEqual(request.GetType(), back.GetType());
        Assert.AreEqual(request.ToJson().ToString(), back.ToJson().ToString());
    }

    [TestMethod]
    [DynamicData(nameof(EveryReply))]
    public void Parse_ReplyThatToMessageMade_IsTheSame(Reply reply)
        => Assert.AreEqual(reply, Reply.Parse(reply.ToMessage("id")));

    [TestMethod]
    public void Parse_OpeningWithTargets_KeepsThem()
    {
        var request = new OpenSessionRequest("s") { Targets = [Hole, Hole with { Item = 8, Id = "h8", Patch = "", PredictedCtfA = null }] };

        var back = (OpenSessionRequest)Request.Parse(request.ToMessage("id"));

        CollectionAssert.AreEqual(request.Targets.ToArray(), back.Targets.ToArray());
    }

    [TestMethod]
    public void Parse_OpenedWithPlaces_KeepsThem()
    {
        var reply = new SessionOpenedReply("s", 2, true, "rate") { Places = [(3, new StageUm(1, 2, 3)), (9, new StageUm(-1.25, 0, 0))], Warnings = ["odd"], Minutes = "1.5,2,4,9" };

        var back = (SessionOpenedReply)Reply.Parse(reply.ToMessage("id"));

        CollectionAssert.AreEqual(reply.Places.ToArray(), back.Places.ToArray());
        CollectionAssert.AreEqual(reply.Warnings.ToArray(), back.Warnings.ToArray());
        Assert.AreEqual(reply.Minutes, back.Minutes);
        Assert.IsTrue(back.Resumed);
    }

    [TestMethod]
    public void Decode_OpenedWithPlaces_KeepsThemAndWhatStandsBehind()
    {
        var reply = new SessionOpenedReply("s", 2, true, "rate") { Places = [(3, new StageUm(1, 2, 3)), (9, new StageUm(-1.25, 0, 0))], Unknown = new JObject { ["newer"] = new JObject { ["places"] = new JArray(1) } } };

        var back = (SessionOpenedReply)Reply.Parse(MessageCodec.Decode(MessageCodec.Encode(reply.ToMessage("id"))));

        CollectionAssert.AreEqual(reply.Places.ToArray(), back.Places.ToArray());
        Assert.IsTrue(JToken.DeepEquals(reply.Unknown, back.Unknown));
    }

    [TestMethod]
    [DataRow("[1,2,3]", FaultCode.BadField)]
    [DataRow("[1,2,3,true]", FaultCode.BadField)]
    [DataRow("[1,[2,{\"places\":[3]}],3,4]", FaultCode.BadField)]
    [DataRow("[1,2,3,99999999999999999999999]", FaultCode.BadField)]
    [DataRow("{\"a\":1}", FaultCode.BadField)]
    [DataRow("\"AAAA\"", FaultCode.BadField)]
    [DataRow("[1,2", FaultCode.BadFrame)]
    [DataRow("[1,2,3,4],\"places\":[]", FaultCode.BadFrame)]
    [DataRow("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", FaultCode.BadFrame)]
    public void Decode_OpenedWithOddPlaces_IsRefused(string places, FaultCode code)
    {
        List<byte[]> frames = MessageCodec.Encode(new SessionOpenedReply("s", 1, false, "rate").ToMessage("id"));
        frames[3] = Encoding.UTF8.GetBytes($"{{\"session\":\"s\",\"targets\":1,\"planner\":\"rate\",\"places\":{places}}}");

        Assert.AreEqual(code, Assert.ThrowsExactly<ContractException>(() => Reply.Parse(MessageCodec.Decode(frames))).Code);
    }

    [TestMethod]
    public void Decode_OpenedWithTooManyPlaces_IsRefusedInBoundedMemory()
    {
        List<byte[]> frames = MessageCodec.Encode(new SessionOpenedReply("s", 1, false, "rate").ToMessage("id"));
        frames[3] = Encoding.UTF8.GetBytes($"{{\"session\":\"s\",\"targets\":1,\"planner\":\"rate\",\"places\":[1{string.Concat(Enumerable.Repeat(",1", 4 * OpenSessionRequest.MaxTargets + 8))}]}}");

        Assert.AreEqual(FaultCode.TooLarge, Assert.ThrowsExactly<ContractException>(() => Reply.Parse(MessageCodec.Decode(frames))).Code);
    }

    [TestMethod]
    public void Parse_Welcome_KeepsNames()
    {
        var back = (WelcomeReply)Reply.Parse(new WelcomeReply("1.2.3", ["rate", "nearest"], ["s"]).ToMessage("id"));

        CollectionAssert.AreEqual(new[] { "rate", "nearest" }, back.Planners.ToArray());
        CollectionAssert.AreEqual(new[] { "s" }, back.Sessions.ToArray());
    }

    [TestMethod]
    public void ToJson_UnknownFields_ArePassedOn()
    {
        var body = new JObject
        {
            ["session"] = "s",
            ["new_in_2"] = new JObject { ["deep"] = 1 },
            ["targets"] = new JArray(new JObject { ["x_um"] = 1, ["y_um"] = 2, ["ice_nm"] = 35 }),
        };

        JObject again = Request.Parse(new BridgeMessage(MessageTypes.OpenSession, "id", body)).ToJson();

        Assert.AreEqual(1, (int)again["new_in_2"]!["deep"]!);
        Assert.AreEqual(35, (int)again["targets"]![0]!["ice_nm"]!);
    }

    [TestMethod]
    [DataRow("set_budget", "{\"session\":\"s\"}", "minutes_left")]
    [DataRow("set_budget", "{\"session\":\"s\",\"minutes_left\":\"ten\"}", "minutes_left")]
    [DataRow("set_budget", "{\"session\":\"s\",\"minutes_left\":-1}", "minutes_left")]
    [DataRow("set_budget", "{\"session\":\"s\",\"minutes_left\":NaN}", "minutes_left")]
    [DataRow("set_budget", "{\"session\":\"s\",\"minutes_left\":1e999}", "minutes_left")]
    [DataRow("report_ctf", "{\"session\":\"s\",\"item\":1.5,\"ctf_max_res_a\":4}", "item")]
    [DataRow("report_ctf", "{\"session\":\"s\",\"item\":123456789012345678901234567890,\"ctf_max_res_a\":4}", "item")]
    [DataRow("report_ctf", "{\"session\":\"s\",\"item\":1,\"ctf_max_res_a\":0}", "ctf_max_res_a")]
    [DataRow("report_skipped", "{\"session\":\"s\",\"item\":1,\"reason\":6}", "reason")]
    [DataRow("update_stage", "{\"session\":\"s\",\"x_um\":1}", "y_um")]
    [DataRow("suggest", "{\"session\":\"../../etc\"}", "session")]
    [DataRow("suggest", "{\"session\":5}", "session")]
    [DataRow("open_session", "{\"session\":\"s\"}", "path")]
    [DataRow("begin_alignment", "{\"session\":\"s\",\"goal_x\":0,\"goal_y\":0}", "max_shift")]
    [DataRow("begin_alignment", "{\"session\":\"s\",\"goal_x\":NaN,\"goal_y\":0,\"max_shift\":1}", "goal_x")]
    [DataRow("begin_alignment", "{\"session\":\"s\",\"goal_x\":0,\"goal_y\":0,\"max_shift\":0}", "max_shift")]
    [DataRow("begin_alignment", "{\"session\":\"s\",\"goal_x\":0,\"goal_y\":0,\"max_shift\":1,\"tolerance\":0}", "tolerance")]
    [DataRow("begin_alignment", "{\"session\":\"s\",\"goal_x\":0,\"goal_y\":0,\"max_shift\":1,\"max_steps\":1001}", "max_steps")]
    [DataRow("begin_alignment", "{\"session\":\"s\",\"goal_x\":0,\"goal_y\":0,\"max_shift\":1,\"first_shift\":2}", "first_shift")]
    [DataRow("observe_beam", "{\"session\":\"s\",\"x\":1}", "'y'")]
    [DataRow("observe_beam", "{\"session\":\"s\",\"x\":1,\"y\":1e7}", "'y'")]
    [DataRow("observe_beam", "{\"session\":\"s\",\"x\":NaN,\"y\":1}", "'x'")]
    [DataRow("begin_scan", "{\"session\":\"s\",\"width\":96}", "height")]
    [DataRow("begin_scan", "{\"session\":\"s\",\"width\":96,\"height\":96,\"value_min\":1}", "value_max")]
    [DataRow("begin_scan", "{\"session\":\"s\",\"width\":96,\"height\":96,\"value_min\":1,\"value_max\":1}", "value_max")]
    [DataRow("observe_segment", "{\"session\":\"s\",\"values\":[1,NaN]}", "value 2 of 2")]
    [DataRow("get_scan_image", "{\"session\":\"s\",\"row\":-1}", "row")]
    [DataRow("begin_scan", "{\"session\":\"s\",\"width\":96,\"height\":5000}", "height")]
    [DataRow("begin_scan", "{\"session\":\"s\",\"width\":96,\"height\":96,\"coverage\":0.9}", "coverage")]
    [DataRow("observe_segment", "{\"session\":\"s\"}", "values")]
    [DataRow("observe_segment", "{\"session\":\"s\",\"values\":[1,\"2\"]}", "value 2")]
    [DataRow("observe_segment", "{\"session\":\"s\",\"values\":[NaN]}", "value 1")]
    [DataRow("open_session", "{\"session\":\"s\",\"targets\":[1]}", "target 1")]
    [DataRow("open_session", "{\"session\":\"s\",\"targets\":[{\"x_um\":1,\"y_um\":1e9}]}", "y_um")]
    [DataRow("suggest", "{\"session\":\"s\",\"clock_min\":-5}", "clock_min")]
    public void Parse_BadField_IsRefusedByName(string type, string json, string name)
    {
        JObject body = MessageCodec.ParseObject(new StringReader(json));

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => Request.Parse(new BridgeMessage(type, "id", body)));

        Assert.AreEqual(FaultCode.BadField, refusal.Code);
        StringAssert.Contains(refusal.Message, name);
        Assert.IsTrue(refusal.Message.Length < 400, refusal.Message);
    }

    [TestMethod]
    public void Parse_WholeNumberWrittenAsDouble_IsTaken()
    {
        JObject body = MessageCodec.ParseObject(new StringReader("{\"session\":\"s\",\"item\":37.0}"));

        Assert.AreEqual(37, ((ReportVisitRequest)Request.Parse(new BridgeMessage(MessageTypes.ReportVisit, "id", body))).Item);
    }

    [TestMethod]
    public void Parse_UnknownType_IsRefused()
        => Assert.AreEqual(FaultCode.UnknownMessageType,
            Assert.ThrowsExactly<ContractException>(() => Request.Parse(new BridgeMessage("sing", "id", []))).Code);

    [TestMethod]
    public void Numbers_OfTheContract_NeverChange()
    {
        string codes = string.Join(' ', Enum.GetValues<FaultCode>().OrderDescending().Select(code => $"{code}={(int)code}"));

        Assert.AreEqual(
            "Internal=-1 BadFrame=-2 UnknownProtocol=-3 UnknownMessageType=-4 BadField=-5 UnknownSession=-6 UnknownItem=-7 UnreadableFile=-8 "
            + "JournalUnwritable=-9 RequestIdReused=-10 SessionExists=-11 NoTargets=-12 Busy=-13 HostUnreachable=-14 DeadlineExceeded=-15 "
            + "UnknownPlanner=-16 JournalCorrupt=-17 TooLarge=-18 TooManySessions=-19 Stopped=-20 OutsideEnvelope=-21 NotAllowed=-22 OutOfTurn=-23 UnknownPolicy=-24 NotProven=-25",
            codes);
        Assert.AreEqual((1, 2, 3), ((int)SuggestionKind.Target, (int)SuggestionKind.UpLevel, (int)SuggestionKind.Stop));
        Assert.AreEqual((0, 5), ((int)SkipReason.Unspecified, (int)SkipReason.Later));
    }
}
