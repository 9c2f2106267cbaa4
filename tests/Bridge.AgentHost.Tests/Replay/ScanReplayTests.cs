using Bridge.AgentHost.Replay;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Replay;

[TestClass]
public sealed class ScanReplayTests
{
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Run_TwoScans_TheSamePolicyGivesTheSameSegments()
    {
        ScanReplay replay = ScanReplay.Run(Journal(), null, HostScans.WithoutModel)!;

        Assert.AreEqual(("scan", "spiral", 2, 9), (replay.Session, replay.Policy, replay.Scans, replay.Segments));
        Assert.HasCount(0, replay.Differences);
        StringAssert.Contains(replay.Summary, "5 of 20 segments");
    }

    [TestMethod]
    public void Run_AnotherPolicy_ShowsWhereItGoesElsewhere()
    {
        ScanReplay replay = ScanReplay.Run(Journal(), "random-walk", HostScans.WithoutModel)!;

        Assert.AreEqual("random-walk", replay.Policy);
        Assert.IsGreaterThan(5, replay.Differences.Count);
    }

    [TestMethod]
    public void Run_JournalOfAnotherKind_IsNone()
    {
        var begin = new BeginAlignmentRequest("a", 1, 2, 3);
        JournalledSession.Open(Make.Message(begin), begin, _folder.File("session-a.jsonl"), new HandTurnedClock()).Session.Dispose();

        Assert.IsNull(ScanReplay.Run(_folder.File("session-a.jsonl"), null, HostScans.WithoutModel));
    }

    [TestMethod]
    public void Replay_FromTheCommandLine_PrintsAndExitsWith0()
    {
        (int exitCode, string output, string error) = HostUnderTest.Run("replay", Journal(), "--json", _folder.File("out.json"));

        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "segments that spiral gives again");
        StringAssert.Contains(File.ReadAllText(_folder.File("out.json")), "\"segments\": 9");
    }

    /// <summary>A scan of four segments, one of five, and a refused message.</summary>
    private string Journal()
    {
        var begin = new BeginScanRequest("scan", 96, 96);
        string path = _folder.File("session-scan.jsonl");
        using JournalledSession session = JournalledSession.Open(Make.Message(begin), begin, path, new HandTurnedClock()).Session;
        for (int i = 0; i < 9; i++)
        {
            if (i == 4)
                session.Handle(Make.Message(begin with { Seed = 3 }));
            session.Handle(Make.Message(new NextSegmentRequest("scan")));
            session.Handle(Make.Message(new ObserveSegmentRequest("scan", new double[3])));
            session.Handle(Make.Message(new ObserveSegmentRequest("scan", new double[20])));
        }
        return path;
    }
}
