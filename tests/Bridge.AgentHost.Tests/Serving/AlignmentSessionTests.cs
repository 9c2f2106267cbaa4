using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Simulation;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Alignments as sessions of the host: no Navigator, everything in the journal.</summary>
[TestClass]
public sealed class AlignmentSessionTests
{
    private static readonly BeginAlignmentRequest Begin = new("beam", 12, -7, MaxShift: 80) { MaxStep = 4, FirstShift = 1 };

    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();

    private string JournalPath => _folder.File("session-beam.jsonl");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Handle_AlignmentOnASimulatedBeam_EndsAligned()
    {
        using JournalledSession session = Open();
        var microscope = new DiffractionAlignment(new DiffractionAlignmentSettings(), seed: 3);

        List<BeamShiftReply> shifts = Align(() => session, microscope);

        Assert.AreEqual(BeamShiftKind.Aligned, shifts[^1].Kind);
        Assert.IsTrue((microscope.Beam - new Xy(12, -7)).Length < 2);
        Assert.IsTrue(shifts[^1].Distance <= 1);
        Assert.AreEqual((shifts[^2].ShiftX, shifts[^2].ShiftY), (shifts[^1].ShiftX, shifts[^1].ShiftY), "aligned means: stay where you are");
    }

    [TestMethod]
    public void Resume_AfterEveryExchange_GoesOnAsIfNothingHadHappened()
    {
        List<BeamShiftReply> uninterrupted;
        using (JournalledSession session = Open())
            uninterrupted = Align(() => session, new DiffractionAlignment(new DiffractionAlignmentSettings(), seed: 4));
        File.Delete(JournalPath);
        JournalledSession current = Open();

        List<BeamShiftReply> interrupted = Align(
            () =>
            {
                current.Dispose();
                return current = JournalledSession.Resume(JournalPath, _clock);
            },
            new DiffractionAlignment(new DiffractionAlignmentSettings(), seed: 4));

        current.Dispose();
        CollectionAssert.AreEqual(uninterrupted, interrupted);
        Assert.IsTrue(interrupted.Count > 3);
    }

    [TestMethod]
    public void Handle_ShiftAskedTwice_IsTheSameAndCountsOnce()
    {
        using JournalledSession session = Open();
        session.Handle(Make.Message(new ObserveBeamRequest("beam", 100, 100)));

        Reply first = Next(session), second = Next(session);

        Assert.AreEqual(first, second);
        StringAssert.Contains(((ExplanationReply)session.Handle(Make.Message(new ExplainRequest("beam", "session")))).Text, " 1 steps");
    }

    [TestMethod]
    public void Handle_ShiftBeforeTheBeamWasSeen_IsOutOfTurn()
    {
        using JournalledSession session = Open();

        var refusal = (FaultReply)Next(session);

        Assert.AreEqual(FaultCode.OutOfTurn, refusal.Code);
        StringAssert.Contains(refusal.Message, "observe_beam");
    }

    [TestMethod]
    public void Handle_ObservationAfterTheEnd_IsOutOfTurnUntilItBeginsAnew()
    {
        using JournalledSession session = Open();
        session.Handle(Make.Message(new ObserveBeamRequest("beam", 12, -7)));
        Assert.AreEqual(BeamShiftKind.Aligned, ((BeamShiftReply)Next(session)).Kind);

        Assert.AreEqual(FaultCode.OutOfTurn, ((FaultReply)session.Handle(Make.Message(new ObserveBeamRequest("beam", 50, 0)))).Code);
        Assert.AreEqual(BeamShiftKind.Aligned, ((BeamShiftReply)Next(session)).Kind, "asked again, the end is the end");
        session.Handle(Make.Message(Begin));
        session.Handle(Make.Message(new ObserveBeamRequest("beam", 50, 0)));

        Assert.AreEqual(BeamShiftKind.GoOn, ((BeamShiftReply)Next(session)).Kind);
    }

