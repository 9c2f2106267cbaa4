using Bridge.AgentHost.Serving;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Tests;

/// <summary>A judge that finds nothing proves nothing: here it must find what was done to the journal.</summary>
[TestClass]
public sealed class JudgeTests
{
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Judge_WholeJournal_FindsNothing()
    {
        (string journal, List<Exchange> answered) = Play();

        Assert.IsEmpty(JournalJudge.Judge([journal], answered));
    }

    [TestMethod]
    public void Judge_LastLineMissing_FindsTheLostAnswer()
    {
        (string journal, List<Exchange> answered) = Play();
        string[] lines = File.ReadAllLines(journal);
        File.WriteAllText(journal, string.Concat(lines[..^1].Select(line => line + "\n")));

        StringAssert.Contains(JournalJudge.Judge([journal], answered).Single(), "is in no journal");
    }

    [TestMethod]
    public void Judge_AnswersExchanged_FindsBoth()
    {
        (string journal, List<Exchange> answered) = Play();
        (answered[^1], answered[^2]) = (answered[^1] with { Reply = answered[^2].Reply }, answered[^2] with { Reply = answered[^1].Reply });

        List<string> losses = JournalJudge.Judge([journal], answered);

        Assert.HasCount(2, losses);
        StringAssert.Contains(losses[0], "another answer");
    }

    [TestMethod]
    public void Judge_SameJournalTwice_FindsThatRequestsActedTwice()
    {
        (string journal, List<Exchange> answered) = Play();

        StringAssert.Contains(JournalJudge.Judge([journal, journal], answered)[0], "acted twice");
    }

    [TestMethod]
    public void HandedOutTwice_AnItemAgainAfterItWasPutOff_IsAllowedOnce()
    {
        BridgeMessage Message(SessionRequest request) => request.ToMessage(Ids.New());
        JournalledExchange Suggested(int item)
        {
            var request = new SuggestRequest("s");
            return new JournalledExchange(Message(request), request, new SuggestionReply(SuggestionKind.Target, "") { Target = new Target { Item = item, Id = "", Stage = default } }, 0, []);
        }
        var later = new ReportSkippedRequest("s", 7, SkipReason.Later);
        JournalledExchange putOff = new(Message(later), later, new AckReply(2), 0, []);

        Assert.IsEmpty(JournalJudge.HandedOutTwice([Suggested(7), putOff, Suggested(7)]));
        CollectionAssert.AreEqual(new[] { 7 }, JournalJudge.HandedOutTwice([Suggested(7), putOff, Suggested(7), Suggested(7)]).ToArray());
    }

    private (string Journal, List<Exchange> Answered) Play()
    {
        MeasuredGrid specimen = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(100, seed: 1));
        string journal = _folder.File("session-s.jsonl");
        var opening = new OpenSessionRequest("s") { Targets = [.. specimen.Grid.ToTargets()] };
        using JournalledSession session = JournalledSession.Open(opening.ToMessage(Ids.New()), opening, journal, TimeProvider.System).Session;
        var answered = new List<Exchange>();
        for (int i = 0; i < 5; i++)
        {
            BridgeMessage suggest = new SuggestRequest("s").ToMessage(Ids.New());
            answered.Add(Exchange.Of(suggest, session.Handle(suggest)));
        }
        return (journal, answered);
    }
}
