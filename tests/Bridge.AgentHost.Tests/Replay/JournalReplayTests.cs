using Bridge.AgentHost.Replay;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.OffPolicy;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

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

    [TestMethod]
    public void Recorded_PlannersOfTheSameGrid_ArePlayedOnWhatWasMeasured()
    {
        JournalReplay replay = JournalReplay.Run(WriteJournal(suggestions: 40), planner: null);
        RecordedSession recorded = replay.Recorded!;

        OffPolicyEstimate same = OffPolicyEstimate.Make(recorded, () => Planners.Create("rate", replay.Setup), rollouts: 2, seed: 0), other = OffPolicyEstimate.Make(recorded, () => Planners.Create("greedy", replay.Setup), rollouts: 10, seed: 0);

        Assert.AreEqual((double)recorded.Good, same.Good);
        Assert.AreEqual(0, same.UnknownShare);
        Assert.IsTrue(other.UnknownShare > 0 && other.Low <= other.Good && other.Good <= other.High, other.ToString());
    }

    [TestMethod]
    public void Shadow_SecondPlanner_IsJournalledAndCompared()
    {
        JournalReplay replay = JournalReplay.Run(WriteJournal(suggestions: 40, shadow: "greedy"), planner: null);

        ShadowComparison comparison = replay.Shadow!.Compare(replay.State!);

        Assert.AreEqual(("greedy", 40), (comparison.Planner, comparison.Asked));
        Assert.IsTrue(comparison.Same < 40 && comparison.Other > 0 && comparison.OtherMeasured <= comparison.Other && comparison.OtherGood <= comparison.OtherMeasured, comparison.Sentence);
        Assert.IsTrue(comparison.TakenMeasured > 0, comparison.Sentence);
        Assert.HasCount(0, replay.Differences); // nobody acted on it
    }

    [TestMethod]
    public void Shadow_ThePlannerInChargeAgain_AgreesAlways()
    {
        JournalReplay replay = JournalReplay.Run(WriteJournal(suggestions: 30, shadow: "rate"), planner: null);

        Assert.AreEqual(30, replay.Shadow!.Compare(replay.State!).Same);
    }

    [TestMethod]
    public void ReplayCommand_OtherPlanner_TellsTheEstimateAndWhatNobodyCanKnow()
    {
        string json = _folder.File("out.json");

        (int exitCode, string output, string error) = HostUnderTest.Run("replay", WriteJournal(suggestions: 40, shadow: "bayes"), "--planner", "greedy", "--rollouts", "5", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "greedy would have found");
        StringAssert.Contains(output, "were never shot");
        StringAssert.Contains(output, "shadow bayes");
        JObject result = JObject.Parse(File.ReadAllText(json));
        Assert.IsTrue((double)result["estimate"]!["good_low"]! <= (double)result["estimate"]!["good_high"]!);
        Assert.AreEqual(40, (int)result["shadow"]!["suggestions"]!);
    }

    [TestMethod]
    [DataRow("rate", "adaptive", "what the images of other patches would have shown is not in the journal")]
    [DataRow("rate", "groups", "how long those that the session did not take would have taken is not in the journal")]
    [DataRow("groups", "bayes", "the session took several shots at a place")]
    [DataRow("adaptive", "bayes", "from images on the way")]
    public void ReplayCommand_PlannersThatDoMoreThanGoFromHoleToHole_SaysWhyThereIsNoEstimate(string recorded, string asked, string reason)
    {
        string json = _folder.File("out.json");

        (int exitCode, string output, string error) = HostUnderTest.Run("replay", WriteJournal(suggestions: 5, planner: recorded), "--planner", asked, "--rollouts", "5", "--json", json);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output.ReplaceLineEndings(" "), $"No estimate of what {asked} would have found");
        var result = JObject.Parse(File.ReadAllText(json));
        StringAssert.Contains((string)result["why_no_estimate"]!, reason);
        Assert.AreEqual(JTokenType.Null, result["estimate"]!.Type);
    }

    private string WriteJournal(int suggestions, string? shadow = null, string planner = "rate")
    {
        MeasuredGrid specimen = Make.Specimen();
        BridgeMessage opening = Make.Message(Make.Opening(specimen, planner: planner) with { Shadow = shadow });
        (JournalledSession session, _) = JournalledSession.Open(opening, (OpenSessionRequest)Request.Parse(opening), _folder.File("session-s.jsonl"), new HandTurnedClock());
        using (session)
        {
            double clockMin = 0;
            for (int i = 0; i < suggestions; i++)
            {
                var suggestion = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = clockMin }));
                clockMin += suggestion.ExpectedMinutes;
                if (suggestion.Kind == SuggestionKind.UpLevel)
                    continue;
                double ctfA = specimen.CtfA[specimen.Grid.FindItem(suggestion.Target!.Item)!.Index];
                session.Handle(Make.Message(new ReportCtfRequest("s", suggestion.Target.Item, ctfA) { ClockMin = clockMin }));
            }
        }
        return _folder.File("session-s.jsonl");
    }
}
