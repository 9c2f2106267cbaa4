using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>What a session is for, beyond as many good micrographs as the time allows.</summary>
[TestClass]
public sealed class GoalSessionTests
{
    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly MeasuredGrid _specimen = Make.Specimen(500);

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void MaxShots_Reached_StopsAndSaysSoAndSkippedHolesDoNotCount()
    {
        using JournalledSession session = Open(new Goal { MaxShots = 7 });
        session.Handle(Make.Message(new ReportSkippedRequest("s", Suggest(session).Target!.Item, SkipReason.LooksBad)));

        int taken = 0;
        SuggestionReply last;
        while ((last = Suggest(session)).Target is not null)
            taken++;

        Assert.AreEqual(7, taken);
        StringAssert.Contains(last.Why, "7 micrographs");
        session.Handle(Make.Message(new SetGoalRequest("s", new Goal { MaxShots = 8 })));
        Assert.IsNotNull(Suggest(session).Target);
    }

    [TestMethod]
    public void Avoid_Items_AreNeverSuggestedUntilTakenBack()
    {
        int[] avoided = [.. _specimen.Grid.Holes.Where(hole => hole.Index % 2 == 0).Select(hole => hole.Item)];
        using JournalledSession session = Open(new Goal { Avoid = avoided }, minutesLeft: null);

        StringAssert.Contains(Explain(session, $"item {avoided[0]}"), "avoid list");
        var items = new List<int>();
        while (Suggest(session).Target is { } target)
            items.Add(target.Item);
        session.Handle(Make.Message(new SetGoalRequest("s", new Goal { Avoid = avoided[1..] })));

        Assert.HasCount(_specimen.Grid.Holes.Count - avoided.Length, items);
        Assert.IsFalse(items.Intersect(avoided).Any());
        Assert.AreEqual(avoided[0], Suggest(session).Target!.Item);
    }

    [TestMethod]
    public void LeastPerSquare_EnteredSquare_IsNotLeftBefore()
    {
        using JournalledSession session = Open(new Goal { LeastPerSquare = 4 });
        var visits = new List<int>();
        for (double atMin = 0; Suggest(session, atMin) is { Target: { } target } suggestion; atMin += suggestion.ExpectedMinutes)
        {
            visits.Add(SquareOf(target.Item));
            session.Handle(Make.Message(new ReportCtfRequest("s", target.Item, 15))); // poor everywhere: the plan would rather leave
        }

        var counts = new Dictionary<int, int>();
        for (int i = 0; i < visits.Count; i++)
        {
            counts[visits[i]] = counts.GetValueOrDefault(visits[i]) + 1;
            bool leaves = i + 1 < visits.Count && visits[i + 1] != visits[i];
            int most = _specimen.Grid.Holes.Count(hole => SquareOf(hole.Item) == visits[i]);
            Assert.IsTrue(!leaves || counts[visits[i]] >= Math.Min(4, most), $"left square {visits[i]} after {counts[visits[i]]}");
        }
        Assert.IsTrue(counts.Count > 2);
        StringAssert.Contains(Explain(session, "session"), "squares entered have 4 holes or more");
    }

    [TestMethod]
    public void Defocus_Range_IsFilledEvenlyByWhatIsReported()
    {
        using JournalledSession session = Open(new Goal { DefocusFromUm = -0.8, DefocusToUm = -2.8 });
        var random = new Random(1);
        var got = new List<double>();
        for (int i = 0; i < 100; i++)
        {
            SuggestionReply suggestion = Suggest(session);
            double defocus = suggestion.DefocusUm!.Value;
            Assert.IsTrue(defocus is <= -0.8 and >= -2.8, $"{defocus} µm");
            got.Add(defocus + (0.5 * (random.NextDouble() - 0.3))); // a stage that is never at the height it should have
            session.Handle(Make.Message(new ReportCtfRequest("s", suggestion.Target!.Item, 4) { DefocusUm = got[^1] }));
        }

        int[] parts = [.. Enumerable.Range(0, 5).Select(part => got.Count(defocus => defocus <= -0.8 - (0.4 * part) && defocus > -1.2 - (0.4 * part)))];
        Assert.IsTrue(parts[..4].All(count => count is >= 12 and <= 30), string.Join(' ', parts));
        StringAssert.Contains(Explain(session, "session"), "defocus from -0.8 to -2.8");
    }

    [TestMethod]
    [DataRow(GoalCount.Good, "a")]
    [DataRow(GoalCount.Score, "b")]
    public void Score_TwoSquaresNearlyAlikeButForTheirParticles_TheRicherIsPreferred(GoalCount count, string expected)
    {
        OpenSessionRequest opening = new("s")
        {
            Targets = [.. Enumerable.Range(0, 26).Select(i => new Target
            {
                Item = i + 1, Id = $"{i}", GridImage = "g", Square = i < 12 ? "a" : i < 24 ? "b" : "start", Patch = i < 12 ? "a/p" : i < 24 ? "b/p" : "start/p", Stage = new StageUm(100 * (i / 12), i % 12, 0), Probability = i < 12 ? 0.7 : 0.6,
            })],
            Planner = "bayes",
            MinutesLeft = 30,
            ClockMin = 0,
            Goal = new Goal { Count = count },
        };
        using JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, _folder.File("session-s.jsonl"), _clock).Session;
        foreach (int i in (int[])[0, 1, 2, 12, 13, 14])
            session.Handle(Make.Message(new ReportCtfRequest("s", i + 1, 4) { Score = i < 12 ? 25 : 500 }));
        session.Handle(Make.Message(new ReportVisitRequest("s", 25)));
        session.Handle(Make.Message(new ReportVisitRequest("s", 26)));

