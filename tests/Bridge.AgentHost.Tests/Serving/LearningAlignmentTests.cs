using Bridge.AgentHost.Replay;
using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Instrument;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Contracts;
using Bridge.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Sessions with policy <c>sac</c>: it learns the microscope while it is used, and keeps what it learned.</summary>
[TestClass]
public sealed class LearningAlignmentTests
{
    private static readonly BeginAlignmentRequest Begin = new("beam", 12, -7, MaxShift: 80) { MaxStep = 4, FirstShift = 1, Policy = AlignmentPolicies.Sac };

    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly DiffractionAlignment _usual = new(new DiffractionAlignmentSettings(), seed: 5);

    /// <summary>One that reacts in quite other directions.</summary>
    private readonly DiffractionAlignment _other = Enumerable.Range(1, 100).Select(seed => new DiffractionAlignment(new DiffractionAlignmentSettings(), seed))
        .First(other => other.RotationRad is > 1.5 and < 4.5 && Math.Cos(other.RotationRad - new DiffractionAlignment(new DiffractionAlignmentSettings(), seed: 5).RotationRad) < 0);

    private int _episode;

    private string JournalPath => _folder.File("sessions/session-beam.jsonl");

    [TestInitialize]
    public void MakeFolder() => Directory.CreateDirectory(_folder.File("sessions"));

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Handle_MicroscopeThatReactsOtherwiseThanLearned_IsLearnedWithin500Steps()
    {
        Session(_usual, steps: 500);

        List<List<BeamShiftReply>> played = Session(_other, steps: 500);

        List<List<BeamShiftReply>> first = played[..30], last = played[^30..];
        Console.WriteLine($"steps {Steps(first):0.00} at first, {Steps(last):0.00} at last; by the network {Share(first):0.00}, {Share(last):0.00}");
        Assert.IsTrue(Steps(last) < 0.9 * Steps(first), $"{Steps(first)} {Steps(last)}");
        Assert.IsTrue(Share(last) > Math.Max(0.8, Share(first)), $"{Share(first)} {Share(last)}");
        Assert.IsTrue(played.Skip(5).All(answers => answers[^1].Kind == BeamShiftKind.Aligned));
    }

    [TestMethod]
    public async Task Post_CloseSession_KeepsWhatWasLearnedForTheNext()
    {
        using var folder = new DataFolder(_folder.File("data"));
        var alignments = new HostAlignments(AlignmentPolicies.Default, folder.Alignments, inBackground: true);
        var slot = new SessionSlot(folder, capacity: 10, HostPlanners.WithoutModels, alignments, _clock, NullLogger.Instance);

        Assert.IsNull(((AlignmentBegunReply)await AskAsync(slot, Begin)).Weights);
        await AskAsync(slot, new ObserveBeamRequest("beam", 100, 50));
        Assert.AreEqual(SacPolicy.Estimate, ((BeamShiftReply)await AskAsync(slot, new NextBeamShiftRequest("beam"))).By);
        await AskAsync(slot, new ObserveBeamRequest("beam", 130, 40));
        await AskAsync(slot, new CloseSessionRequest("beam"));

        var again = (AlignmentBegunReply)await AskAsync(slot, Begin);

        await slot.StopAsync();
        Assert.AreEqual(16, again.Weights!.Length);
        Assert.IsTrue(File.Exists(_folder.File("data/alignments/sac-beam/latest.safetensors")));
    }

    [TestMethod]
    [DataRow(true, "it goes on from ")]
    [DataRow(false, "it begins anew")]
    public void Begin_DamagedWeights_GoesOnWithThoseBeforeAndSaysWhy(bool hasOlder, string does)
    {
        string latest = _folder.File("alignments/sac-beam/latest.safetensors");
        Session(_usual, steps: 20);
        foreach (string older in hasOlder ? [] : Directory.GetFiles(_folder.File("alignments/sac-beam")))
            File.Delete(older);
        File.WriteAllText(latest, "no weights");

        using JournalledSession session = Open();

        var begun = (AlignmentBegunReply)session.Handle(Make.Message(Begin));
        Assert.AreEqual(hasOlder, begun.Weights is not null);
        StringAssert.Contains(session.Summary, "latest.safetensors");
        StringAssert.Contains(session.Summary, does);
    }

