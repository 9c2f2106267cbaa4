using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Evaluation;

[TestClass]
public sealed class CollectionRunTests
{
    private static readonly MeasuredGrid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(600, seed: 8));

    [TestMethod]
    public void Play_FirstHole_IsVisitedButNeitherCountedNorCharged()
    {
        var grid = Make.Grid("g/s/p: 0.9+ 0.9+ 0.9-");

        RunResult result = new CollectionRun(grid, MoveMinutes.Text, 100, LastMove.Strict).Play(new NearestPlanner(grid.Grid), firstHole: 0);

        Assert.AreEqual(1, result.Good);
        CollectionAssert.AreEqual(new RunVisit[] { new(1, 2, true, 0.9), new(2, 4, false, 0.9) }, result.Visits.ToArray());
    }

    [TestMethod]
    public void Play_AtExactlyTheBudget_StrictStopsAndCountedMakesOneMore()
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9 0.9 0.9 0.9 0.9");

        RunResult strict = Play(LastMove.Strict), counted = Play(LastMove.Counted);

        Assert.AreEqual((2, 4.0), (strict.Good, strict.Visits[^1].Minute));
        Assert.AreEqual((3, 6.0), (counted.Good, counted.Visits[^1].Minute));

        RunResult Play(LastMove lastMove) => new CollectionRun(grid, MoveMinutes.Text, 4, lastMove).Play(new NearestPlanner(grid.Grid), 0);
    }

    [TestMethod]
    public void Play_LongLastMove_CountsOnlyWithCounted()
    {
        var grid = Make.Grid("g/s/p: 0.9", "h/s/p: 0.9 0.9");

        Assert.IsEmpty(Play(LastMove.Strict).Visits);
        Assert.HasCount(1, Play(LastMove.Counted).Visits);

        RunResult Play(LastMove lastMove) => new CollectionRun(grid, MoveMinutes.Text, 1, lastMove).Play(new RatePlanner(grid.Grid), 0);
    }

    [TestMethod]
    public void Play_Nearest_CountedIsStrictAndAtMostOneMove()
    {
        for (int start = 0; start < 40; start++)
        {
            int[] strict = Holes(LastMove.Strict, start), counted = Holes(LastMove.Counted, start);

            CollectionAssert.AreEqual(strict, counted[..strict.Length]);
            Assert.IsLessThanOrEqualTo(strict.Length + 1, counted.Length);
        }

        static int[] Holes(LastMove lastMove, int start) => [.. new CollectionRun(Simulated, MoveMinutes.Text, 41, lastMove)
            .Play(new NearestPlanner(Simulated.Grid), start * 11).Visits.Select(visit => visit.Hole)];
    }

    [TestMethod]
    public void Play_AnyPlanner_StrictNeverExceedsAndCountedOnlyWithItsLastMove()
    {
        foreach (string name in Planners.Names)
        {
            for (int start = 0; start < 10; start++)
            {
                var strict = new CollectionRun(Simulated, MoveMinutes.Summed, 77, LastMove.Strict).Play(Planners.Create(name, Simulated.Grid, start, Simulated), start);
                var counted = new CollectionRun(Simulated, MoveMinutes.Summed, 77, LastMove.Counted).Play(Planners.Create(name, Simulated.Grid, start, Simulated), start);

                Assert.IsLessThanOrEqualTo(77, strict.Visits[^1].Minute);
                Assert.IsLessThanOrEqualTo(77, counted.Visits[^2].Minute);
                Assert.IsGreaterThan(77, counted.Visits[^1].Minute, name);
            }
        }
    }

    [TestMethod]
    public void Play_MinutesThatAreNoBinaryFractions_AddUp()
    {
        var grid = Make.Grid("g/s/p: " + string.Join(' ', Enumerable.Repeat("0.9", 20)));

        RunResult result = new CollectionRun(grid, new MoveMinutes(0.1, 1, 1, 1), 1, LastMove.Strict).Play(new NearestPlanner(grid.Grid), 0);

        Assert.HasCount(10, result.Visits);
    }

    [TestMethod]
    public void GoodAt_IsTheTimeCurve()
    {
        var result = new RunResult(5, 2, [new(0, 2, true), new(1, 4, false), new(2, 7, true)]);

        Assert.AreEqual((0, 1, 1, 2), (result.GoodAt(1.9), result.GoodAt(2), result.GoodAt(6), result.GoodAt(7)));
    }

    [TestMethod]
    public void Play_PlannerThatRepeatsItself_IsCaught()
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9");

        Assert.ThrowsExactly<InvalidOperationException>(
            () => new CollectionRun(grid, MoveMinutes.Text, 100, LastMove.Strict).Play(new Stuck(), 0));
    }

    private sealed class Stuck : IPlanner
    {
        public string Name => "stuck";

        public PlanResult Next(CollectionState state) => new PlanResult.Planned(0, 1, 2, "again");

        public void Observe(CollectionState state, int hole)
        {
        }
    }
}
