using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>What trials found: see tests/Bridge.Trials.</summary>
[TestClass]
public sealed class SessionSlotTests
{
    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly LogLines<SessionSlot> _log = new();
    private readonly MeasuredGrid _specimen = Make.Specimen();
    private DataFolder _data = null!;

    [TestInitialize]
    public void Initialize() => _data = new DataFolder(_folder.Path);

    [TestCleanup]
    public void Cleanup()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{\"seq\":1,\"utc\":\"2026-01-01T00:00:")]
    public async Task Resume_HostKilledInTheMiddleOfAnOpening_OpensOnTheRepetition(string left)
    {
        File.WriteAllText(_data.JournalOf("s"), left);
        SessionSlot slot = NewSlot();

        slot.Resume("s");
        Reply opened = await AskAsync(slot, Make.Message(Make.Opening(_specimen)));

        Assert.IsInstanceOfType<SessionOpenedReply>(opened);
        Assert.IsInstanceOfType<SuggestionReply>(await AskAsync(slot, Make.Message(new SuggestRequest("s"))));
        Assert.IsTrue(_log.All.Any(line => line.StartsWith("3024 ", StringComparison.Ordinal)), string.Join('\n', _log.All));
        await slot.StopAsync();
    }

    [TestMethod]
    public async Task Resume_LastLineCutShort_SaysWhereItsBytesAre()
    {
        await PlayAsync(suggestions: 3);
        File.AppendAllText(_data.JournalOf("s"), "{\"seq\":5,\"utc\"");
        SessionSlot slot = NewSlot();

        slot.Resume("s");

        Assert.IsTrue(_log.All.Any(line => line.StartsWith("3023 ", StringComparison.Ordinal) && line.Contains("session-s.jsonl.torn", StringComparison.Ordinal)), string.Join('\n', _log.All));
        await slot.StopAsync();
    }

    [TestMethod]
    public async Task Post_JournalMendedWhileTheHostRuns_GoesOnWithoutARestart()
    {
        await PlayAsync(suggestions: 3);
        byte[] whole = File.ReadAllBytes(_data.JournalOf("s"));
        byte[] damaged = [.. whole];
        damaged[^40] ^= 4;
        File.WriteAllBytes(_data.JournalOf("s"), damaged);
        SessionSlot slot = NewSlot();
        slot.Resume("s");
        Assert.AreEqual(FaultCode.JournalCorrupt, ((FaultReply)await AskAsync(slot, Make.Message(new SuggestRequest("s")))).Code);

        File.WriteAllBytes(_data.JournalOf("s"), whole);
        File.SetLastWriteTimeUtc(_data.JournalOf("s"), new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.IsInstanceOfType<SuggestionReply>(await AskAsync(slot, Make.Message(new SuggestRequest("s"))));
        await slot.StopAsync();
    }

    [TestMethod]
    public async Task Post_DamagedJournalMovedAwayWhileTheHostRuns_OpensAnew()
    {
        File.WriteAllText(_data.JournalOf("s"), "damaged\n");
        SessionSlot slot = NewSlot();
        slot.Resume("s");
        Assert.AreEqual(FaultCode.JournalCorrupt, ((FaultReply)await AskAsync(slot, Make.Message(Make.Opening(_specimen)))).Code);

        File.Move(_data.JournalOf("s"), _folder.File("set-aside"));

        Assert.IsInstanceOfType<SessionOpenedReply>(await AskAsync(slot, Make.Message(Make.Opening(_specimen))));
        await slot.StopAsync();
    }

    [TestMethod]
    public async Task Post_LateRepetitionOfAClose_DoesNotCloseTheNextSession()
    {
        SessionSlot slot = NewSlot();
        await AskAsync(slot, Make.Message(Make.Opening(_specimen)));
        BridgeMessage close = Make.Message(new CloseSessionRequest("s"));
        Reply closed = await AskAsync(slot, close);
        await AskAsync(slot, Make.Message(Make.Opening(_specimen)));

        Reply again = await AskAsync(slot, close);

        Assert.AreEqual(closed, again);
        Assert.IsInstanceOfType<SuggestionReply>(await AskAsync(slot, Make.Message(new SuggestRequest("s"))));
        await slot.StopAsync();
    }

    [TestMethod]
    public async Task Post_CloseRepeatedAfterARestart_GetsItsAnswer()
    {
        SessionSlot slot = NewSlot();
        await AskAsync(slot, Make.Message(Make.Opening(_specimen)));
        BridgeMessage close = Make.Message(new CloseSessionRequest("s"));
        Reply closed = await AskAsync(slot, close);
        await slot.StopAsync();
        foreach (string other in (string[])["closed-s-x-20990101T000000000.jsonl", "closed-s-20990101.jsonl"])
            File.WriteAllText(Path.Combine(_data.Sessions, other), "another session's\n");
        SessionSlot restarted = NewSlot();

        Reply again = await AskAsync(restarted, close), another = await AskAsync(restarted, Make.Message(new CloseSessionRequest("s")));

        Assert.AreEqual(closed, again);
        Assert.AreEqual(FaultCode.UnknownSession, ((FaultReply)another).Code);
        await restarted.StopAsync();
    }

    [TestMethod]
    public async Task Post_CloseSession_GivesItsMemoryBack()
    {
        OpenSessionRequest opening = Make.Opening(Make.Specimen(holes: 20_000));
        SessionSlot slot = NewSlot();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await AskAsync(slot, Make.Message(opening));
        long open = GC.GetTotalMemory(forceFullCollection: true);

        await AskAsync(slot, Make.Message(new CloseSessionRequest("s")));
        await slot.StopAsync();

        long closed = GC.GetTotalMemory(forceFullCollection: true);
        Assert.IsTrue(open - before > 4_000_000, $"the open session took {open - before} bytes");
        Assert.IsTrue(closed - before < (open - before) / 4, $"the closed session keeps {closed - before} of {open - before} bytes");
    }

    [TestMethod]
    public void Handle_ThousandsOfSuggestionsWithReasons_KeepsTheirAnswersSmall()
    {
        OpenSessionRequest opening = Make.Opening(Make.Specimen(holes: 3000), planner: "bayes") with { MinutesLeft = null };
        using JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, _data.JournalOf("s"), _clock).Session;
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < 1000; i++)
            Assert.IsInstanceOfType<SuggestionReply>(session.Handle(Make.Message(new SuggestRequest("s"))));

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1000;
        Assert.IsTrue(each < 4000, $"{each} bytes for each answer");
    }

    [TestMethod]
    public async Task Post_OpenedAgainAThousandTimes_KeepsNoListOfPlacesForEach()
    {
        OpenSessionRequest opening = Make.Opening(Make.Specimen(holes: 2000)) with { Targets = [], Path = _folder.File("holes.nav") };
        Domain.Navigator.NavigatorWriter.Write(opening.Path!, Make.Specimen(holes: 2000).Grid);
        SessionSlot slot = NewSlot();
        await AskAsync(slot, Make.Message(opening));
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < 1000; i++)
            await AskAsync(slot, Make.Message(opening));

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.IsTrue(grown < 10_000_000, $"{grown} bytes for a thousand times");
        await slot.StopAsync();
    }

    [TestMethod]
    public void Resume_OpeningAgainRepeatedAfterARestart_StillHasItsPlaces()
    {
        BridgeMessage opening = Make.Message(Make.Opening(_specimen)), again = Make.Message(Make.Opening(_specimen));
        int places;
        using (JournalledSession session = JournalledSession.Open(opening, (OpenSessionRequest)Request.Parse(opening), _data.JournalOf("s"), _clock).Session)
        {
            session.Handle(Make.Message(new SuggestRequest("s")));
            places = ((SessionOpenedReply)session.Handle(again)).Places.Count;
        }
        using JournalledSession resumed = JournalledSession.Resume(_data.JournalOf("s"), _clock);

        var repeated = (SessionOpenedReply)resumed.Handle(again);

        Assert.AreEqual(_specimen.Grid.Holes.Count - 1, places);
        Assert.AreEqual(places, repeated.Places.Count);
    }

    [TestMethod]
    public async Task Mailbox_WorkThatFails_IsLoggedAndTheNextIsDone()
    {
        var mailbox = new SessionMailbox(capacity: 10, _log);
        var done = new TaskCompletionSource();

        mailbox.Post(() => throw new InvalidOperationException("a bug"));
        mailbox.Post(done.SetResult);

        await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await mailbox.CompleteAsync();
        Assert.IsTrue(_log.All.Single().StartsWith("3025 ", StringComparison.Ordinal));
    }

    private async Task PlayAsync(int suggestions)
    {
        SessionSlot slot = NewSlot();
        await AskAsync(slot, Make.Message(Make.Opening(_specimen)));
        for (int i = 0; i < suggestions; i++)
            await AskAsync(slot, Make.Message(new SuggestRequest("s")));
        await slot.StopAsync();
    }

    private SessionSlot NewSlot() => new(_data, capacity: 10, HostPlanners.WithoutModels, HostAlignments.WithoutFiles, _clock, _log);

    private static async Task<Reply> AskAsync(SessionSlot slot, BridgeMessage message)
    {
        var answered = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        slot.Post(message, answered.SetResult);
        return await answered.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
