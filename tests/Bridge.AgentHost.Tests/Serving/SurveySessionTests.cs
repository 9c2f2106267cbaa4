using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Hierarchy;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Sessions whose predictions become known on the way.</summary>
[TestClass]
public sealed class SurveySessionTests
{
    private const double BudgetMin = 150;

    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly MeasuredGrid _specimen = Make.Specimen(900, seed: 5);

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Suggest_NothingSurveyed_WeighsImagesAgainstHolesAndSaysWhatItLeaves()
    {
        using JournalledSession session = Open(Hidden());

        Played played = Play(session);

        CollectionAssert.AllItemsAreUnique(played.Patches);
        CollectionAssert.IsSubsetOf(played.Items.Select(item => PatchOf(item)).Distinct().ToArray(), played.Patches);
        Assert.IsTrue(played.Patches.Count > 3 && played.Patches.Count < _specimen.Grid.Patches.Count, $"{played.Patches.Count} images");
        Assert.IsTrue(played.Ups.Contains(SpecimenLevel.Patch) && played.Ups.Contains(SpecimenLevel.Square), string.Join(' ', played.Ups));
        double all = _specimen.CtfA.Count(CollectionState.IsGood) / (double)_specimen.CtfA.Count;
        int evaluated = new HierarchyEvaluation(_specimen, MoveMinutes.Text, 1).Play(new AdaptiveSurvey(), BudgetMin, firstHole: 0).Good; // begins at a patch, for nothing
        Assert.IsTrue(played.Good > 1.5 * all * played.Items.Count, $"{played.Good} good of {played.Items.Count}, {all:P0} of the grid");
        Assert.IsTrue(played.Good > 0.85 * evaluated, $"{played.Good} good holes, {evaluated} in the evaluation");
    }

    [TestMethod]
    public void Resume_AfterAnyExchange_GoesOnAsIfNothingHadHappened()
    {
        Played whole, interrupted;
        using (JournalledSession session = Open(Hidden()))
            whole = Play(session);
        JournalledSession other = Open(Hidden("t"));

        interrupted = Play(other, () =>
        {
            other.Dispose();
            return other = JournalledSession.Resume(PathOf("t"), _clock);
        });
        other.Dispose();

        CollectionAssert.AreEqual(whole.Items, interrupted.Items);
        CollectionAssert.AreEqual(whole.Patches, interrupted.Patches);
    }

    [TestMethod]
    public void ReportSkipped_ImageNotTaken_ComesBackLaterOrNever()
    {
        using JournalledSession later = Open(Hidden()), bad = Open(Hidden("t"));
        SuggestionReply first = Suggest(later), same = Suggest(bad);
        Assert.AreEqual(SuggestionKind.Survey, first.Kind);
        Assert.AreEqual(first.Target!.Item, same.Target!.Item);

        later.Handle(Make.Message(new ReportSkippedRequest("s", first.Target.Item, SkipReason.Later)));
        bad.Handle(Make.Message(new ReportSkippedRequest("t", first.Target.Item, SkipReason.LooksBad)));

        Assert.AreEqual(first.Target.Patch, Next(later).Target!.Patch);
        Assert.AreNotEqual(first.Target.Patch, Next(bad).Target!.Patch);
        StringAssert.Contains(Explain(bad, $"item {first.Target.Item}"), "visited");
    }

    [TestMethod]
    public void ReportPredictions_PlainSession_MovesTheProbabilityAlsoAfterResume()
    {
        OpenSessionRequest opening = Hidden() with { Planner = "bayes", SurveyMinutes = null };
        int item = _specimen.Grid.Holes[5].Item;
        string before, after;
        using (JournalledSession session = Open(opening))
        {
            session.Handle(Make.Message(new ReportCtfRequest("s", _specimen.Grid.Holes[4].Item, 4)));
            before = Explain(session, $"item {item}");
            session.Handle(Make.Message(new ReportPredictionsRequest("s", [new Prediction(item) { CtfA = 3.1 }])));
            session.Handle(Make.Message(new ReportCtfRequest("s", _specimen.Grid.Holes[4].Item, 14))); // a correction
            after = Explain(session, $"item {item}");
        }

        using JournalledSession resumed = JournalledSession.Resume(PathOf("s"), _clock);

        StringAssert.Contains(before, "no prediction");
        StringAssert.Contains(after, "predicted 3.1 Å");
        Assert.AreEqual(after, Explain(resumed, $"item {item}"));
    }