    [TestMethod]
    public void Resume_InTheMiddle_LearnsFromTheJournalAndReplaysTheSame()
    {
        Session(_usual, steps: 120);
        using (JournalledSession session = Open())
            Play(() => session, _usual, alignments: 12);
        JournalledSession current = JournalledSession.Resume(JournalPath, _clock, alignments: Alignments());
        using (current)
            Play(() => current, _usual, alignments: 12);

        AlignmentReplay replay = AlignmentReplay.Run(JournalPath);

        Assert.IsNull(replay.WhyNot);
        Assert.HasCount(0, replay.Differences);
        Assert.AreEqual((25, 24), replay.Alignments, "the one that opened the session was begun anew at once");
        Assert.IsTrue(replay.Answers > 60, $"{replay.Answers}");
    }

    [TestMethod]
    public void Replay_WeightsThatAreGone_SaysWhyNot()
    {
        Session(_usual, steps: 120);
        using (JournalledSession session = Open())
            Play(() => session, _usual, alignments: 2);
        Directory.Delete(_folder.File("alignments"), recursive: true);

        AlignmentReplay replay = AlignmentReplay.Run(JournalPath);

        StringAssert.Contains(replay.WhyNot!, "not there any more");
    }

    [TestMethod]
    public void Keep_ManySessions_KeepsTheLastOnes()
    {
        HostAlignments alignments = Alignments();
        var settings = new AlignmentSettings(default, 80);
        for (int i = 0; i < HostAlignments.MostKept + 3; i++)
        {
            using SacLearner learner = SacLearner.New(settings, seed: i, inBackground: false);
            alignments.Keep("beam", learner);
        }

        Assert.HasCount(HostAlignments.MostKept + 1, Directory.GetFiles(_folder.File("alignments/sac-beam")));
    }

    private static double Steps(List<List<BeamShiftReply>> played) => played.Average(answers => answers.Count - 1.0);

    private static double Share(List<List<BeamShiftReply>> played)
        => played.Sum(answers => answers.Count(answer => answer.By == SacPolicy.Network)) / (double)played.Sum(answers => answers.Count(answer => answer.By is not null));

    /// <summary>One session from opening to close; afterwards its journal is gone, as if put away.</summary>
    private List<List<BeamShiftReply>> Session(DiffractionAlignment microscope, int steps)
    {
        using JournalledSession session = Open();
        var played = new List<List<BeamShiftReply>>();
        for (int made = 0; made < steps; made += played[^1].Count - 1)
            played.AddRange(Play(() => session, microscope, alignments: 1, frameByFrame: true));
        session.Handle(Make.Message(new CloseSessionRequest("beam")));
        Assert.IsNotNull(session.KeepLearned());
        session.Dispose();
        File.Delete(JournalPath);
        return played;
    }

    private HostAlignments Alignments() => new(AlignmentPolicies.Default, _folder.File("alignments"), inBackground: true);

    private JournalledSession Open() => JournalledSession.Open(Make.Message(Begin), Begin, JournalPath, _clock, alignments: Alignments()).Session;

    /// <param name="frameByFrame">Let what was told be learned before the next look, as on a microscope: a camera frame takes 180 ms, an update less than one.</param>
    private List<List<BeamShiftReply>> Play(Func<JournalledSession> session, DiffractionAlignment on, int alignments, bool frameByFrame = false)
    {
        var played = new List<List<BeamShiftReply>>();
        for (int i = 0; i < alignments; i++)
        {
            var microscope = new DiffractionAlignment(new DiffractionAlignmentSettings(), ++_episode, on);
            session().Handle(Make.Message(Begin with { GoalX = microscope.Goal.X, GoalY = microscope.Goal.Y }));
            var answers = new List<BeamShiftReply>();
            do
            {
                Xy? beam = microscope.Measure();
                Assert.IsInstanceOfType<AckReply>(session().Handle(Make.Message(new ObserveBeamRequest("beam", beam?.X, beam?.Y))));
                answers.Add((BeamShiftReply)session().Handle(Make.Message(new NextBeamShiftRequest("beam"))));
                if (answers[^1].Kind == BeamShiftKind.GoOn)
                    microscope.Set(new Xy(answers[^1].ShiftX, answers[^1].ShiftY));
                if (frameByFrame)
                    session().KeepLearned();
            }
            while (answers[^1].Kind == BeamShiftKind.GoOn);
            played.Add(answers);
        }
        return played;
    }

    private static async Task<Reply> AskAsync(SessionSlot slot, SessionRequest request)
    {
        var answered = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        slot.Post(Make.Message(request), answered.SetResult);
        return await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