        Assert.AreEqual(expected, Suggest(session).Target!.Square);
        Assert.AreEqual(count == GoalCount.Score, Explain(session, "session").Contains("scores: 1575 in all of 6 micrographs", StringComparison.Ordinal), Explain(session, "session"));
    }

    [TestMethod]
    public void Resume_GoalsOfEveryKind_GoOnAsIfNothingHadHappened()
    {
        var goal = new Goal { MaxShots = 60, LeastPerSquare = 3, DefocusFromUm = -1, DefocusToUm = -2, Avoid = [_specimen.Grid.Holes[3].Item] };
        string[] whole = Told(goal, "a", interruptEvery: int.MaxValue), interrupted = Told(goal, "b", interruptEvery: 7);

        CollectionAssert.AreEqual(whole, interrupted);
        Assert.HasCount(60, whole);
    }

    [TestMethod]
    [DataRow("{\"max_shots\":0}", "max_shots")]
    [DataRow("{\"max_shots\":-5}", "max_shots")]
    [DataRow("{\"least_per_square\":\"many\"}", "least_per_square")]
    [DataRow("{\"defocus_from_um\":-1}", "defocus_to_um")]
    [DataRow("{\"defocus_from_um\":-1,\"defocus_to_um\":1e9}", "defocus_to_um")]
    [DataRow("{\"avoid\":[\"1\"]}", "avoid")]
    [DataRow("{\"avoid\":[0]}", "avoid")]
    [DataRow("{\"count\":\"beauty\"}", "count")]
    [DataRow("7", "goal")]
    public void Parse_Nonsense_IsRefusedByName(string goal, string name)
    {
        ContractException refused = Assert.ThrowsExactly<ContractException>(() => Request.Parse(new BridgeMessage(MessageTypes.SetGoal, "id", new JObject { ["session"] = "s", ["goal"] = JToken.Parse(goal) })));

        Assert.AreEqual(FaultCode.BadField, refused.Code);
        StringAssert.Contains(refused.Message, name);
    }

    [TestMethod]
    public void SetGoal_UnknownItemOrOtherCount_IsRefusedAndTheGoalStays()
    {
        using JournalledSession session = Open(new Goal { MaxShots = 7 });

        var unknown = (FaultReply)session.Handle(Make.Message(new SetGoalRequest("s", new Goal { Avoid = [999_999] })));
        var count = (FaultReply)session.Handle(Make.Message(new SetGoalRequest("s", new Goal { Count = GoalCount.Score })));

        Assert.AreEqual(FaultCode.UnknownItem, unknown.Code);
        Assert.AreEqual(FaultCode.BadField, count.Code);
        StringAssert.Contains(Explain(session, "session"), "0 of at most 7 micrographs");
        OpenSessionRequest greedy = Make.Opening(_specimen, "t", "greedy") with { Goal = new Goal { Count = GoalCount.Score } };
        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => JournalledSession.Open(Make.Message(greedy), greedy, _folder.File("t.jsonl"), _clock)).Message, "needs planner 'bayes'");
    }

    private int SquareOf(int item) => _specimen.Grid.SquareOfPatch(_specimen.Grid.FindItem(item)!.Patch);

    private double CtfOf(int item) => _specimen.CtfA[_specimen.Grid.FindItem(item)!.Index];

    private string[] Told(Goal goal, string name, int interruptEvery)
    {
        JournalledSession session = Open(goal, name: name);
        var told = new List<string>();
        while (Suggest(session) is { Target: { } target } suggestion)
        {
            told.Add(FormattableString.Invariant($"{target.Item} {suggestion.DefocusUm}"));
            session.Handle(Make.Message(new ReportCtfRequest(name, target.Item, CtfOf(target.Item)) { DefocusUm = suggestion.DefocusUm - 0.1 }));
            if (told.Count % interruptEvery == 0)
            {
                session.Dispose();
                session = JournalledSession.Resume(_folder.File($"session-{name}.jsonl"), _clock);
            }
        }
        session.Dispose();
        return [.. told];
    }

    private static SuggestionReply Suggest(JournalledSession session, double atMin = 0) => (SuggestionReply)session.Handle(Make.Message(new SuggestRequest(session.Id) { ClockMin = atMin }));

    private static string Explain(JournalledSession session, string about) => ((ExplanationReply)session.Handle(Make.Message(new ExplainRequest(session.Id, about)))).Text;

    private JournalledSession Open(Goal goal, double? minutesLeft = 480, string name = "s")
    {
        OpenSessionRequest opening = Make.Opening(_specimen, name, "bayes") with { Goal = goal, MinutesLeft = minutesLeft };
        return JournalledSession.Open(Make.Message(opening), opening, _folder.File($"session-{name}.jsonl"), _clock).Session;
    }
}
