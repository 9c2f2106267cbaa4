using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Contracts;
using Bridge.Domain.Images;
using Bridge.Testing;
using TorchSharp;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>What comes of a scan: image, mask and uncertainty, as answers and as files, whole and partial.</summary>
[TestClass]
public sealed class ScanImageTests
{
    private static readonly BeginScanRequest Begin = new("scan", 96, 64) { ValueMin = -10, ValueMax = 300 };

    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();

    private string JournalPath => _folder.File("session-scan.jsonl");

    private HostPlanners WithFiles => HostPlanners.WithoutModels.With(new HostScans(_folder.Path, () => throw new ContractException(FaultCode.UnreadableFile, "the weights are damaged")));

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Handle_DoneScan_WritesWhatItAnswers()
    {
        (JournalledSession session, Reply begun) = Open(Begin, WithFiles);
        using JournalledSession open = session;
        StringAssert.StartsWith(((ScanBegunReply)begun).Warning, "the weights are damaged; policy 'spiral' leads");

        SegmentReply done = Scan(session, segments: 100, Value);

        Assert.AreEqual(SegmentKind.Done, done.Kind);
        Assert.AreEqual(_folder.File("scan-scan-1.mrc"), done.File);
        Assert.AreEqual(done.File, ((ScanBegunReply)begun).File);
        StringAssert.Contains(done.Why, done.File);
        var image = (ScanImageReply)session.Handle(Make.Message(new GetScanImageRequest("scan")));
        Assert.AreEqual((96, 64, 0, 64, 13, 13, "interpolation", done.File), (image.Width, image.Height, image.Row, image.Rows, image.Segments, image.Of, image.Method, image.File));
        using ImageSource stack = ImageFile.Open(done.File!);
        Assert.AreEqual(4, stack.Count);
        CollectionAssert.AreEqual(ScanImageReply.ToFloats(image.ImageBytes), stack.Read(0).Values);
        CollectionAssert.AreEqual(image.Mask.ToArray().Select(value => (float)value).ToArray(), stack.Read(1).Values);
        CollectionAssert.AreEqual(ScanImageReply.ToFloats(image.UncertaintyBytes), stack.Read(2).Values);
        float[] read = stack.Read(3).Values;
        for (int i = 0; i < read.Length; i++)
            Assert.AreEqual(image.Mask.Span[i] == 1 ? (float)Value(i % 96, i / 96) : 0, read[i], 1e-4, "only what the mask says was read");
        Picture sheet = ImageFile.Read(Path.ChangeExtension(done.File!, ".png"));
        Assert.AreEqual((3 * (2 * 96 + 8) + 8, 2 * 64 + 2 * 8), (sheet.Width, sheet.Height));
        // A ramp of 221 with a deviation of 46: what is interpolated lies near the truth.
        float[] completed = stack.Read(0).Values;
        Assert.IsLessThan(15, Math.Sqrt(completed.Select((value, i) => Math.Pow(value - Value(i % 96, i / 96), 2)).Average()));
    }

    [TestMethod]
    public void Handle_ImageInMidScan_IsPartialAndTheSameAfterARestart()
    {
        JournalledSession session = Open(Begin, WithFiles).Session;
        Scan(session, segments: 5, Value);

        var before = (ScanImageReply)session.Handle(Make.Message(new GetScanImageRequest("scan"), "a"));
        session.Dispose();
        session = JournalledSession.Resume(JournalPath, _clock, WithFiles);
        var after = (ScanImageReply)session.Handle(Make.Message(new GetScanImageRequest("scan"), "a"));
        SegmentReply done = Scan(session, segments: 100, Value);
        session.Dispose();

        Assert.AreEqual((5, 13, null), (before.Segments, before.Of, before.File));
        CollectionAssert.AreEqual(before.ImageBytes.ToArray(), after.ImageBytes.ToArray());
        CollectionAssert.AreEqual(before.Mask.ToArray(), after.Mask.ToArray());
        CollectionAssert.AreEqual(before.UncertaintyBytes.ToArray(), after.UncertaintyBytes.ToArray());
        Assert.IsTrue(File.Exists(done.File));
        Assert.IsLessThan(40_000, new FileInfo(JournalPath).Length, "the journal keeps no pixels");
    }

