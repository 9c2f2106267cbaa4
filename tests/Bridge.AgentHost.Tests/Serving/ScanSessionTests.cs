using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Partial scans as sessions of the host.</summary>
[TestClass]
public sealed class ScanSessionTests
{
    private static readonly BeginScanRequest Begin = new("scan", 96, 96);

    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();

    private string JournalPath => _folder.File("session-scan.jsonl");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Handle_WholeScan_HasTheAnnouncedSegmentsAlsoOverRestarts()
    {
        (JournalledSession session, Reply begun) = JournalledSession.Open(Make.Message(Begin), Begin, JournalPath, _clock);
        Assert.AreEqual(new ScanBegunReply("scan", "spiral", 20, 20) { Warning = "no weights for partial scans came with the program; policy 'spiral' leads, and the image is interpolated" }, begun);
        var numbers = new List<int>();
        SegmentReply segment;
        while ((segment = (SegmentReply)session.Handle(Make.Message(new NextSegmentRequest("scan")))).Kind == SegmentKind.GoOn)
        {
            numbers.Add(segment.Number);
            session.Dispose();
            session = JournalledSession.Resume(JournalPath, _clock);
            Assert.AreEqual(segment, session.Handle(Make.Message(new NextSegmentRequest("scan"))), "the same until its values came");
            Assert.IsInstanceOfType<AckReply>(session.Handle(Make.Message(new ObserveSegmentRequest("scan", new double[20]))));
        }
        session.Dispose();

        CollectionAssert.AreEqual(Enumerable.Range(1, 20).ToArray(), numbers);
        Assert.AreEqual(20, segment.Number);
    }

    [TestMethod]
    public void Handle_WrongValues_AreRefusedAndTheSegmentStays()
    {
        using JournalledSession session = JournalledSession.Open(Make.Message(Begin), Begin, JournalPath, _clock).Session;
        Assert.AreEqual(FaultCode.OutOfTurn, ((FaultReply)session.Handle(Make.Message(new ObserveSegmentRequest("scan", new double[20])))).Code);
        Reply segment = session.Handle(Make.Message(new NextSegmentRequest("scan")));

        var refusal = (FaultReply)session.Handle(Make.Message(new ObserveSegmentRequest("scan", new double[21])));

        Assert.AreEqual(FaultCode.BadField, refusal.Code);
        StringAssert.Contains(refusal.Message, "got 21");
        Assert.AreEqual(segment, session.Handle(Make.Message(new NextSegmentRequest("scan"))));
    }

    [TestMethod]
    public void Handle_InterruptedScan_BeginsAnewFromTheFirstSegment()
    {
        using JournalledSession session = JournalledSession.Open(Make.Message(Begin), Begin, JournalPath, _clock).Session;
        var first = (SegmentReply)session.Handle(Make.Message(new NextSegmentRequest("scan")));
        session.Handle(Make.Message(new ObserveSegmentRequest("scan", new double[20])));
        session.Handle(Make.Message(new NextSegmentRequest("scan")));

        session.Handle(Make.Message(Begin));

        Assert.AreEqual(first, session.Handle(Make.Message(new NextSegmentRequest("scan"))));
        StringAssert.Contains(session.Summary, "0 of 20");
    }

    [TestMethod]
    public void Open_SegmentsLongerThanTheImage_IsRefused()
    {
        BeginScanRequest begin = Begin with { Width = 16, Height = 16 };

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => JournalledSession.Open(Make.Message(begin), begin, JournalPath, _clock));

        Assert.AreEqual(FaultCode.BadField, refusal.Code);
        Assert.IsFalse(File.Exists(JournalPath));
    }
}
