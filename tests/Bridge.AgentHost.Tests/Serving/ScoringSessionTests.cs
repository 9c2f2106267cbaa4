using System.Collections.Concurrent;
using Bridge.AgentHost.Commands;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Networks;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using static TorchSharp.torch;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Sessions whose holes the host scores by their pictures.</summary>
[TestClass]
public sealed class ScoringSessionTests
{
    private const int CropPx = 20, Holes = 700; // more than a chunk

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2); // for safety only

    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly MeasuredGrid _specimen = Make.Specimen(Holes, seed: 5);

    private string JournalPath => _folder.File("session-s.jsonl");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void ScoreHoles_CropsOfAll_BecomePredictionsThatAResumedSessionKnows()
    {
        string[] before, after;
        using (JournalledSession session = Open())
        {
            Assert.IsInstanceOfType<AckReply>(session.Handle(Message("r1")));
            ScoringJob job = session.TakeJobs().Single();
            Assert.AreEqual(0, session.TakeJobs().Count);
            StringAssert.Contains(Explain(session), $"scores: 0 of {Holes}");

            foreach (BridgeMessage message in Score(job, count: 2))
                session.TakeScores(job, message, null);

            StringAssert.Contains(Explain(session), $"scores: {Holes} of {Holes}");
            before = Believed(session, "before");
        }
        using (JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock))
        {
            Assert.AreEqual(0, resumed.TakeJobs().Count, "nothing is scored twice");
            StringAssert.Contains(Explain(resumed), $"scores: {Holes} of {Holes}");
            Assert.IsInstanceOfType<AckReply>(resumed.Handle(Message("r1")), "an answer repeated");
            Assert.AreEqual(0, resumed.TakeJobs().Count);
            after = Believed(resumed, "after");
        }

        CollectionAssert.AreEqual(before, after);
        Assert.IsTrue(before.All(text => text.Contains("probability", StringComparison.Ordinal)), before[0]);
        Assert.IsTrue(before.Distinct().Count() > 1, "the holes have scores of their own");
    }

    [TestMethod]
    public void Resume_ScoresNotThereYet_AreAskedForAgainFromTheKeptCrops()
    {
        using (JournalledSession session = Open())
        {
            session.Handle(Message("r1"));
            ScoringJob job = session.TakeJobs().Single();
            session.TakeScores(job, Score(job, count: 2)[0], null); // the host is killed in mid-work
        }

        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock);

        ScoringJob left = resumed.TakeJobs().Single();
        BridgeMessage rest = Score(left, count: 1).Single();
        Assert.AreEqual(left.ChunkId(1), rest.RequestId, "only what is missing is scored");
        resumed.TakeScores(left, rest, null);
        StringAssert.Contains(Explain(resumed), $"scores: {Holes} of {Holes}");
        Assert.AreEqual(0, resumed.TakeJobs().Count);
    }

    /// <summary>A host that answered so much meanwhile that it does not remember the scores' own ids: see <see cref="ReplyCache.Capacity"/>.</summary>
    [TestMethod]
    public void Resume_ManyAnswersSinceTheScores_NothingIsToldTwice()
    {
        using (JournalledSession session = Open())
        {
            BridgeMessage someEmpty = Message("r1");
            someEmpty.Binary[0].AsSpan(^((Holes - ScoringJob.Chunk) * CropPx * CropPx)..).Clear(); // a chunk that shows nothing waits for ever
            session.Handle(someEmpty);
            ScoringJob job = session.TakeJobs().Single();
            session.TakeScores(job, Score(job, count: 1).Single(), null);
            for (int i = 0; i <= ReplyCache.Capacity; i++)
                session.Handle(new SetBudgetRequest("s", 480).ToMessage($"b{i}"));
        }

        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock);

        ScoringJob left = resumed.TakeJobs().Single();
        Assert.IsTrue(left.Told.Contains(left.ChunkId(0)));
        long lines = File.ReadLines(JournalPath).Count();
        resumed.TakeScores(left, new ReportPredictionsRequest("s", [new Prediction(1) { Probability = 0.9 }]).ToMessage(left.ChunkId(0)), null);
        Assert.AreEqual(lines, File.ReadLines(JournalPath).Count());
    }

    [TestMethod]
    public void Score_SecondRequestAfterARestart_HasTheGreysOfBoth()
    {
        string[] Scores(bool restart)
        {
            string path = _folder.File($"session-s{restart}.jsonl");
            JournalledSession session = JournalledSession.Open(Make.Message(Opening), Opening, path, _clock).Session;
            session.Handle(Message("r1"));
            ScoringJob first = session.TakeJobs().Single();
            foreach (BridgeMessage message in Score(first, count: 2))
                session.TakeScores(first, message, null);
            BridgeMessage brighter = Message("r2");
            for (int i = 0; i < brighter.Binary[0].Length; i++)
                brighter.Binary[0][i] += 50;
            session.Handle(brighter);
            if (restart)
            {
                session.Dispose();
                session = JournalledSession.Resume(path, _clock);
            }
            using JournalledSession now = session;
            return [.. Score(now.TakeJobs().Single(), count: 2).Select(message => message.Body["predictions"]!.ToString())];
        }

        CollectionAssert.AreEqual(Scores(restart: false), Scores(restart: true));
    }

    [TestMethod]
    public void TakeScores_OfAnotherLifeOfTheName_ChangeNothing()
    {
        using JournalledSession session = Open();
        session.Handle(Message("r1"));
        ScoringJob job = session.TakeJobs().Single();
        ScoringJob other = job with { File = _folder.File("crops-s-other.npy") };

        session.TakeScores(other, new ReportPredictionsRequest("s", [new Prediction(1) { Probability = 0.9 }]).ToMessage("x"), null);

        StringAssert.Contains(Explain(session), $"scores: 0 of {Holes}");
    }

    [TestMethod]
    public void ScoreHoles_NoContrast_SaysWhy()
    {
        using JournalledSession session = Open();
        BridgeMessage message = Message("r1");
        session.Handle(message with { Binary = [new byte[message.Binary[0].Length]] });
        ScoringJob job = session.TakeJobs().Single();
        var posted = new BlockingCollection<string?>();
        using var classifier = new HostClassifier(Model);

        classifier.Enqueue(job, (scores, whyNot) =>
        {
            posted.Add(scores is null ? whyNot : "scores");
            return true;
        });

        Assert.IsTrue(posted.TryTake(out string? why, Limit));
        StringAssert.Contains(why, "none of the 700 crops shows anything");
        session.TakeScores(job, null, why);
        StringAssert.Contains(Explain(session), "shows anything");
    }

    [TestMethod]
    [DataRow("items", "[1,2]", "are 800 bytes, the frame has 280000")]
    [DataRow("items", "[]", "items")]
    [DataRow("items", "[1.5]", "entry 1")]
    [DataRow("crop_px", "4", "crop_px")]
    [DataRow("pixel_type", "\"i32\"", "pixel_type")]
    [DataRow("path", "\"a.nav\"", "either 'path' or 'items'")]
    public void ScoreHoles_BadField_IsRefusedAndNothingIsKept(string field, string value, string expected)
    {
        using JournalledSession session = Open();
        BridgeMessage message = Message("r1");
        message.Body[field] = Newtonsoft.Json.Linq.JToken.Parse(value);

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => session.Handle(message));

        StringAssert.Contains(refusal.Message, expected);
        Assert.AreEqual(0, session.TakeJobs().Count);
        Assert.AreEqual(0, Directory.GetFiles(_folder.Path, "crops-*").Length);
    }

    [TestMethod]
    public void ScoreHoles_UnknownItemOrNoFrame_IsRefused()
    {
        using JournalledSession session = Open();
        var unknown = new ScoreHolesRequest("s", [99_999]) { CropPx = CropPx, PixelType = "u8" };

        Assert.AreEqual(FaultCode.UnknownItem, ((FaultReply)session.Handle(unknown.ToMessage("a") with { Binary = [new byte[CropPx * CropPx]] })).Code);
        Assert.AreEqual(FaultCode.BadFrame, Assert.ThrowsExactly<ContractException>(() => session.Handle(unknown.ToMessage("b"))).Code);
    }

    [TestMethod]
    public void WhyNot_NoWeights_SaysWhatToDo()
    {
        using var classifier = HostClassifier.Choose(_folder.File("missing.safetensors"));

        StringAssert.Contains(classifier.WhyNot, "missing.safetensors");
        StringAssert.Contains(HostClassifier.WithoutModel.WhyNot, "train classifier");
    }

    [TestMethod]
    public void SessionHoles_RecordedSession_HasCropsAndMeasuredValues()
    {
        using (JournalledSession session = Open())
        {
            session.Handle(Message("r1"));
            session.Handle(new ReportCtfRequest("s", 3, 4.2).ToMessage("c1"));
            session.Handle(new ReportCtfRequest("s", 5, 9.9).ToMessage("c2"));
        }

        HoleSet set = SessionHoles.Read([JournalPath], cropSize: 16);

        Assert.AreEqual((Holes, 16), (set.Count, set.CropSize));
        CollectionAssert.AreEqual(new[] { 2, 4 }, set.Labelled());
        Assert.IsTrue(set.IsGood(2) && !set.IsGood(4));
        Assert.IsTrue(set.Crops.All(pixel => pixel is >= -6 and <= 6));
    }

    private static ClassifierModel Model() => new(new SmallResNet(new Generator(1), width: 4), HoleNetworks.Small, 4, 16, 3.25, TemperatureScaling.None);

    private JournalledSession Open() => JournalledSession.Open(Make.Message(Opening), Opening, JournalPath, _clock).Session;

    private OpenSessionRequest Opening { get => field ??= Make.Opening(_specimen, planner: "bayes") with { Targets = [.. _specimen.Grid.ToTargets().Select(target => target with { PredictedCtfA = null })] }; }

    /// <summary>Crops of all holes, each with a grey of its own.</summary>
    private BridgeMessage Message(string id)
    {
        int[] items = [.. _specimen.Grid.Holes.Select(hole => hole.Item)];
        byte[] pixels = new byte[items.Length * CropPx * CropPx];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(60 + (i / (CropPx * CropPx) * 37 % 120) + i % 7);
        return new ScoreHolesRequest("s", items) { CropPx = CropPx, PixelType = "u8", ClockMin = 0 }.ToMessage(id) with { Binary = [pixels] };
    }

    private static List<BridgeMessage> Score(ScoringJob job, int count)
    {
        var posted = new BlockingCollection<BridgeMessage>();
        using var classifier = new HostClassifier(Model);
        classifier.Enqueue(job, (message, whyNot) =>
        {
            posted.Add(message ?? throw new AssertFailedException($"{whyNot}"));
            return true;
        });
        var messages = new List<BridgeMessage>();
        while (messages.Count < count)
        {
            Assert.IsTrue(posted.TryTake(out BridgeMessage? message, Limit), "no scores came");
            messages.Add(message);
        }
        return messages;
    }

    private static string Explain(JournalledSession session) => ((ExplanationReply)session.Handle(new ExplainRequest("s", "session").ToMessage(Ids.New()))).Text;

    /// <summary>What is believed of the first ten holes, in the session's words. Asked under ids of their own, so that a resumed session does not repeat old answers.</summary>
    private static string[] Believed(JournalledSession session, string prefix)
    {
        var texts = new List<string>();
        for (int item = 1; item <= 10; item++)
        {
            string text = ((ExplanationReply)session.Handle(new ExplainRequest("s", $"item {item}").ToMessage($"{prefix}{item}"))).Text;
            texts.Add(text[text.IndexOf("predicted", StringComparison.Ordinal)..(text.IndexOf(')', StringComparison.Ordinal) + 1)]);
        }
        return [.. texts];
    }
}