    [TestMethod]
    public void Handle_InterruptedScan_IsKeptAsPartialImage()
    {
        using JournalledSession session = Open(Begin, WithFiles).Session;
        Scan(session, segments: 4, Value);

        var again = (ScanBegunReply)session.Handle(Make.Message(Begin));
        Scan(session, segments: 2, Value);
        session.Handle(Make.Message(new CloseSessionRequest("scan")));

        Assert.AreEqual(_folder.File("scan-scan-2.mrc"), again.File);
        foreach ((string file, string label) in new[] { ("scan-scan-1.mrc", "PARTIAL, 4 of 13"), ("scan-scan-2.mrc", "PARTIAL, 2 of 13") })
            StringAssert.Contains(System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(_folder.File(file)), 224, 80), label);
    }

    [TestMethod]
    public void Handle_NothingScannedYet_IsRefused()
    {
        using JournalledSession session = Open(Begin, WithFiles).Session;

        var refusal = (FaultReply)session.Handle(Make.Message(new GetScanImageRequest("scan")));

        Assert.AreEqual(FaultCode.OutOfTurn, refusal.Code);
        StringAssert.Contains(refusal.Message, "nothing of the image was scanned yet");
    }

    [TestMethod]
    public void Handle_ValueOutsideTheAnnouncedRange_IsRefusedAndTheSegmentStays()
    {
        using JournalledSession session = Open(Begin, WithFiles).Session;
        Reply segment = session.Handle(Make.Message(new NextSegmentRequest("scan")));
        double[] values = new double[20];
        values[7] = 300.5;

        var refusal = (FaultReply)session.Handle(Make.Message(new ObserveSegmentRequest("scan", values)));

        Assert.AreEqual(FaultCode.BadField, refusal.Code);
        StringAssert.Contains(refusal.Message, "value 8 of 20 is 300.5, outside the announced range -10 to 300");
        Assert.AreEqual(segment, session.Handle(Make.Message(new NextSegmentRequest("scan"))));
    }

    [TestMethod]
    public void Handle_ConstantValues_GiveAConstantImage()
    {
        using JournalledSession session = Open(Begin, WithFiles).Session;
        Scan(session, segments: 100, (_, _) => 42);

        var image = (ScanImageReply)session.Handle(Make.Message(new GetScanImageRequest("scan")));

        Assert.IsTrue(ScanImageReply.ToFloats(image.ImageBytes).All(value => value == 42));
        Assert.IsTrue(ScanImageReply.ToFloats(image.UncertaintyBytes).All(value => value == 0));
    }

    [TestMethod]
    public void Handle_LargeImage_ComesInRows()
    {
        BeginScanRequest begin = Begin with { Width = 400, Height = 300, Coverage = 0.001, ValueMin = null, ValueMax = null };
        using JournalledSession session = Open(begin, WithFiles).Session;
        Scan(session, segments: 100, Value);
        var rows = new List<int>();
        var image = new List<float>();

        while (image.Count < 400 * 300)
        {
            var part = (ScanImageReply)session.Handle(Make.Message(new GetScanImageRequest("scan") { Row = image.Count / 400 }));
            rows.Add(part.Rows);
            image.AddRange(ScanImageReply.ToFloats(part.ImageBytes));
        }

        CollectionAssert.AreEqual(new[] { 163, 137 }, rows);
        CollectionAssert.AreEqual(ImageFile.Read(_folder.File("scan-scan-1.mrc")).Values, image);
        Assert.AreEqual(FaultCode.BadField, ((FaultReply)session.Handle(Make.Message(new GetScanImageRequest("scan") { Row = 300 }))).Code);
    }

    [TestMethod]
    public void Handle_ImageTooLargeToComplete_HasTheMeanWhereNothingWasRead()
    {
        BeginScanRequest begin = Begin with { Width = 4096, Height = 1100, Coverage = 0.0001 };
        (JournalledSession session, Reply begun) = Open(begin, HostPlanners.WithoutModels);
        using JournalledSession open = session;
        StringAssert.Contains(((ScanBegunReply)begun).Warning, "4096 x 1100 is too large to complete");
        Scan(session, segments: 3, (x, _) => x % 2);

        var image = (ScanImageReply)session.Handle(Make.Message(new GetScanImageRequest("scan") { Row = 540 }));

        float[] values = ScanImageReply.ToFloats(image.ImageBytes), uncertainty = ScanImageReply.ToFloats(image.UncertaintyBytes);
        Assert.AreEqual(("mean", 16), (image.Method, image.Rows));
        for (int i = 0; i < values.Length; i++)
            Assert.IsTrue(image.Mask.Span[i] == 1 ? values[i] is 0 or 1 && uncertainty[i] == 0 : values[i] is > 0 and < 1 && uncertainty[i] > 0);
    }

    [TestMethod]
    public void Handle_FolderThatCannotBeWritten_StillAnswers()
    {
        var gone = new HostScans(_folder.File("no-such-folder"), () => throw new ContractException(FaultCode.UnreadableFile, "none"));
        using JournalledSession session = Open(Begin, HostPlanners.WithoutModels.With(gone)).Session;

        SegmentReply done = Scan(session, segments: 100, Value);

        Assert.IsNull(done.File);
        StringAssert.Contains(done.Why, "the image could not be written to");
        Assert.IsInstanceOfType<ScanImageReply>(session.Handle(Make.Message(new GetScanImageRequest("scan"))));
    }

    [TestMethod]
    public void Handle_WithWeights_AdaptiveLeadsAndTheNextSegmentIsKnownAhead()
    {
        using var generator = new torch.Generator(5);
        var model = new ScanModel(new GeneratorNetwork(8, generator), new ErrorNetwork(generator));
        HostPlanners planners = HostPlanners.WithoutModels.With(new HostScans(_folder.Path, () => model));
        (JournalledSession session, Reply begun) = Open(Begin, planners);
        Assert.AreEqual(("adaptive", null), (((ScanBegunReply)begun).Policy, ((ScanBegunReply)begun).Warning));
        SegmentReply segment;
        (double, double, double)? ahead = null;
        while ((segment = (SegmentReply)session.Handle(Make.Message(new NextSegmentRequest("scan")))).Kind == SegmentKind.GoOn)
        {
            if (ahead is { } told)
                Assert.AreEqual(told, (segment.X, segment.Y, segment.DirectionRad), $"segment {segment.Number}");
            ahead = segment.Ahead;
            Assert.AreEqual(segment.Number < 13, ahead is not null, $"segment {segment.Number}");
            Observe(session, segment, Value);
            session.Dispose();
            session = JournalledSession.Resume(JournalPath, _clock, planners);
        }

        Assert.AreEqual("network", ((ScanImageReply)session.Handle(Make.Message(new GetScanImageRequest("scan")))).Method);
        session.Dispose();
    }

    [TestMethod]
    public void Resume_WeightsCameMeanwhile_TheSpiralGoesOn()
    {
        JournalledSession session = Open(Begin, WithFiles).Session;
        Scan(session, segments: 3, Value);
        session.Dispose();
        using var generator = new torch.Generator(5);
        var model = new ScanModel(new GeneratorNetwork(8, generator), new ErrorNetwork(generator));

        session = JournalledSession.Resume(JournalPath, _clock, HostPlanners.WithoutModels.With(new HostScans(_folder.Path, () => model)));

        StringAssert.Contains(session.Summary, "policy spiral, 3 of 13");
        session.Dispose();
    }

    private static double Value(double x, double y) => x + 2 * y;

    private (JournalledSession Session, Reply Reply) Open(BeginScanRequest begin, HostPlanners planners)
        => JournalledSession.Open(Make.Message(begin), begin, JournalPath, _clock, planners);

    /// <summary>Scans some segments, or to the end.</summary>
    private static SegmentReply Scan(JournalledSession session, int segments, Func<double, double, double> value)
    {
        for (int i = 0; ; i++)
        {
            var segment = (SegmentReply)session.Handle(Make.Message(new NextSegmentRequest("scan")));
            if (segment.Kind == SegmentKind.Done || i == segments)
                return segment;
            Observe(session, segment, value);
        }
    }

    private static void Observe(JournalledSession session, SegmentReply segment, Func<double, double, double> value)
    {
        double[] values = new double[20];
        for (int k = 0; k < values.Length; k++)
        {
            double step = k * Math.Sqrt(2);
            values[k] = value(Math.Round(segment.X + step * Math.Cos(segment.DirectionRad)), Math.Round(segment.Y + step * Math.Sin(segment.DirectionRad)));
        }
        Assert.IsInstanceOfType<AckReply>(session.Handle(Make.Message(new ObserveSegmentRequest("scan", values))));
    }
}
