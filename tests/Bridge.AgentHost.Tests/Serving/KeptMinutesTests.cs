using Bridge.AgentHost.Replay;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>The minutes that a session learned are there for the next one.</summary>
[TestClass]
public sealed class KeptMinutesTests
{
    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly MeasuredGrid _specimen = Make.Specimen();

    private string MinutesPath => _folder.File(HostMinutes.FileName);

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Open_AfterAFastSession_BeginsWithItsMinutesAndReplaysTheSameWithoutTheFile()
    {
        Collect("first", factor: 0.5);
        string learned;
        using (JournalledSession session = Open("second", out SessionOpenedReply opened))
        {
            Assert.IsTrue(MoveMinutes.Parse(opened.Minutes!).SamePatch is > 0.9 and < 1.3, opened.Minutes);
            StringAssert.Contains(Explain(session), "before them, kept from earlier sessions");
            Play(session, factor: 0.5);
            learned = Explain(session);
        }
        File.Delete(MinutesPath);

        using (JournalledSession resumed = JournalledSession.Resume(Journal("second"), _clock, Planners()))
            Assert.AreEqual(learned, Explain(resumed));
        JournalReplay replay = JournalReplay.Run(Journal("second"), planner: null);

        Assert.IsGreaterThan(20, replay.Suggestions);
        Assert.HasCount(0, replay.Differences);
    }

    [TestMethod]
    public void Open_SameAgain_IsTheSameSession()
    {
        Collect("first", factor: 0.5);
        using JournalledSession session = Open("second", out _);

        Reply again = session.Handle(Make.Message(Opening("second")));

        Assert.IsInstanceOfType<SessionOpenedReply>(again, (again as FaultReply)?.Message);
    }

    [TestMethod]
    public void Open_NamesItsMinutes_DoesNotTakeTheKept()
    {
        Collect("first", factor: 0.5);

        (JournalledSession session, Reply reply) = JournalledSession.Open(Make.Message(Opening("second")), Opening("second") with { Minutes = "reward" }, Journal("second"), _clock, Planners());

        using (session)
        {
            Assert.IsNull(((SessionOpenedReply)reply).Minutes);
            StringAssert.Contains(Explain(session), "those that the session was opened with");
        }
    }

    [TestMethod]
    public void Keep_LevelWithFewMoves_StaysAsItWas()
    {
        var minutes = new HostMinutes(MinutesPath);
        minutes.Keep(new MoveMinutes(1, 2, 3, 4), _ => 10, _clock);

        minutes.Keep(new MoveMinutes(1.5, 2.5, 9, 9), level => level == MoveLevel.SamePatch ? HostMinutes.LeastMoves : 1, _clock);

        Assert.AreEqual(new MoveMinutes(1.5, 2, 3, 4), minutes.Read(_clock).Minutes);
        Assert.HasCount(1, Directory.GetFiles(Path.GetDirectoryName(MinutesPath)!));
    }

    [TestMethod]
    public void Keep_NothingTimed_WritesNoFile()
    {
        Assert.IsNull(new HostMinutes(MinutesPath).Keep(MoveMinutes.Text, _ => HostMinutes.LeastMoves - 1, _clock));

        Assert.IsFalse(File.Exists(MinutesPath));
    }

    [TestMethod]
    public void Close_ClientKeepsTheTime_IsASimulationAndKeepsNothing()
    {
        using JournalledSession session = JournalledSession.Open(Make.Message(Opening("s")), Opening("s") with { ClockMin = 0 }, Journal("s"), _clock, Planners()).Session;
        for (int i = 1; i <= 20; i++)
        {
            int item = ((SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = i }))).Target!.Item;
            session.Handle(Make.Message(new ReportCtfRequest("s", item, 4) { ClockMin = i + 0.5 }));
        }

        Assert.IsNull(session.KeepLearned());
        Assert.IsFalse(File.Exists(MinutesPath));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[1, 2]")]
    [DataRow("{\"version\": 1, \"minutes\": [1, 2, 3")]
    [DataRow("{\"version\": 1, \"minutes\": [1, 2, 3]}")]
    [DataRow("{\"version\": 1, \"minutes\": [1, \"x\", 3, 4]}")]
    [DataRow("{\"version\": 1, \"minutes\": [1, NaN, 3, 4]}")]
    [DataRow("{\"version\": 1, \"minutes\": [4, 3, 2, 1]}")]
    [DataRow("{\"version\": 1, \"minutes\": [0, 3, 4, 5]}")]
    [DataRow("{\"version\": 2, \"minutes\": [1, 2, 3, 4]}")]
    [DataRow("{\"minutes\": [1, 2, 3, 4]}")]
    public void Open_DamagedFile_IsNamedAndPutAsideAndThePapersMinutesAreUsed(string text)
    {
        File.WriteAllText(MinutesPath, text);

        using JournalledSession session = Open("s", out SessionOpenedReply opened);

        Assert.IsNull(opened.Minutes);
        StringAssert.Contains(opened.Warnings.Single(), MinutesPath);
        StringAssert.Contains(Explain(session), "2 within a patch, 3 within a square");
        Assert.IsFalse(File.Exists(MinutesPath));
        Assert.AreEqual(text, File.ReadAllText(Directory.GetFiles(Path.GetDirectoryName(MinutesPath)!, HostMinutes.FileName + ".damaged-*").Single()));
    }

    [TestMethod]
    public void Read_HugeFile_IsNotRead()
    {
        File.WriteAllText(MinutesPath, new string(' ', 20_000));

        (MoveMinutes? minutes, string? warning) = new HostMinutes(MinutesPath).Read(_clock);

        Assert.IsNull(minutes);
        StringAssert.Contains(warning!, "larger than");
    }

    private HostPlanners Planners() => HostPlanners.WithoutModels.With(new HostMinutes(MinutesPath));

    private string Journal(string name) => _folder.File($"session-{name}.jsonl");

    private OpenSessionRequest Opening(string name) => Make.Opening(_specimen, name) with { ClockMin = null };

    private JournalledSession Open(string name, out SessionOpenedReply opened)
    {
        (JournalledSession session, Reply reply) = JournalledSession.Open(Make.Message(Opening(name)), Opening(name), Journal(name), _clock, Planners());
        opened = (SessionOpenedReply)reply;
        return session;
    }

    /// <summary>A whole session on the host's clock.</summary>
    private void Collect(string name, double factor)
    {
        using JournalledSession session = Open(name, out _);
        Play(session, factor);
        session.Handle(Make.Message(new CloseSessionRequest(name)));
        Assert.AreEqual(MinutesPath, session.KeepLearned());
    }

    private void Play(JournalledSession session, double factor)
    {
        int last = -1;
        for (int i = 0; i < 30; i++)
        {
            int item = ((SuggestionReply)session.Handle(Make.Message(new SuggestRequest(session.Id)))).Target!.Item;
            Hole hole = _specimen.Grid.FindItem(item)!;
            double minutes = last < 0 ? MoveMinutes.Text.OtherGridImage : MoveMinutes.Text[_specimen.Grid.LevelBetween(_specimen.Grid.Holes[last].Patch, hole.Patch)];
            last = hole.Index;
            _clock.Advance(TimeSpan.FromMinutes(factor * minutes));
            session.Handle(Make.Message(new ReportCtfRequest(session.Id, item, _specimen.CtfA[hole.Index])));
        }
    }

    private static string Explain(JournalledSession session) => ((ExplanationReply)session.Handle(Make.Message(new ExplainRequest(session.Id, "minutes")))).Text;
}
