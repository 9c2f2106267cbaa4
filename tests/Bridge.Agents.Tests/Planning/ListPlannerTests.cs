using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Rate;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning;

/// <summary>Holes of which nobody said in which patch or square they are.</summary>
[TestClass]
public sealed class ListPlannerTests
{
    [TestMethod]
    public void Of_ShortListOrPatches_IsThePlannerItself()
    {
        Assert.IsInstanceOfType<RatePlanner>(ListPlanner.Of(List(150, 0).Grid, grid => new RatePlanner(grid)));
        Assert.IsInstanceOfType<RatePlanner>(ListPlanner.Of(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(500, seed: 0)).Grid, grid => new RatePlanner(grid)));
        Assert.IsInstanceOfType<ListPlanner>(ListPlanner.Of(List(500, 0).Grid, grid => new RatePlanner(grid)));
    }

    [TestMethod]
    public void InParts_AList_HasTheSameHolesInSmallPatchesThatLieTogether()
    {
        Grid list = List(1_000, 1).Grid;

        Grid parts = ListPlanner.InParts(list);

        CollectionAssert.AreEqual(list.Holes.Select(hole => (hole.Item, hole.Stage, hole.PredictedCtfA)).ToArray(), parts.Holes.Select(hole => (hole.Item, hole.Stage, hole.PredictedCtfA)).ToArray());
        Assert.HasCount(1, parts.Squares);
        Assert.IsTrue(parts.Patches.All(patch => patch.Holes.Count is > 0 and <= Parts.MaxHoles));
    }

    /// <summary>The parts are a way of counting: about as many good holes are found as by whoever works out the whole list each time.</summary>
    [TestMethod]
    [DataRow("rate")]
    [DataRow("bayes")]
    public void Next_AListInParts_FindsAsManyGoodHolesAsTheWholeList(string name)
    {
        (int whole, int inParts) = (0, 0);
        for (int seed = 0; seed < 6; seed++)
        {
            MeasuredGrid truth = List(800, seed);
            var run = new CollectionRun(truth, MoveMinutes.Text, 240, LastMove.Strict);
            whole += run.Play(name == "rate" ? new RatePlanner(truth.Grid) : new BayesPlanner(truth.Grid), seed).Good;
            inParts += run.Play(Planners.Create(name, truth.Grid, seed), seed).Good;
        }

        Console.WriteLine($"{name}: {whole} good holes by the whole list, {inParts} in parts");
        Assert.IsGreaterThan(0.97 * whole, inParts);
    }

    [TestMethod]
    [DataRow("rate")]
    [DataRow("bayes")]
    [DataRow("ucb")]
    [DataRow("thompson")]
    public void Next_HolesSkippedPutBackAndMeasuredLate_KeepsTheRules(string name)
    {
        MeasuredGrid truth = List(400, 3);
        IPlanner planner = Planners.Create(name, truth.Grid, 3);
        var state = new CollectionState(truth.Grid, MoveMinutes.Text) { MinutesLeft = 300 };
        var random = new Random(1);
        var late = new List<int>();
        for (int step = 0; state.MinutesLeft >= 0 && planner.Next(state) is PlanResult.Planned planned; step++)
        {
            Assert.IsFalse(state.IsVisited(planned.Hole), $"step {step}: hole {planned.Hole} again");
            double minutes = planned.ExpectedMinutes;
            Assert.AreEqual(state.MinutesTo(planned.Hole), minutes, 1e-9);
            Assert.IsLessThanOrEqualTo(state.MinutesLeft, minutes);
            state.MinutesLeft -= minutes;
            if (random.Next(6) == 0)
            {
                state.MarkVisited(planned.Hole); // skipped: the stage stays
                continue;
            }
            state.Visit(planned.Hole);
            late.Add(planned.Hole);
            if (random.Next(3) == 0)
            {
                foreach (int hole in late)
                {
                    state.Record(hole, truth.CtfA[hole], 100);
                    planner.Observe(state, hole);
                }
                late.Clear();
            }
            if (random.Next(15) == 0)
                state.PutBack(planned.Hole);
        }

        Assert.IsGreaterThan(80, state.Path.Count);
        Assert.IsLessThan(MoveMinutes.Text.SamePatch, state.MinutesLeft);
    }

    [TestMethod]
    public void Next_ToldAllResultsAgain_AnswersTheSame()
    {
        MeasuredGrid truth = List(600, 5);
        IPlanner before = Planners.Create("bayes", truth.Grid, 0), after = Planners.Create("bayes", truth.Grid, 0);
        CollectionState state = Make.At(truth.Grid, 7, 400);
        for (int i = 0; i < 40; i++)
        {
            int hole = ((PlanResult.Planned)before.Next(state)).Hole;
            state.Visit(hole);
            state.Record(hole, truth.CtfA[hole]);
            before.Observe(state, hole);
        }

        foreach (int hole in state.Path.Where(hole => !double.IsNaN(state.MeasuredCtfA(hole))))
            after.Observe(state, hole);

        Assert.AreEqual(((PlanResult.Planned)before.Next(state)).Hole, ((PlanResult.Planned)after.Next(state)).Hole);
        Assert.AreEqual(before.Explain(3), after.Explain(3));
    }

    /// <summary>Somebody may ask for the plan before the stage is anywhere.</summary>
    [TestMethod]
    [DataRow("rate")]
    [DataRow("groups")]
    public void Next_AfterAForecastFromNowhere_AnswersAsBefore(string name)
    {
        MeasuredGrid truth = List(500, 6);
        IPlanner planner = Planners.Create(name, new PlannerSetup(truth.Grid, 0) { MaxShiftUm = 4 });
        var state = new CollectionState(truth.Grid, MoveMinutes.Text) { MinutesLeft = 100 };
        var first = (PlanResult.Planned)planner.Next(state);

        PlanForecast plan = PlanForecast.Make(planner, state, 20);

        var again = (PlanResult.Planned)planner.Next(state);
        Assert.IsGreaterThan(5, plan.Squares[0].Holes);
        Assert.AreEqual((first.Hole, first.ExpectedMinutes, first.Why), (again.Hole, again.ExpectedMinutes, again.Why));
    }

    /// <summary>Parts that cannot matter are not worked out: the same answers, for less.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Next_PartsThatCannotMatterLeftAsTheyWere_GivesTheSameRun(bool learnsMore)
    {
        MeasuredGrid list = List(4_000, 2);
        var truth = new MeasuredGrid(ListPlanner.InParts(list.Grid), list.CtfA);
        var run = new CollectionRun(truth, new MoveMinutes(2, 2, 2, 2), 200, LastMove.Strict);
        (RatePlanner lazy, RatePlanner eager) = (Create(eager: false), Create(eager: true));

        RunVisit[] visits = [.. run.Play(lazy, 5).Visits];

        CollectionAssert.AreEqual(run.Play(eager, 5).Visits.ToArray(), visits);
        Assert.IsGreaterThan(60, visits.Length);
        Assert.IsLessThan(eager.WorkedOut, lazy.WorkedOut);
        Console.WriteLine($"{lazy.WorkedOut} parts worked out, {eager.WorkedOut} by whoever works out all; {visits.Length} visits of {truth.Grid.Patches.Count} parts");

        RatePlanner Create(bool eager) => new("list", truth.Grid, learnsMore
            ? new BayesBeliefs(truth.Grid, BayesSettings.Default, CtfCalibration.Default)
            : new OffsetOdds(truth.Grid, RatePlanner.Logits(truth.Grid, CtfCalibration.Default), new Beliefs(truth.Grid, BeliefSettings.Default)))
        { Eager = eager };
    }

    /// <summary>A simulated grid of which only the positions and predictions are told.</summary>
    private static MeasuredGrid List(int holes, int seed)
    {
        MeasuredGrid simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed));
        return new MeasuredGrid(GridBuilder.FromTargets(simulated.Grid.ToTargets().Select(target => target with { GridImage = "", Square = "", Patch = "" })), simulated.CtfA);
    }
}
