using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Newtonsoft.Json.Linq;

namespace Bridge.Agents.Tests.Planning.Bayes;

[TestClass]
public sealed class BayesPlannerTests
{
    [TestMethod]
    public void Next_Suggestion_CarriesReasonsThatAddUp()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.8- 0.8", "g/s/q: 0.7 0.7", "h/t/r: 0.85");
        var planner = new BayesPlanner(grid.Grid);
        CollectionState state = Make.At(grid.Grid, 0, 60);
        state.Record(1, 12);
        planner.Observe(state, 1);

        var planned = (PlanResult.Planned)planner.Next(state);

        Reasons reasons = planned.Reasons!;
        HoleBelief belief = reasons.Belief;
        Assert.AreEqual(planned.Probability, belief.Probability);
        Assert.AreEqual(belief.Probability, belief.Prediction + belief.ByClassifier + belief.BySquare + belief.ByPatch, 1e-9);
        Assert.IsLessThan(belief.Probability, belief.Low);
        Assert.IsGreaterThan(belief.Probability, belief.High);
        Assert.IsLessThan(0, belief.ByPatch + belief.BySquare);
        Assert.AreEqual(planned.ExpectedMinutes, reasons.Minutes);
        Assert.IsGreaterThan(0, reasons.NextGoodPerMinute);
        Assert.AreNotEqual(reasons.Patch, reasons.NextPatch);
        Assert.AreEqual(planned.Why, reasons.Sentence);
    }

    [TestMethod]
    public void ToJson_Reasons_HasEveryNumber()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.8");
        var planned = (PlanResult.Planned)new BayesPlanner(grid.Grid).Next(Make.At(grid.Grid, 0, 60));

        JObject json = planned.Reasons!.ToJson();

        Assert.AreEqual(Math.Round(planned.Probability, 4), (double)json["probability"]!);
        Assert.AreEqual(JTokenType.Null, json["next_best_patch"]!.Type);
        CollectionAssert.AreEqual(new[] { "classifier", "square", "patch" }, ((JObject)json["moved_by"]!).Properties().Select(property => property.Name).ToArray());
        foreach (string name in new[] { "probability_low", "probability_high", "from_prediction", "good_per_minute", "next_best_good_per_minute", "leaving_good_per_minute", "minutes" })
            Assert.IsTrue(double.IsFinite((double)json[name]!), name);
    }

    [TestMethod]
    public void Next_NothingGoodAtAll_StopsLongBeforeTheTimeIsUp()
    {
        MeasuredGrid bad = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 3 });
        bad = bad with { CtfA = [.. bad.CtfA.Select(_ => 15.0)] };

        RunResult run = new CollectionRun(bad, MoveMinutes.Text, 2_000, LastMove.Strict).Play(new BayesPlanner(bad.Grid), 0);

        Console.WriteLine($"stopped after {run.Visits[^1].Minute} min and {run.Visits.Count} holes");
        Assert.IsLessThan(600, run.Visits[^1].Minute);
        Assert.IsGreaterThanOrEqualTo(BayesPlanner.LeastResults, run.Visits.Count + 1);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Next_UsualSampleMuchTime_StopsOnlyWhenLittleIsLeft(int seed)
    {
        MeasuredGrid grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(400, seed));

        RunResult run = new CollectionRun(grid, MoveMinutes.Text, 5_000, LastMove.Strict).Play(new BayesPlanner(grid.Grid), 0);

        int left = grid.CtfA.Count(CollectionState.IsGood) - run.Good, unvisited = grid.Grid.Holes.Count - run.Visits.Count - 1;
        Console.WriteLine($"{run.Good} good in {run.Visits[^1].Minute} min; {left} good left in {unvisited} holes");
        Assert.IsLessThanOrEqualTo(0.15 * unvisited, left);
    }

    [TestMethod]
    public void Next_AllGood_NeverStopsEarly()
    {
        MeasuredGrid good = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 3 });
        good = good with { CtfA = [.. good.CtfA.Select(_ => 3.0)] };

        RunResult run = new CollectionRun(good, MoveMinutes.Text, 480, LastMove.Strict).Play(new BayesPlanner(good.Grid), 0);

        Assert.IsGreaterThan(475, run.Visits[^1].Minute);
    }

    [TestMethod]
    public void Stop_NothingPays_SaysWhatTheBestWouldHavePromised()
    {
        MeasuredGrid bad = Make.Grid("g/s/p: " + string.Join(' ', Enumerable.Repeat("0.005", 80)), "h/s/p: 0.005 0.005");
        CollectionState state = Make.At(bad.Grid, 0, 600);
        var planner = new BayesPlanner(bad.Grid);
        for (int hole = 0; hole < BayesPlanner.LeastResults; hole++)
        {
            Assert.IsInstanceOfType<PlanResult.Planned>(planner.Next(state), $"after {hole} results"); // too little is known to stop
            state.Record(hole, 15);
            planner.Observe(state, hole);
        }

        PlanResult result = planner.Next(state);

        StringAssert.Contains(((PlanResult.Stop)result).Why, "nothing left pays for itself");
    }
}
