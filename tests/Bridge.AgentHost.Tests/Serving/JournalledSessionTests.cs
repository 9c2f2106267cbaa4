using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Serving;

[TestClass]
public sealed class JournalledSessionTests
{
    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly MeasuredGrid _specimen = Make.Specimen();

    private string JournalPath => _folder.File("session-s.jsonl");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Handle_SameRequestIdAgain_GivesTheSameAnswerAndActsOnce()
    {
        using JournalledSession session = Open();
        BridgeMessage message = Make.Message(new SuggestRequest("s"));

        Reply first = session.Handle(message), again = session.Handle(message), next = session.Handle(Make.Message(new SuggestRequest("s")));

        Assert.AreEqual(first.ToJson().ToString(), again.ToJson().ToString());
        Assert.AreNotEqual(ItemOf(first), ItemOf(next));
    }

    [TestMethod]
    public void Open_WithAllowedArea_NothingOutsideIsEverSuggestedAlsoAfterResume()
    {
        StageUm[] places = [.. _specimen.Grid.Holes.Select(hole => hole.Stage)];
        double middle = places.Select(place => place.X).Order().ElementAt(places.Length / 2);
        var allowed = new AllowedArea(-StageUm.Limit, middle, -StageUm.Limit, StageUm.Limit);
        OpenSessionRequest opening = Make.Opening(_specimen) with { Allowed = allowed, MinutesLeft = null };
        var suggested = new List<double>();
        using (JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, JournalPath, _clock).Session)
            suggested.Add(((SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s")))).Target!.Stage.X);
        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock);

        while (resumed.Handle(Make.Message(new SuggestRequest("s"))) is SuggestionReply { Target: { } target })
            suggested.Add(target.Stage.X);

        Assert.HasCount(places.Count(place => place.X <= middle), suggested);
        Assert.IsTrue(suggested.All(x => x <= middle));
    }

    [TestMethod]
    public void Open_AgainWithAWiderArea_GivesTheRestAndKeepsWhatWasVisited()
    {
        OpenSessionRequest nowhere = Make.Opening(_specimen) with { Allowed = AllowedArea.Everywhere with { Squares = new HashSet<string> { "no such square" } }, MinutesLeft = null };
        using JournalledSession session = JournalledSession.Open(Make.Message(nowhere), nowhere, JournalPath, _clock).Session;
        Assert.AreEqual(SuggestionKind.Stop, ((SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s")))).Kind);
        int first = _specimen.Grid.Holes[0].Item;
        StringAssert.Contains(((ExplanationReply)session.Handle(Make.Message(new ExplainRequest("s", $"item {first}")))).Text, "not allowed");
        session.Handle(Make.Message(new ReportVisitRequest("s", first)));
        session.Handle(Make.Message(new ReportSkippedRequest("s", _specimen.Grid.Holes[1].Item, SkipReason.LooksBad)));

        session.Handle(Make.Message(nowhere with { Allowed = null }));
        int suggested = 0;
        while (session.Handle(Make.Message(new SuggestRequest("s"))) is SuggestionReply { Target: not null })
            suggested++;

        Assert.AreEqual(_specimen.Grid.Holes.Count - 2, suggested);
    }

    [TestMethod]
    public void Handle_SameRequestIdForAnotherRequest_IsRefused()
    {
        using JournalledSession session = Open();
        session.Handle(Make.Message(new SuggestRequest("s"), "id"));

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => session.Handle(Make.Message(new ExplainRequest("s", "last"), "id")));

        Assert.AreEqual(FaultCode.RequestIdReused, refusal.Code);
    }

    [TestMethod]
    public void Handle_UnknownItem_IsAFaultThatIsKept()
    {
        using (JournalledSession session = Open())
            Assert.AreEqual(FaultCode.UnknownItem, ((FaultReply)session.Handle(Make.Message(new ReportCtfRequest("s", 9999, 4), "id"))).Code);

        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock);

        Assert.AreEqual(FaultCode.UnknownItem, ((FaultReply)resumed.Handle(Make.Message(new ReportCtfRequest("s", 9999, 4), "id"))).Code);
    }

    [TestMethod]
    [DataRow("rate")]
    [DataRow("greedy")]
    [DataRow("nearest")]
    [DataRow("random")]
    [DataRow("annealing")]
    public void Resume_AfterAnyExchange_GoesOnAsIfNothingHadHappened(string planner)
    {
        List<int> uninterrupted = Collect(planner, interruptEvery: int.MaxValue);
        File.Delete(JournalPath);

        List<int> interrupted = Collect(planner, interruptEvery: 3);

        CollectionAssert.AreEqual(uninterrupted, interrupted);
        CollectionAssert.AllItemsAreUnique(interrupted);
        Assert.IsTrue(interrupted.Count > 40, $"{interrupted.Count} suggestions");
    }

    [TestMethod]
    public void Resume_RequestAnsweredBefore_GivesTheSameAnswer()
    {
        Reply opened, suggested;
        BridgeMessage opening = Make.Message(Make.Opening(_specimen)), suggest = Make.Message(new SuggestRequest("s"));
        using (JournalledSession session = Open(opening, out opened))
            suggested = session.Handle(suggest);

        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock);

        Assert.AreEqual(suggested.ToJson().ToString(), resumed.Handle(suggest).ToJson().ToString());
        Reply again = ((SessionOpenedReply)opened) with { Places = [.. ((SessionOpenedReply)opened).Places.Where(place => place.Item != ItemOf(suggested))] };
        Assert.AreEqual(again.ToJson().ToString(), resumed.Handle(opening).ToJson().ToString(), "the places as they are now");
    }

    [TestMethod]
    public void Handle_OpeningAgain_ResumesOnlyWithTheSameTargets()
    {
        using JournalledSession session = Open();
        session.Handle(Make.Message(new SuggestRequest("s")));

        var same = (SessionOpenedReply)session.Handle(Make.Message(Make.Opening(_specimen)));
        var other = (FaultReply)session.Handle(Make.Message(Make.Opening(Make.Specimen(seed: 2))));

        Assert.IsTrue(same.Resumed);
        Assert.AreEqual(_specimen.Grid.Holes.Count - 1, same.Places.Count);
        Assert.AreEqual(FaultCode.SessionExists, other.Code);
    }

    [TestMethod]
    public void Handle_TimeIsUp_SaysStop()
    {
        using JournalledSession session = Open();
        session.Handle(Make.Message(new SetBudgetRequest("s", 30) { ClockMin = 100 }));

        var early = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = 110 }));
        var late = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = 129.5 }));

        Assert.AreEqual(SuggestionKind.Target, early.Kind);
        Assert.AreEqual(SuggestionKind.Stop, late.Kind);
    }

    [TestMethod]
    public void Handle_HostKeepsTime_CountsItsOwnMinutes()
    {
        using JournalledSession session = Open(Make.Message(Make.Opening(_specimen) with { ClockMin = null, MinutesLeft = 60 }), out _);

        var early = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s")));
        _clock.Advance(TimeSpan.FromMinutes(59.5));
        var late = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s")));

        Assert.AreEqual(SuggestionKind.Target, early.Kind);
        Assert.AreEqual(SuggestionKind.Stop, late.Kind);
    }

    [TestMethod]
    public void Handle_SkippedForLater_ComesBackAfterOthers()
    {
        using JournalledSession session = Open();
        int put = ItemOf(session.Handle(Make.Message(new SuggestRequest("s"))));
        session.Handle(Make.Message(new ReportSkippedRequest("s", put, SkipReason.Later)));

        List<int> next = [.. Enumerable.Range(0, 30).Select(_ => ItemOf(session.Handle(Make.Message(new SuggestRequest("s")))))];

        Assert.IsTrue(next.IndexOf(put) >= 9, $"came back at {next.IndexOf(put)}");
    }

    [TestMethod]
    public void Handle_Explain_SaysWhy()
    {
        using JournalledSession session = Open();
        int item = ItemOf(session.Handle(Make.Message(new SuggestRequest("s"))));
        session.Handle(Make.Message(new ReportCtfRequest("s", item, 3.75)));

        string last = Explain(session, "last"), one = Explain(session, $"item {item}"), whole = Explain(session, "session");

        StringAssert.Contains(last, $"item {item}");
        StringAssert.Contains(one, "measured 3.75 Å");
        StringAssert.Contains(whole, "1 good of 1 measured");
    }

    [TestMethod]
    public void Handle_ExplainReasons_IsTheSuggestionInNumbers()
    {
        using JournalledSession session = Open(Make.Message(Make.Opening(_specimen) with { Planner = "bayes" }), out _);
        var suggestion = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s")));

        var reasons = JObject.Parse(Explain(session, "reasons"));

        Assert.IsTrue(JToken.DeepEquals(suggestion.Reasons, reasons));
        Assert.AreEqual(suggestion.Probability, (double)reasons["probability"]!, 1e-4);
        StringAssert.Contains(Explain(session, $"item {suggestion.Target!.Item}"), "good with probability");
        var read = (SuggestionReply)Reply.Parse(new BridgeMessage(suggestion.Type, "id", suggestion.ToJson()));
        Assert.IsTrue(JToken.DeepEquals(read.Reasons, reasons));
    }

    [TestMethod]
    public void Handle_ResultsThatCannotBe_AreRefusedByNameAndBeliefsStay()
    {
        using JournalledSession session = Open(Make.Message(Make.Opening(_specimen) with { Planner = "bayes" }), out _);
        int item = ItemOf(session.Handle(Make.Message(new SuggestRequest("s"))));
        session.Handle(Make.Message(new ReportCtfRequest("s", item, 12)));
        string before = Explain(session, $"item {item + 1}");

        var unknown = (FaultReply)session.Handle(Make.Message(new ReportCtfRequest("s", 999_999, 4)));
        session.Handle(Make.Message(new ReportCtfRequest("s", item, 3))); // a correction, not a second hole

        Assert.AreEqual(FaultCode.UnknownItem, unknown.Code);
        StringAssert.Contains(unknown.Message, "item 999999");
        Assert.AreEqual(before, Explain(session, $"item {item + 1}"));
        foreach (double value in new[] { double.NaN, -1, 0, 1e9 })
            StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => Request.Parse(new BridgeMessage(MessageTypes.ReportCtf, "id", new JObject { ["session"] = "s", ["item"] = item, ["ctf_max_res_a"] = value }))).Message, "ctf_max_res_a");
    }

    [TestMethod]
    public void Handle_TargetWithUnknownFields_PassesThemOn()
    {
        BridgeMessage opening = Make.Message(new OpenSessionRequest("s")
        {
            Targets = [new Target { Item = 5, Id = "five", Stage = default, Unknown = new JObject { ["ice_nm"] = 35 } }],
        });
        using JournalledSession session = Open(opening, out _);

        JObject suggestion = session.Handle(Make.Message(new SuggestRequest("s"))).ToJson();

        Assert.AreEqual(35, (int)suggestion["target"]!["ice_nm"]!);
    }

    [TestMethod]
    public void Resume_DamagedInside_NamesTheLine()
    {
        using (JournalledSession session = Open())
        {
            for (int i = 0; i < 5; i++)
                session.Handle(Make.Message(new SuggestRequest("s")));
        }
        string[] lines = File.ReadAllLines(JournalPath);
        lines[2] = lines[2].Replace("suggest", "sugjest", StringComparison.Ordinal);
        File.WriteAllLines(JournalPath, lines);

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => JournalledSession.Resume(JournalPath, _clock));

        Assert.AreEqual(FaultCode.JournalCorrupt, refusal.Code);
        StringAssert.Contains(refusal.Message, "line 3");
    }

    private static int ItemOf(Reply reply) => ((SuggestionReply)reply).Target?.Item ?? 0;

    private static string Explain(JournalledSession session, string about)
        => ((ExplanationReply)session.Handle(Make.Message(new ExplainRequest("s", about)))).Text;

    private JournalledSession Open() => Open(Make.Message(Make.Opening(_specimen)), out _);

    private JournalledSession Open(BridgeMessage opening, out Reply reply)
    {
        (JournalledSession session, reply) = JournalledSession.Open(opening, (OpenSessionRequest)Request.Parse(opening), JournalPath, _clock);
        return session;
    }

    private List<int> Collect(string planner, int interruptEvery)
    {
        JournalledSession session = Open(Make.Message(Make.Opening(_specimen, planner: planner)), out _);
        var items = new List<int>();
        double clockMin = 0;
        while (session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = clockMin })) is SuggestionReply { Target: { } target } suggestion)
        {
            items.Add(target.Item);
            clockMin += suggestion.ExpectedMinutes;
            double ctfA = _specimen.CtfA[_specimen.Grid.FindItem(target.Item)!.Index];
            session.Handle(Make.Message(new ReportCtfRequest("s", target.Item, ctfA) { ClockMin = clockMin }));
            if (items.Count % interruptEvery == 0)
            {
                session.Dispose();
                session = JournalledSession.Resume(JournalPath, _clock);
            }
        }
        session.Dispose();
        return items;
    }
}
