using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.FirstSight;
using Bridge.Agents.Classifier;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Planning.Simulation;
using Bridge.Agents.Weights;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Which planner a session gets, also where a model is missing or something about the session is odd.</summary>
[TestClass]
public sealed class HostPlannersTests
{
    private static readonly PlannerModels Kinds = new(new Dictionary<string, Func<string, IPlannerModel>> { ["toy"] = path => new Toy(File.ReadAllText(path)) });

    /// <summary>All planners that a session can have; the learned ones hardly trained.</summary>
    private static readonly Lazy<HostPlanners> s_all = new(() =>
    {
        using var folder = new TempFolder();
        MeasuredGrid grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(60, seed: 0));
        foreach (string learner in Learners.Names)
        {
            string path = folder.File(learner + ".safetensors");
            var training = new PlannerTraining(Learners.Settings(learner) with { WarmUpSteps = 20 }, [grid]) { Epochs = 1, StepsPerEpoch = 10, ScoreStarts = 1 };
            LearnedModel model = training.Run()[0].Model;
            model.Save(path);
            ModelCard.For(path, model.Metadata, "a test").Write(path);
        }
        return HostPlanners.Load(new AgentHostOptions(), PlannerModels.All, folder.Path, NullLogger<HostPlanners>.Instance);
    });

    public static IEnumerable<object[]> Playable => Planners.Names.Where(name => name != "oracle").Concat(Learners.Names).Select(name => new object[] { name });

    private readonly TempFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private readonly Lines _log = new();

    private string JournalPath => _folder.File("session-s.jsonl");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Load_UsableModel_IsTheDefaultAndIsOfferedToClients()
    {
        HostPlanners planners = Load("toy=" + ModelFile());

        Assert.AreEqual("toy", Open(planners, planner: null).Planner);
        Assert.AreEqual("greedy", Open(planners, planner: "greedy").Planner);
        Assert.AreEqual("toy", planners.Names[0]);
        StringAssert.Contains(_log.Single(), "Did read model");
    }

    [TestMethod]
    [DataRow("toy=nowhere.safetensors", "nowhere.safetensors")]
    [DataRow("other=model", "'other'")]
    [DataRow("model", "NAME=FILE")]
    public void Load_UnusableModel_PlansWithRateAndTellsEverybodyWhy(string model, string named)
    {
        HostPlanners planners = Load(model);

        SessionOpenedReply opened = Open(planners, planner: null);

        Assert.AreEqual("rate", opened.Planner);
        StringAssert.Contains(opened.Warnings.Single(), named);
        StringAssert.Contains(_log.Single(), named);
        StringAssert.Contains(_log.Single(), "planner rate instead");
    }

    [TestMethod]
    public void Open_LearnedPlannerWithoutWeights_GetsRateAndAWarning()
    {
        SessionOpenedReply opened = Open(Load(""), planner: "toy");

        Assert.AreEqual("rate", opened.Planner);
        StringAssert.Contains(opened.Warnings.Single(), "planner 'toy' has no weights here; start the host with --model toy=FILE; planner 'rate' is used");
    }

    [TestMethod]
    public void Load_ShippedModel_IsThereForWhoAsksAndChangesNoDefault()
    {
        Ship("toy", "toy");

        HostPlanners planners = Load("");

        Assert.AreEqual("rate", Open(planners, planner: null).Planner);
        SessionOpenedReply opened = Open(planners, planner: "toy");
        Assert.AreEqual("toy", opened.Planner);
        Assert.IsEmpty(opened.Warnings);
        Assert.IsEmpty(_log);
    }

    [TestMethod]
    public void Load_ShippedModelWasChanged_PlansWithRateAndTellsWhy()
    {
        Ship("toy", "changed afterwards");

        HostPlanners planners = Load("");

        Assert.IsEmpty(Open(planners, planner: null).Warnings, "who did not ask for it is not troubled");
        SessionOpenedReply opened = Open(planners, planner: "toy");
        Assert.AreEqual("rate", opened.Planner);
        StringAssert.Contains(opened.Warnings.Single(), "SHA-256");
        StringAssert.Contains(_log.Single(), "SHA-256");
    }

    [TestMethod]
    public void Load_GivenModelIsMissingButOneWasShipped_SaysThatItIsTheShippedOne()
    {
        Ship("toy", "toy");

        SessionOpenedReply opened = Open(Load("toy=nowhere.safetensors"), planner: "toy");

        Assert.AreEqual("toy", opened.Planner);
        StringAssert.Contains(opened.Warnings.Single(), "nowhere.safetensors");
    }

    [TestMethod]
    public void Shipped_EveryModelOfTheProgram_IsAsItsCardSays()
    {
        PlannerCatalog catalog = PlannerCatalog.WithoutModels.WithShipped(PlannerModels.All, ModelCard.ShippedFolder);

        Assert.IsEmpty(catalog.Unusable, string.Join("; ", catalog.Unusable.Values));
        string[] learned = [.. catalog.Names.Where(PlannerModels.All.Names.Contains)];
        CollectionAssert.AreEquivalent(
            Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot(), "agent-host", "models"), "*.safetensors").Select(Path.GetFileNameWithoutExtension).Except([AlignmentPolicies.FirstSight, ScanModel.Agent, ClassifierModel.Agent]).ToArray(), learned);
        CollectionAssert.Contains(learned, "dqn");
        Assert.IsTrue(FirstSightModel.IsShipped);
        Assert.IsTrue(ScanModel.IsShipped);
        Assert.IsNotNull(ScanModel.Shipped.Completion);
        Assert.IsTrue(ClassifierModel.IsShipped);
        Assert.AreEqual(32, ClassifierModel.Shipped.CropSize);
        Assert.AreEqual(AlignmentPolicies.FirstSight, FirstSightModel.Shipped.Create(new AlignmentSettings(default, MaxShift: 1)).Name);
        foreach (string name in learned.Append(AlignmentPolicies.FirstSight).Append(ScanModel.Agent).Append(ClassifierModel.Agent))
        {
            ModelCard card = ModelCard.Read(Path.Combine(ModelCard.ShippedFolder, name + ".safetensors"))!;
            foreach (string key in new[] { LearnedModel.DataKey, LearnedModel.SeedKey, LearnedModel.ScoreKey, ModelCard.CommitKey, ModelCard.CommandKey })
                Assert.IsTrue(card.About.TryGetValue(key, out string? value) && value.Length > 0 && value != "unknown", $"{name} does not say its {key}");
        }
    }

    [TestMethod]
    public void Names_PlannersWithShippedWeights_BeginWithTheDefault()
    {
        HostPlanners planners = HostPlanners.Load(new AgentHostOptions(), PlannerModels.All, ModelCard.ShippedFolder, NullLogger<HostPlanners>.Instance);

        Assert.AreEqual(Planners.Default, planners.Names[0]);
        CollectionAssert.Contains(planners.Names.ToArray(), "dqn");
        CollectionAssert.AllItemsAreUnique(planners.Names.ToArray());
    }

    [TestMethod]
    public void Open_UnknownPlanner_IsRefused()
        => Assert.AreEqual(FaultCode.UnknownPlanner, Assert.ThrowsExactly<ContractException>(() => Open(Load(""), planner: "best")).Code);

    [TestMethod]
    public void Resume_HostWithAnotherDefault_KeepsThePlannerThatWasInCharge()
    {
        Open(Load(""), planner: null);

        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock, Load("toy=" + ModelFile()));

        StringAssert.Contains(resumed.Summary, "planner rate");
    }

    [TestMethod]
    public void Resume_WeightsAreGone_GoesOnWithRate()
    {
        Open(Load("toy=" + ModelFile()), planner: null);

        using JournalledSession resumed = JournalledSession.Resume(JournalPath, _clock, Load(""));

        StringAssert.Contains(resumed.Summary, "planner rate");
        Assert.IsInstanceOfType<SuggestionReply>(resumed.Handle(Make.Message(new SuggestRequest("s"))));
    }

    [TestMethod]
    [DynamicData(nameof(Playable))]
    public void Session_OddGridsAndBudgets_EndInAnAnswer(string planner)
    {
        Target[][] grids =
        [
            [Hole(1, 4)],                                    // one hole
            [Hole(1, null), Hole(2, null), Hole(3, null)],   // no prediction
            [Hole(1, 20), Hole(2, 20), Hole(3, 20)],         // all bad
        ];
        foreach (Target[] targets in grids)
        {
            foreach (double? minutes in new double?[] { 0, 1, SetBudgetRequest.MaxMinutes, null })
            {
                var opening = new OpenSessionRequest("s") { Targets = targets, Planner = planner, MinutesLeft = minutes, ClockMin = 0 };
                using JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, JournalPath, _clock, s_all.Value).Session;

                SuggestionReply[] replies = [.. Enumerable.Range(0, targets.Length + 1).Select(_ => (SuggestionReply)session.Handle(Make.Message(new SuggestRequest("s") { ClockMin = 0 })))];

                string what = $"{targets.Length} holes, {minutes} min: {string.Join("; ", replies.Select(reply => reply.Why))}";
                Assert.AreEqual(SuggestionKind.Stop, replies[^1].Kind, what);
                if (minutes is 0 or 1)
                    Assert.AreEqual(SuggestionKind.Stop, replies[0].Kind, what);
                else if (targets[0].PredictedCtfA == 4)
                    Assert.AreEqual(SuggestionKind.Target, replies[0].Kind, what);
                session.Dispose();
                File.Delete(JournalPath);
            }
        }
    }

    [TestMethod]
    public void Open_NoHole_IsRefusedByName()
    {
        var opening = new OpenSessionRequest("s") { Targets = [] };

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => JournalledSession.Open(Make.Message(opening), opening, JournalPath, _clock));

        Assert.AreEqual(FaultCode.NoTargets, refusal.Code);
        Assert.IsFalse(File.Exists(JournalPath));
    }

    private static Target Hole(int item, double? predictedA) => new() { Item = item, Id = $"h{item}", GridImage = "g", Square = "s", Patch = "p", Stage = new StageUm(item, 0, 0), PredictedCtfA = predictedA };

    /// <summary>Weights and card in the folder of those that came with the program.</summary>
    private void Ship(string said, string now)
    {
        string path = _folder.File("toy.safetensors");
        File.WriteAllText(path, said);
        ModelCard.For(path, new Dictionary<string, string>(), "").Write(path);
        File.WriteAllText(path, now);
    }

    private HostPlanners Load(string model) => HostPlanners.Load(new AgentHostOptions { Model = model }, Kinds, _folder.Path, _log);

    private string ModelFile()
    {
        File.WriteAllText(_folder.File("model"), "toy");
        return _folder.File("model");
    }

    private SessionOpenedReply Open(HostPlanners planners, string? planner)
    {
        File.Delete(JournalPath);
        OpenSessionRequest opening = Make.Opening(Make.Specimen()) with { Planner = planner };
        (JournalledSession session, Reply reply) = JournalledSession.Open(Make.Message(opening), opening, JournalPath, _clock, planners);
        using (session)
            return (SessionOpenedReply)reply;
    }

    private sealed class Toy(string name) : IPlannerModel
    {
        public string Name => name;

        public IPlanner Create(PlannerSetup setup) => new Named(name, new NearestPlanner(setup.Grid));
    }

    private sealed class Named(string name, IPlanner planner) : IPlanner
    {
        public string Name => name;

        public PlanResult Next(Bridge.Domain.Sessions.CollectionState state) => planner.Next(state);

        public void Observe(Bridge.Domain.Sessions.CollectionState state, int hole) => planner.Observe(state, hole);
    }

    /// <summary>A log that keeps its lines.</summary>
    private sealed class Lines : List<string>, ILogger<HostPlanners>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));
    }
}
