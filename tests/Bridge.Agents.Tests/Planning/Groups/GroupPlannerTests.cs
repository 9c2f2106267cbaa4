using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Groups;

[TestClass]
public sealed class GroupPlannerTests
{
    [TestMethod]
    public void Next_ManyFairHolesTogether_AreBetterThanOneGoodHole()
    {
        // One hole of 0.9 against nine of 0.5 within reach of each other: 0.9 in 3 min against 4.5 in 7.
        Target[] targets =
        [
            One(1, "alone", 100, 0.9),
            .. Enumerable.Range(0, 9).Select(i => One(i + 2, "together", 2 * (i % 3), 0.5, 2 * (i / 3))),
            One(20, "start", -100, 0.1),
        ];
        Grid grid = GridBuilder.FromTargets(targets);
        var state = new CollectionState(grid, MoveMinutes.Text) { MinutesLeft = 8 };
        state.Visit(grid.FindItem(20)!.Index);

        var planned = (PlanResult.Planned)new GroupPlanner(grid, maxShiftUm: 4, shotMinutes: 0.5).Next(state);

        Assert.AreEqual("together", grid.Patches[grid.Holes[planned.Hole].Patch].Id);
        Assert.HasCount(8, planned.Others);
        Assert.AreEqual(3 + (8 * 0.5), planned.ExpectedMinutes, 1e-9);
        StringAssert.Contains(planned.Why, "9 shots");
    }

    [TestMethod]
    public void Next_HoleArrays_CountForTheirShots()
    {
        Grid grid = GridBuilder.FromTargets([One(1, "a", 0, 0.8), One(2, "b", 100, 0.6) with { Shots = 25 }, One(3, "c", 200, 0.7)]);
        var state = new CollectionState(grid, MoveMinutes.Text) { MinutesLeft = 480 };
        state.Visit(2);

        var planned = (PlanResult.Planned)new GroupPlanner(grid, maxShiftUm: 0, shotMinutes: 0.2).Next(state);

        Assert.AreEqual(1, planned.Hole);
        Assert.AreEqual(3 + (24 * 0.2), planned.ExpectedMinutes, 1e-9);
    }

    [TestMethod]
    public void Next_LittleTimeLeft_TakesThePartThatFits()
    {
        Grid grid = GridBuilder.FromTargets([One(1, "p", 0, 0.5), .. Enumerable.Range(0, 8).Select(i => One(i + 2, "p", i % 3, 0.1 * (i + 1), i / 3))]);
        var state = new CollectionState(grid, MoveMinutes.Text) { MinutesLeft = 12 };
        state.StandAt(0);

        var planned = (PlanResult.Planned)new GroupPlanner(grid, maxShiftUm: 5, shotMinutes: 3).Next(state);

        Assert.IsTrue(planned.ExpectedMinutes <= 12, $"{planned.ExpectedMinutes} min");
        Assert.HasCount(3, planned.Others);
    }

    [TestMethod]
    public void Play_EveryWay_KeepsTheRulesAndGroupsAreWorthPlanning()
    {
        double groups = 0, along = 0, single = 0;
        for (int seed = 0; seed < 4; seed++)
        {
            MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(1500, seed));
            var evaluation = new GroupEvaluation(truth, MoveMinutes.Text, 4, 0.5);
            groups += evaluation.Play("groups", 120, firstHole: 7).Good;
            along += evaluation.Play("bayes-along", 120, firstHole: 7).Good;
            single += evaluation.Play("bayes", 120, firstHole: 7).Good;
        }

        Console.WriteLine($"groups {groups / 4}, along {along / 4}, single {single / 4}");
        Assert.IsTrue(groups > 1.2 * single, $"{groups} with groups, {single} without");
        Assert.IsTrue(groups > along, $"{groups} planned, {along} taken along");
    }

    [TestMethod]
    public void Play_Twice_IsTheSame()
    {
        var evaluation = new GroupEvaluation(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(500, 1)), MoveMinutes.Text, 4, 0.5);

        Assert.AreEqual(evaluation.Play("groups", 90, 3), evaluation.Play("groups", 90, 3));
    }

    private static Target One(int item, string patch, double x, double probability, double y = 0)
        => new() { Item = item, Id = $"{item}", GridImage = "g", Square = "g/s", Patch = patch, Stage = new StageUm(x, y, 0), Probability = probability };
}