    [TestMethod]
    public void Handle_NoBeamEver_GivesUpAfterFourLooks()
    {
        using JournalledSession session = Open();
        var kinds = new List<BeamShiftReply>();
        do
        {
            session.Handle(Make.Message(new ObserveBeamRequest("beam", null, null)));
            kinds.Add((BeamShiftReply)Next(session));
        }
        while (kinds[^1].Kind == BeamShiftKind.GoOn);

        Assert.HasCount(4, kinds);
        Assert.AreEqual(BeamShiftKind.GiveUp, kinds[^1].Kind);
        StringAssert.Contains(kinds[^1].Why, "no beam was found");
        Assert.IsTrue(kinds.All(shift => shift is { ShiftX: 0, ShiftY: 0, Distance: null }));
    }

    [TestMethod]
    public void Handle_Picture_IsJournalledAsThePositionFoundAndAnsweredOnce()
    {
        byte[] pixels = new byte[100 * 80];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(Math.Pow(i % 100 - 61, 2) + Math.Pow(i / 100 - 33, 2) < 81 ? 180 : 12);
        BridgeMessage picture = Picture(100, 80, pixels);
        using (JournalledSession session = Open())
        {
            Assert.IsInstanceOfType<AckReply>(session.Handle(picture));
            Assert.AreEqual(new Xy(61 - 12, 33 + 7).Length, ((BeamShiftReply)Next(session)).Distance!.Value, 0.3);
        }

        using JournalledSession again = JournalledSession.Resume(JournalPath, _clock);

        Assert.IsInstanceOfType<AckReply>(again.Handle(picture), "the same message again, after a restart");
        Assert.IsFalse(File.ReadAllText(JournalPath).Contains("picture", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow(100, 80, 7999, FaultCode.BadField, "7999")]
    [DataRow(100, 80000, 8000, FaultCode.BadField, "'height'")]
    [DataRow(100, 80, -1, FaultCode.BadFrame, "one binary frame")]
    public void Handle_PictureThatDoesNotFit_IsRefusedByName(int width, int height, int bytes, FaultCode code, string message)
    {
        using JournalledSession session = Open();

        ContractException e = Assert.ThrowsExactly<ContractException>(() => session.Handle(Picture(width, height, bytes < 0 ? null : new byte[bytes])));

        Assert.AreEqual(code, e.Code);
        StringAssert.Contains(e.Message, message);
    }

    [TestMethod]
    public void Handle_DarkPictures_AreGivenUpWithTheReason()
    {
        using JournalledSession session = Open();
        for (int i = 0; i < 4; i++)
        {
            session.Handle(Picture(64, 64, new byte[64 * 64]));
            if (Next(session) is BeamShiftReply { Kind: BeamShiftKind.GiveUp } end)
                StringAssert.Contains(end.Why, "no beam stands out");
        }

        Assert.AreEqual(BeamShiftKind.GiveUp, ((BeamShiftReply)Next(session)).Kind);
    }

    [TestMethod]
    [DataRow("two", "more than one beam")]
    [DataRow("bright", "saturated")]
    [DataRow("half", "no beam stands out")]
    public void Handle_PicturesWithoutOneBeam_AreGivenUpWithTheReason(string kind, string why)
    {
        using JournalledSession session = Open();
        byte[] pixels = new byte[128 * 128];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int x, int y) = (i % 128, i / 128);
            pixels[i] = kind switch { "two" => In(30, 40) || In(90, 80) ? (byte)200 : (byte)10, "bright" => byte.MaxValue, _ => x < 100 ? (byte)200 : (byte)10 };
            bool In(int cx, int cy) => (x - cx) * (x - cx) + (y - cy) * (y - cy) < 150;
        }
        var answers = new List<BeamShiftReply>();
        for (int i = 0; i < 4; i++)
        {
            session.Handle(Picture(128, 128, pixels));
            answers.Add((BeamShiftReply)Next(session));
        }

        Assert.AreEqual(BeamShiftKind.GiveUp, answers[^1].Kind);
        StringAssert.Contains(answers[^1].Why, why);
        Assert.IsTrue(answers.All(answer => answer is { ShiftX: 0, ShiftY: 0 }), "the start");
    }

