using System.Globalization;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Minutes are learned from the session, the end may be a time of day, and a plan says what to expect.</summary>
[TestClass]
public sealed class SessionMinutesTests
{
    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly MeasuredGrid _specimen = Make.Specimen();

    private string JournalPath => _folder.File("session-s.jsonl");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Suggest_MicroscopeTwiceAsFast_IsLearnedAndResumedFromTheJournal()
    {
        string learned;
        using (JournalledSession session = Open())
        {
            Collect(session, suggestions: 30, factor: 0.5);
            learned = Explain(session, "minutes");
            Assert.IsTrue(Minutes(learned).SamePatch is > 1 and < 1.2, learned);
        }

        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock);

        Assert.AreEqual(learned, Explain(resumed, "minutes"));
        var next = (SuggestionReply)resumed.Handle(Make.Message(new SuggestRequest("s")));
        Assert.IsTrue(next.ExpectedMinutes < 2, $"{next.ExpectedMinutes} min");
    }

    [TestMethod]
    public void Suggest_MinutesAsGiven_ChangesNothing()
    {
        using JournalledSession session = Open();

        Collect(session, suggestions: 30, factor: 1);

        Assert.AreEqual(MoveMinutes.Text, Minutes(Explain(session, "minutes")));
    }

    [TestMethod]
    [DataRow(60.0)]     // coffee
    [DataRow(0.0)]      // a clock that stands still
    [DataRow(-1000.0)]  // and one that jumps back
    [DataRow(10_000.0)] // or ahead
    public void ReportCtf_OddTimeBetweenSuggestionAndResult_IsNoMove(double minutes)
    {
        using JournalledSession session = Open(minutesLeft: null);
        double atMin = Collect(session, suggestions: 10, factor: 0.5);
        MoveMinutes before = Minutes(Explain(session, "minutes"));
        int item = Suggest(session, atMin);

        session.Handle(Make.Message(new ReportCtfRequest("s", item, 4) { ClockMin = Math.Max(0, atMin + minutes) }));

        Assert.AreEqual(before, Minutes(Explain(session, "minutes")));
    }

    [TestMethod]
    public void Suggest_ManyAtOnce_TeachesNothing()
    {
        using JournalledSession session = Open();
        int[] batch = [.. Enumerable.Range(0, 20).Select(_ => Suggest(session, 10))];

        for (int i = 0; i < batch.Length; i++)
            session.Handle(Make.Message(new ReportCtfRequest("s", batch[i], 4) { ClockMin = 12 + (2 * i) }));

        Assert.AreEqual(MoveMinutes.Text, Minutes(Explain(session, "minutes")));
    }

    [TestMethod]
    public void ReportMove_OwnMeasurement_IsLearnedInPlaceOfTheClock()
    {
        using JournalledSession session = Open();
        int[] batch = [.. Enumerable.Range(0, 40).Select(_ => Suggest(session, 10))];

        foreach (int item in batch[1..])
            Assert.IsInstanceOfType<AckReply>(session.Handle(Make.Message(new ReportMoveRequest("s", item, 1))));

        Assert.AreEqual(1.1, Minutes(Explain(session, "minutes")).SamePatch, 0.06);
    }

    [TestMethod]
    public void ReportMove_WrongUse_IsRefusedByName()
    {
        using JournalledSession session = Open();
        int other = _specimen.Grid.Holes[^1].Item;

        var unknown = (FaultReply)session.Handle(Make.Message(new ReportMoveRequest("s", 999_999, 1)));
        var never = (FaultReply)session.Handle(Make.Message(new ReportMoveRequest("s", other, 1)));

        Assert.AreEqual(FaultCode.UnknownItem, unknown.Code);
        Assert.AreEqual(FaultCode.OutOfTurn, never.Code);
        StringAssert.Contains(never.Message, $"item {other}");
        foreach (double minutes in new[] { 0, -1, double.NaN, 1e6 })
            StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => Request.Parse(new BridgeMessage(MessageTypes.ReportMove, "id", new JObject { ["session"] = "s", ["item"] = 1, ["minutes"] = minutes }))).Message, "'minutes'");
        Assert.AreEqual(MoveMinutes.Text, Minutes(Explain(session, "minutes")));
    }

    [TestMethod]
    public void SetEndTime_LocalUtcOrTimeOfDay_LeavesTheMinutesUntilThen()
    {
        using JournalledSession session = Open();
        DateTimeOffset utc = _clock.GetUtcNow();
        DateTime local = TimeZoneInfo.ConvertTime(utc, _clock.LocalTimeZone).DateTime;

        Assert.AreEqual(90, End(session, local.AddMinutes(90).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)), 0.01);
        Assert.AreEqual(90, End(session, utc.AddMinutes(90).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)), 0.01);
        Assert.AreEqual(0, End(session, utc.AddMinutes(-90).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Assert.AreEqual(90, End(session, local.AddMinutes(90).ToString("HH:mm:ss", CultureInfo.InvariantCulture)), 0.02);
        Assert.AreEqual(1440 - 90, End(session, local.AddMinutes(-90).ToString("HH:mm:ss", CultureInfo.InvariantCulture)), 0.02);
    }

    [TestMethod]
    [DataRow("tonight")]
    [DataRow("31.01.2026 07:30")]
    [DataRow("25:00")]
    [DataRow("2026-13-31T07:30")]
    [DataRow("9999-12-31T07:30Z")]
    [DataRow("7")]
    public void SetEndTime_NoTime_IsRefusedAndTheOldEndStays(string text)
    {
        using JournalledSession session = Open(minutesLeft: 77);

        var refused = (FaultReply)session.Handle(Make.Message(new SetEndTimeRequest("s", text)));

        Assert.AreEqual(FaultCode.BadField, refused.Code);
        StringAssert.Contains(refused.Message, text);
        StringAssert.Contains(Explain(session, "session"), "77 min left");
    }

    [TestMethod]
    public void Open_WithEndTime_StopsThenAlsoAfterResume()
    {
        OpenSessionRequest opening = Make.Opening(_specimen) with { MinutesLeft = null, ClockMin = null, EndTime = _clock.GetUtcNow().AddMinutes(60).ToString("O", CultureInfo.InvariantCulture) };
        (JournalledSession session, Reply opened) = JournalledSession.Open(Make.Message(opening), opening, JournalPath, _clock);
        Assert.AreEqual(60, ((SessionOpenedReply)opened).MinutesLeft!.Value, 1e-6);
        session.Dispose();
        _clock.Advance(TimeSpan.FromMinutes(20));
        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock);
        StringAssert.Contains(Explain(resumed, "session"), "40 min left");
        Assert.IsNotNull(((SuggestionReply)resumed.Handle(Make.Message(new SuggestRequest("s")))).Target);

        _clock.Advance(TimeSpan.FromMinutes(39.5));

        Assert.AreEqual(SuggestionKind.Stop, ((SuggestionReply)resumed.Handle(Make.Message(new SuggestRequest("s")))).Kind);
    }

    [TestMethod]
    [DataRow("rate")]
    [DataRow("bayes")]
    [DataRow("greedy")]
    public void Explain_Plan_TellsWhatIsLeftAndChangesNothing(string planner)
    {
        using JournalledSession session = Open(minutesLeft: 120, planner), other = Open(minutesLeft: 120, planner, "t");
        double atMin = Collect(session, suggestions: 10, factor: 1);
        Collect(other, suggestions: 10, factor: 1, "t");

        string[] plan = Explain(session, "plan").Split('\n');

        Assert.IsTrue(plan.Length >= 2, string.Join('\n', plan));
        Assert.IsTrue(plan[..^1].All(line => line.StartsWith("square ", StringComparison.Ordinal) && line.Contains("good expected", StringComparison.Ordinal)));
        StringAssert.StartsWith(plan[^1], "in all ");
        Assert.AreEqual(Suggest(other, atMin, "t"), Suggest(session, atMin));
    }

    private static double End(JournalledSession session, string text) => ((AckReply)session.Handle(Make.Message(new SetEndTimeRequest("s", text)))).MinutesLeft!.Value;

    private static MoveMinutes Minutes(string explained)
    {
        double[] numbers = [.. explained.Split(':')[1].Split('(')[0].Split(',').Select(part => double.Parse(part.Trim().Split(' ')[0], CultureInfo.InvariantCulture))];
        return new MoveMinutes(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static int Suggest(JournalledSession session, double atMin, string name = "s")
        => ((SuggestionReply)session.Handle(Make.Message(new SuggestRequest(name) { ClockMin = atMin }))).Target!.Item;

    private static string Explain(JournalledSession session, string about) => ((ExplanationReply)session.Handle(Make.Message(new ExplainRequest(session.Id, about)))).Text;

    private JournalledSession Open(double? minutesLeft = 480, string planner = "rate", string name = "s")
    {
        OpenSessionRequest opening = Make.Opening(_specimen, name, planner) with { MinutesLeft = minutesLeft };
        return JournalledSession.Open(Make.Message(opening), opening, name == "s" ? JournalPath : _folder.File($"session-{name}.jsonl"), _clock).Session;
    }

    /// <summary>Collects with moves that take this much of the minutes that the paper gives them. Returns the minute at the end.</summary>
    private double Collect(JournalledSession session, int suggestions, double factor, string name = "s")
    {
        double atMin = 0;
        int last = -1;
        for (int i = 0; i < suggestions; i++)
        {
            int item = Suggest(session, atMin, name);
            Hole hole = _specimen.Grid.FindItem(item)!;
            atMin += factor * (last < 0 ? MoveMinutes.Text.OtherGridImage : MoveMinutes.Text[_specimen.Grid.LevelBetween(_specimen.Grid.Holes[last].Patch, hole.Patch)]);
            last = hole.Index;
            session.Handle(Make.Message(new ReportCtfRequest(name, item, _specimen.CtfA[hole.Index]) { ClockMin = atMin }));
        }
        return atMin;
    }
}
