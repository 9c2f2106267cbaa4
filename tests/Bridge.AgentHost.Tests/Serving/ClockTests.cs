using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Somebody sets the computer's clock while a session runs on the host's time.</summary>
[TestClass]
public sealed class ClockTests
{
    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [DataRow(-26.0)]
    [DataRow(26.0)]
    public void Handle_ClockSetWhileTheSessionRuns_TheBudgetLastsItsMinutes(double hours)
    {
        OpenSessionRequest opening = Make.Opening(Make.Specimen()) with { ClockMin = null, MinutesLeft = 60 };
        using JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, _folder.File("session-s.jsonl"), _clock).Session;

        _clock.Set(TimeSpan.FromHours(hours));
        _clock.Advance(TimeSpan.FromMinutes(30));
        var early = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s")));
        _clock.Advance(TimeSpan.FromMinutes(29.5));
        var late = (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s")));

        Assert.AreEqual(SuggestionKind.Target, early.Kind);
        Assert.AreEqual(SuggestionKind.Stop, late.Kind);
    }

    [TestMethod]
    public void Resume_ClockSetBackWhileNoHostRan_TimeGoesOn()
    {
        OpenSessionRequest opening = Make.Opening(Make.Specimen()) with { ClockMin = null, MinutesLeft = 60 };
        string journal = _folder.File("session-s.jsonl");
        JournalledSession.Open(Make.Message(opening), opening, journal, _clock).Session.Dispose();
        _clock.Set(TimeSpan.FromHours(-5));
        using JournalledSession resumed = JournalledSession.Resume(journal, _clock);
        Assert.AreEqual(SuggestionKind.Target, ((SuggestionReply)resumed.Handle(Make.Message(new SuggestRequest("s")))).Kind);

        _clock.Advance(TimeSpan.FromMinutes(59.5));

        Assert.AreEqual(SuggestionKind.Stop, ((SuggestionReply)resumed.Handle(Make.Message(new SuggestRequest("s")))).Kind);
    }

    [TestMethod]
    public void Look_ClockSetOrTimeStoodStill_SaysWhich()
    {
        var log = new LogLines<ClockWatch>();
        using var watch = new ClockWatch(_clock, log);
        _clock.Advance(ClockWatch.Interval);
        watch.Look();
        Assert.IsEmpty(log.All);

        _clock.Set(TimeSpan.FromHours(-1));
        watch.Look();
        _clock.Advance(TimeSpan.FromSeconds(62));
        watch.Look();

        Assert.HasCount(2, log.All);
        StringAssert.StartsWith(log.All[0], "3040 The computer's clock was set back by 3600 s");
        StringAssert.StartsWith(log.All[1], "3029 The host stood still for 60 s");
    }
}
