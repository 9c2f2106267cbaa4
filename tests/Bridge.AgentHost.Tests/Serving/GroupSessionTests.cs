using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Sessions with several shots at a stage position.</summary>
[TestClass]
public sealed class GroupSessionTests
{
    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly MeasuredGrid _specimen = Make.Specimen(500);

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Suggest_Groups_HandsEveryHoleOutOnceAlsoAfterResume()
    {
        JournalledSession session = Open(Opening());
        var items = new List<int>();
        double atMin = 0;
        int positions = 0;
        for (; Suggest(session, atMin) is { Target: { } target } suggestion; positions++)
        {
            atMin += suggestion.ExpectedMinutes;
            foreach (Target shot in (Target[])[target, .. suggestion.Others])
            {
                Assert.IsTrue(shot.Stage.DistanceTo(target.Stage) <= 4, $"item {shot.Item}");
                items.Add(shot.Item);
                session.Handle(Make.Message(new ReportCtfRequest("s", shot.Item, _specimen.CtfA[_specimen.Grid.FindItem(shot.Item)!.Index]) { ClockMin = atMin }));
            }
            if (positions % 5 == 0)
            {
                session.Dispose();
                session = JournalledSession.Resume(_folder.File("session-s.jsonl"), _clock);
            }
        }
        session.Dispose();

        CollectionAssert.AllItemsAreUnique(items);
        Assert.IsTrue(atMin <= 480 && items.Count > 2 * positions, $"{items.Count} shots at {positions} positions in {atMin} min");
    }

    [TestMethod]
    public void ReportSkipped_MoveFailed_GivesTheOthersBack()
    {
        using JournalledSession session = Open(Opening());
        SuggestionReply first = Suggest(session, 0);
        Assert.IsTrue(first.Others.Count > 0);

        session.Handle(Make.Message(new ReportSkippedRequest("s", first.Target!.Item, SkipReason.MoveFailed)));

        var later = new HashSet<int>();
        while (Suggest(session, 0) is { Target: { } target } next)
            later.UnionWith([target.Item, .. next.Others.Select(other => other.Item)]);
        Assert.IsTrue(first.Others.All(other => later.Contains(other.Item)));
        Assert.IsFalse(later.Contains(first.Target.Item));
    }

    [TestMethod]
    public void Open_ShiftForAPlannerOfSingleHoles_IsRefused()
        => StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => Open(Opening() with { Planner = "bayes" })).Message, "max_shift_um");

    private OpenSessionRequest Opening() => Make.Opening(_specimen, planner: "groups") with { MaxShiftUm = 4, ShotMinutes = 0.3 };

    private JournalledSession Open(OpenSessionRequest opening) => JournalledSession.Open(Make.Message(opening), opening, _folder.File("session-s.jsonl"), _clock).Session;

    private static SuggestionReply Suggest(JournalledSession session, double atMin) => (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = atMin }));
}