    [TestMethod]
    [DataRow("NaN")]
    [DataRow("Infinity")]
    [DataRow("-1e300")]
    public void Handle_PositionThatIsNone_IsRefusedAndTheAlignmentGoesOn(string x)
    {
        using JournalledSession session = Open();
        session.Handle(Make.Message(new ObserveBeamRequest("beam", 100, 100)));
        Reply before = Next(session);

        var odd = new BridgeMessage(MessageTypes.ObserveBeam, Ids.New(), new JObject { ["session"] = "beam", ["x"] = double.Parse(x, System.Globalization.CultureInfo.InvariantCulture), ["y"] = 0 });

        Assert.AreEqual(FaultCode.BadField, Assert.ThrowsExactly<ContractException>(() => session.Handle(odd)).Code);
        Assert.AreEqual(before, Next(session));
    }

    [TestMethod]
    [DataRow("least-squares", BeamFault.Dead)]
    [DataRow("least-squares", BeamFault.Reverses)]
    [DataRow("first-sight", BeamFault.Dead)]
    [DataRow("first-sight", BeamFault.Reverses)]
    [DataRow("sac", BeamFault.Dead)]
    [DataRow("sac", BeamFault.Reverses)]
    public void Handle_LensThatDoesNotFollow_EndsInBoundedStepsAtTheStartOrAligned(string policy, BeamFault fault)
    {
        using JournalledSession session = Open();
        for (int seed = 0; seed < 10; seed++)
        {
            session.Handle(Make.Message(Begin with { Policy = policy }));

            List<BeamShiftReply> shifts = Align(() => session, new DiffractionAlignment(new DiffractionAlignmentSettings { Fault = fault, StartWithin = 0.4 }, seed));

            Assert.IsTrue(shifts.Count <= 31 + PictureLatency.MostLooks, $"{shifts.Count} answers");
            Assert.IsTrue(shifts.All(shift => new Xy(shift.ShiftX, shift.ShiftY).Length <= 80.0001));
            if (shifts[^1].Kind != BeamShiftKind.Aligned)
                Assert.AreEqual((BeamShiftKind.GiveUp, 0.0, 0.0), (shifts[^1].Kind, shifts[^1].ShiftX, shifts[^1].ShiftY), "the start");
            if (fault == BeamFault.Dead)
                StringAssert.Contains(shifts[^1].Why, "react");
        }
    }

    [TestMethod]
    public void Handle_GoalBeyondTheLongestShift_GivesUpAndNeverHandsOutMore()
    {
        using JournalledSession session = Open(Begin with { MaxShift = 2, MaxStep = 1, FirstShift = 0.2 });
        var microscope = new DiffractionAlignment(new DiffractionAlignmentSettings { MostScale = 0.26 }, seed: 8);

        List<BeamShiftReply> shifts = Align(() => session, microscope);

        Assert.AreEqual(BeamShiftKind.GiveUp, shifts[^1].Kind);
        StringAssert.Contains(shifts[^1].Why, "longest allowed");
        Assert.IsTrue(shifts.All(shift => new Xy(shift.ShiftX, shift.ShiftY).Length <= 2));
    }

    [TestMethod]
    public void Handle_RequestOfAnotherKind_IsOutOfTurn()
    {
        using JournalledSession session = Open();

        foreach (SessionRequest request in (SessionRequest[])[new SuggestRequest("beam"), new SetBudgetRequest("beam", 1), new BeginScanRequest("beam", 96, 96), new ObserveSegmentRequest("beam", [1, 2])])
        {
            var refusal = (FaultReply)session.Handle(Make.Message(request));
            Assert.AreEqual(FaultCode.OutOfTurn, refusal.Code);
            StringAssert.Contains(refusal.Message, "is an alignment");
        }
    }

    [TestMethod]
    public void Handle_UnknownPolicy_IsRefusedAndTheOldAlignmentGoesOn()
    {
        using JournalledSession session = Open();
        session.Handle(Make.Message(new ObserveBeamRequest("beam", 12, -7)));

        Assert.AreEqual(FaultCode.UnknownPolicy, ((FaultReply)session.Handle(Make.Message(Begin with { Policy = "magic" }))).Code);

        Assert.AreEqual(BeamShiftKind.Aligned, ((BeamShiftReply)Next(session)).Kind);
    }

