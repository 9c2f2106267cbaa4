using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Learned;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>Which planner a session gets, also where a model is missing or something about the session is odd.</summary>
[TestClass]
public sealed class HostPlannersTests
{
    private static readonly PlannerModels Kinds = new(new Dictionary<string, Func<string, IPlannerModel>> { ["toy"] = path => new Toy(File.ReadAllText(path)) });

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
    [DataRow("rate")]
    [DataRow("greedy")]
    [DataRow("nearest")]
    [DataRow("random")]
    [DataRow("genetic")]
    [DataRow("annealing")]
    [DataRow("offline")]
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
                using JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, JournalPath, _clock).Session;

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
