using Bridge.AgentHost.Replay;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Replay;

[TestClass]
public sealed class JournalReplayTests
{
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Run_SamePlanner_AnswersTheSame()
    {
        JournalReplay replay = JournalReplay.Run(WriteJournal(suggestions: 40), planner: null);

        Assert.AreEqual(40, replay.Suggestions);
        Assert.HasCount(0, replay.Differences);
        Assert.AreEqual(40, replay.State!.Measured);
        Assert.AreEqual(40, replay.Events["report_ctf"]);
    }

    [TestMethod]
    public void Run_OtherPlanner_TellsWhereItDiffers()
    {
        JournalReplay replay = JournalReplay.Run(WriteJournal(suggestions: 40), planner: "random");

        Assert.AreEqual("random", replay.Planner);
        Assert.IsTrue(replay.Differences.Count > 30, $"{replay.Differences.Count} differences");
        Assert.IsTrue(replay.Differences.All(difference => difference.GivenItem != difference.NewItem));
    }

    private string WriteJournal(int suggestions)
    {
        MeasuredGrid specimen = Make.Specimen();
        BridgeMessage opening = Make.Message(Make.Opening(specimen));
        (JournalledSession session, _) = JournalledSession.Open(opening, (OpenSessionRequest)Request.Parse(opening), _folder.File("session-s.jsonl"), new HandTurnedClock());
        using (session)
        {
            double clockMin = 0;
            for (int i = 0; i < suggestions; i++)
            {
                var suggestion = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = clockMin }));
                clockMin += suggestion.ExpectedMinutes;
                double ctfA = specimen.CtfA[specimen.Grid.FindItem(suggestion.Target!.Item)!.Index];
                session.Handle(Make.Message(new ReportCtfRequest("s", suggestion.Target.Item, ctfA) { ClockMin = clockMin }));
            }
        }
        return _folder.File("session-s.jsonl");
    }
}