    [TestMethod]
    public void ReportPredictions_UnknownItem_IsRefusedAndNothingIsSeen()
    {
        using JournalledSession session = Open(Hidden());
        int item = _specimen.Grid.Holes[5].Item;

        var refused = (FaultReply)session.Handle(Make.Message(new ReportPredictionsRequest("s", [new Prediction(item) { CtfA = 3 }, new Prediction(999_999) { CtfA = 3 }])));

        Assert.AreEqual(FaultCode.UnknownItem, refused.Code);
        StringAssert.Contains(refused.Message, "999999");
        StringAssert.Contains(Explain(session, $"item {item}"), "no prediction");
    }

    [TestMethod]
    public void Open_ImagesForAPlannerThatAsksForNone_IsRefused()
    {
        ContractException minutes = Assert.ThrowsExactly<ContractException>(() => Open(Hidden() with { Planner = "rate" })), shadow = Assert.ThrowsExactly<ContractException>(() => Open(Hidden() with { Shadow = "adaptive" }));

        StringAssert.Contains(minutes.Message, "survey_minutes");
        StringAssert.Contains(shadow.Message, "'adaptive' cannot be the shadow");
    }

    [TestMethod]
    public void Explain_Plan_EndsAtTheNextImage()
    {
        using JournalledSession session = Open(Hidden());

        StringAssert.Contains(Explain(session, "plan"), "an image of patch");
        Assert.AreEqual(SuggestionKind.Survey, Suggest(session).Kind);
    }

    private sealed record Played(int Good, List<int> Items, List<string> Patches, List<SpecimenLevel> Ups);

    /// <summary>Plays the microscope until the host says stop.</summary>
    /// <param name="interrupt">Gives the session to go on with, now and then.</param>
    private Played Play(JournalledSession session, Func<JournalledSession>? interrupt = null)
    {
        var played = new Played(0, [], [], []);
        double atMin = 0;
        bool wentUp = false;
        for (int step = 1; ; step++)
        {
            if (interrupt is not null && step % 17 == 0)
                session = interrupt();
            SuggestionReply next = Suggest(session, atMin);
            atMin += next.ExpectedMinutes;
            switch (next.Kind)
            {
                case SuggestionKind.Stop:
                    Assert.IsTrue(atMin <= BudgetMin + 1e-6, $"{atMin} min");
                    return played;
                case SuggestionKind.UpLevel:
                    Assert.IsFalse(wentUp, "up twice");
                    played.Ups.Add(next.Leaves!.Value);
                    break;
                case SuggestionKind.Survey:
                    played.Patches.Add(next.Target!.Patch);
                    session.Handle(Make.Message(new ReportPredictionsRequest(session.Id, Seen(next.Target.Patch)) { ClockMin = atMin }));
                    break;
                case SuggestionKind.Target:
                    Hole hole = _specimen.Grid.FindItem(next.Target!.Item)!;
                    played.Items.Add(hole.Item);
                    played = played with { Good = played.Good + (CollectionState.IsGood(_specimen.CtfA[hole.Index]) ? 1 : 0) };
                    session.Handle(Make.Message(new ReportCtfRequest(session.Id, hole.Item, _specimen.CtfA[hole.Index]) { ClockMin = atMin }));
                    break;
            }
            wentUp = next.Kind == SuggestionKind.UpLevel;
        }
    }

    private List<Prediction> Seen(string patch) =>
        [.. _specimen.Grid.Holes.Where(hole => _specimen.Grid.Patches[hole.Patch].Id == patch).Select(hole => new Prediction(hole.Item) { CtfA = hole.PredictedCtfA })];

    private string PatchOf(int item) => _specimen.Grid.Patches[_specimen.Grid.FindItem(item)!.Patch].Id;

    private static SuggestionReply Next(JournalledSession session)
    {
        SuggestionReply next = Suggest(session);
        return next.Kind == SuggestionKind.UpLevel ? Suggest(session) : next;
    }

    private static SuggestionReply Suggest(JournalledSession session, double atMin = 0) => (SuggestionReply)session.Handle(Make.Message(new SuggestRequest(session.Id) { ClockMin = atMin }));

    private static string Explain(JournalledSession session, string about) => ((ExplanationReply)session.Handle(Make.Message(new ExplainRequest(session.Id, about)))).Text;

    private string PathOf(string name) => _folder.File($"session-{name}.jsonl");

    private OpenSessionRequest Hidden(string name = "s") => Make.Opening(_specimen, name, "adaptive") with
    {
        Targets = [.. _specimen.Grid.ToTargets().Select(target => target with { PredictedCtfA = null, Probability = null })],
        MinutesLeft = BudgetMin,
        SurveyMinutes = 1,
    };

    private JournalledSession Open(OpenSessionRequest opening) => JournalledSession.Open(Make.Message(opening), opening, PathOf(opening.Session), _clock).Session;
}