    [TestMethod]
    public void Open_UnknownPolicy_LeavesNoJournal()
    {
        Assert.ThrowsExactly<ContractException>(() => Open(Begin with { Policy = "known-matrix" }));

        Assert.IsFalse(File.Exists(JournalPath));
    }

    [TestMethod]
    public void Handle_CollectionRequestsOfAnAlignment_AreOutOfTurnInACollection()
    {
        OpenSessionRequest opening = Make.Opening(Make.Specimen(50), session: "s");
        using JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, _folder.File("session-s.jsonl"), _clock).Session;

        var refusal = (FaultReply)session.Handle(Make.Message(new ObserveBeamRequest("s", 1, 2)));

        Assert.AreEqual(FaultCode.OutOfTurn, refusal.Code);
        StringAssert.Contains(refusal.Message, "is a collection");
    }

    [TestMethod]
    public async Task Post_BeginInALongJournal_PutsItAwayAndGoesOnInANewOne()
    {
        using var folder = new DataFolder(_folder.Path);
        var slot = new SessionSlot(folder, capacity: 10, HostPlanners.WithoutModels, HostAlignments.WithoutFiles, _clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, manyLines: 3);
        BridgeMessage begin = Make.Message(Begin), again = Make.Message(Begin), observe = Make.Message(new ObserveBeamRequest("beam", 50, 0));

        Assert.IsInstanceOfType<AlignmentBegunReply>(await AskAsync(slot, begin));
        Assert.AreEqual(new AckReply(2), await AskAsync(slot, observe));
        Assert.IsInstanceOfType<AlignmentBegunReply>(await AskAsync(slot, again));
        Assert.AreEqual(new AckReply(4), await AskAsync(slot, Make.Message(new ObserveBeamRequest("beam", 50, 0))));
        Assert.IsInstanceOfType<AlignmentBegunReply>(await AskAsync(slot, again), "a repetition is no beginning");
        Assert.AreEqual(BeamShiftKind.GoOn, ((BeamShiftReply)await AskAsync(slot, Make.Message(new NextBeamShiftRequest("beam")))).Kind);
        Assert.IsInstanceOfType<AlignmentBegunReply>(await AskAsync(slot, Make.Message(Begin)));
        Assert.AreEqual(new AckReply(2), await AskAsync(slot, Make.Message(new ObserveBeamRequest("beam", 50, 0))), "the second line of a new journal");
        await slot.StopAsync();

        string[] journals = [.. Directory.GetFiles(_folder.File("sessions"), "*.jsonl").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.HasCount(2, journals);
        StringAssert.StartsWith(journals[0], "closed-beam-");
        Assert.AreEqual("session-beam.jsonl", journals[1]);
    }

    private static async Task<Reply> AskAsync(SessionSlot slot, BridgeMessage message)
    {
        var answered = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        slot.Post(message, answered.SetResult);
        return await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private JournalledSession Open(BeginAlignmentRequest? begin = null)
        => JournalledSession.Open(Make.Message(begin ?? Begin), begin ?? Begin, JournalPath, _clock).Session;

    private static BridgeMessage Picture(int width, int height, byte[]? pixels) => new(MessageTypes.ObserveBeam, Ids.New(), new JObject
    {
        ["session"] = "beam",
        ["picture"] = new JObject { ["width"] = width, ["height"] = height, ["type"] = "u8" },
    })
    {
        Binary = pixels is null ? [] : [pixels],
    };

    private static Reply Next(JournalledSession session) => session.Handle(Make.Message(new NextBeamShiftRequest("beam")));

    private static List<BeamShiftReply> Align(Func<JournalledSession> session, DiffractionAlignment microscope)
    {
        var shifts = new List<BeamShiftReply>();
        do
        {
            Xy? beam = microscope.Measure();
            Assert.IsInstanceOfType<AckReply>(session().Handle(Make.Message(new ObserveBeamRequest("beam", beam?.X, beam?.Y))));
            shifts.Add((BeamShiftReply)Next(session()));
            if (shifts[^1].Kind == BeamShiftKind.GoOn)
                microscope.Set(new Xy(shifts[^1].ShiftX, shifts[^1].ShiftY));
        }
        while (shifts[^1].Kind == BeamShiftKind.GoOn);
        return shifts;
    }
}
