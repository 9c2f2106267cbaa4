using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Agents.Tests.Planning.Learned;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning;

/// <summary>What every planner obeys.</summary>
[TestClass]
public sealed class PlannerRulesTests
{
    private static readonly MeasuredGrid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(400, seed: 5));

    public static IEnumerable<object[]> AllPlanners => TinyModels.Catalog.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_UntilStop_VisitsNoHoleTwiceAndKeepsToTheBudget(string name)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            IPlanner planner = Create(name, Simulated.Grid, seed, Simulated);
            CollectionState state = Make.At(Simulated.Grid, hole: 37 * seed, minutesLeft: 100 + seed);

            List<PlanResult.Planned> moves = Make.Drive(planner, state);

            CollectionAssert.AllItemsAreUnique(moves.Select(move => move.Hole).Append(37 * seed).ToArray());
            Assert.IsGreaterThanOrEqualTo(0, state.MinutesLeft);
            Assert.IsNotEmpty(moves);
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_SameSeed_MakesTheSameRun(string name)
    {
        int[] first = Holes(), second = Holes();

        CollectionAssert.AreEqual(first, second);

        int[] Holes() => [.. Make.Drive(Create(name, Simulated.Grid, 3, Simulated), Make.At(Simulated.Grid, 9, 120)).Select(move => move.Hole)];
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_AskedTwice_AnswersTheSame(string name)
    {
        IPlanner planner = Create(name, Simulated.Grid, 3, Simulated);
        CollectionState state = Make.At(Simulated.Grid, 9, 120);

        PlanResult first = planner.Next(state), second = planner.Next(state);

        Assert.AreEqual(first, second);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_ResumedFromItsResults_GoesOnAsIfItHadNeverStopped(string name)
    {
        IPlanner planner = Create(name, Simulated.Grid, 3, Simulated);
        CollectionState state = Make.At(Simulated.Grid, 9, 240);
        var holes = new List<int>();
        while (planner.Next(state) is PlanResult.Planned planned)
        {
            state.MinutesLeft -= state.MinutesTo(planned.Hole);
            holes.Add(planned.Hole);
            state.Visit(planned.Hole);
            state.Record(planned.Hole, Simulated.CtfA[planned.Hole]);
            planner.Observe(state, planned.Hole);
            if (holes.Count % 5 != 0)
                continue;
            IPlanner resumed = Create(name, Simulated.Grid, 3, Simulated);
            holes.ForEach(hole => resumed.Observe(state, hole));
            Assert.AreEqual(planner.Next(state), resumed.Next(state));
        }
        Assert.IsGreaterThan(20, holes.Count);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_HolesTakenBySomebodyElse_AreNotSuggested(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9 0.9 0.9", "g/s/q: 0.8 0.8");
        IPlanner planner = Create(name, grid.Grid, 0, grid);
        CollectionState state = Make.At(grid.Grid, 0, 100);
        planner.Next(state);

        foreach (int hole in new[] { 1, 2, 3, 4 })
            state.MarkVisited(hole);
        PlanResult result = planner.Next(state);

        Assert.AreEqual(5, ((PlanResult.Planned)result).Hole);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_HolePutBack_IsSuggestedAgain(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9");
        IPlanner planner = Create(name, grid.Grid, 0, grid);
        CollectionState state = Make.At(grid.Grid, 0, 100);
        state.MarkVisited(1);
        Assert.IsInstanceOfType<PlanResult.Stop>(planner.Next(state));

        state.PutBack(1);
        PlanResult result = planner.Next(state);

        Assert.AreEqual(1, ((PlanResult.Planned)result).Hole);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_AllVisited_StopsAndSaysSo(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9");

        PlanResult result = Create(name, grid.Grid, 0, grid).Next(Make.At(grid.Grid, 0, 100));

        Assert.AreEqual("every hole has been visited", ((PlanResult.Stop)result).Why);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_NothingFits_StopsAndSaysHowLittleIsLeft(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9", "g/s/q: 0.9", "h/s/p: 0.9");

        PlanResult result = Create(name, grid.Grid, 0, grid).Next(Make.At(grid.Grid, 0, 2.5));

        StringAssert.Contains(((PlanResult.Stop)result).Why, "2.5 min left");
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_ExactlyEnoughMinutes_Goes(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9", "g/s/q: 0.9", "h/s/p: 0.9");

        PlanResult result = Create(name, grid.Grid, 0, grid).Next(Make.At(grid.Grid, 0, 3));

        var planned = (PlanResult.Planned)result;
        Assert.AreEqual((1, 3.0), (planned.Hole, planned.ExpectedMinutes));
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_NoPositionNoLimit_SuggestsSomething(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9 0.2", "h/s/q: 0.9");
        var state = new CollectionState(grid.Grid, MoveMinutes.Text);

        PlanResult result = Create(name, grid.Grid, 0, grid).Next(state);

        Assert.AreEqual(10, ((PlanResult.Planned)result).ExpectedMinutes);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_NoPredictions_StillCollects(string name)
    {
        MeasuredGrid blind = new(GridBuilder.FromTargets(Simulated.Grid.ToTargets().Select(target => target with { PredictedCtfA = null })), Simulated.CtfA);
        CollectionState state = Make.At(blind.Grid, 0, 200);

        List<PlanResult.Planned> moves = Make.Drive(Create(name, blind.Grid, 0, blind), state);

        Assert.IsGreaterThan(10, moves.Count);
        if (name is not "oracle")
            Assert.AreEqual(CtfCalibration.PriorProbability, moves[0].Probability, 1e-9);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_OddMinutes_KeepsToTheBudget(string name)
    {
        foreach (MoveMinutes minutes in new[] { new MoveMinutes(1.37, 1.37, 1.37, 1.37), new MoveMinutes(0.001, 0.5, 50, 900), new MoveMinutes(7, 7, 100, 1000) })
        {
            CollectionState state = Make.At(Simulated.Grid, 11, 95.5, minutes);

            List<PlanResult.Planned> moves = Make.Drive(Create(name, Simulated.Grid, 0, Simulated), state);

            CollectionAssert.AllItemsAreUnique(moves.Select(move => move.Hole).ToArray());
            Assert.IsGreaterThanOrEqualTo(0, state.MinutesLeft);
            Assert.IsNotEmpty(moves);
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_NothingIsGood_CollectsOrStopsAndNeverFails(string name)
    {
        MeasuredGrid bad = Make.Grid("g/s/p: 0.01 0.01 0.01", "h/s/p: 0.01 0.01");
        CollectionState state = Make.At(bad.Grid, 0, 60);

        List<PlanResult.Planned> moves = Make.Drive(Create(name, bad.Grid, 0, bad), state);

        CollectionAssert.AllItemsAreUnique(moves.Select(move => move.Hole).Append(0).ToArray());
        Assert.IsGreaterThanOrEqualTo(0, state.MinutesLeft);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_NoMinutesLeft_Stops(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9");

        PlanResult result = Create(name, new PlannerSetup(grid.Grid, 0) { BudgetMinutes = 0, Truth = grid }).Next(Make.At(grid.Grid, 0, 0));

        StringAssert.Contains(((PlanResult.Stop)result).Why, "0 min left");
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_NoLimit_EndsWithEveryHoleWorthAVisit(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9 0.9", "h/s/p: 0.9");
        var state = new CollectionState(grid.Grid, MoveMinutes.Text);

        List<PlanResult.Planned> moves = Make.Drive(Create(name, grid.Grid, 0, grid), state);

        Assert.HasCount(4, moves);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Next_OneHole_IsTakenAndThenItStops(string name)
    {
        var grid = Make.Grid("g/s/p: 0.9");
        var state = new CollectionState(grid.Grid, MoveMinutes.Text) { MinutesLeft = 480 };

        List<PlanResult.Planned> moves = Make.Drive(Create(name, grid.Grid, 0, grid), state);

        Assert.AreEqual(0, moves.Single().Hole);
    }

    [TestMethod]
    [DynamicData(nameof(AllPlanners))]
    public void Create_OddBudget_PlansAllTheSame(string name)
    {
        foreach (double budget in new[] { 0, 1e-300, 1e300, double.PositiveInfinity, double.NaN, -1 })
        {
            IPlanner planner = TinyModels.Catalog.Create(name, new PlannerSetup(Simulated.Grid, 0) { BudgetMinutes = budget, Truth = Simulated });

            Assert.IsInstanceOfType<PlanResult.Planned>(planner.Next(Make.At(Simulated.Grid, 0, 60)), $"{budget} min");
        }
    }

    [TestMethod]
    public void Next_OnePatchOfTenThousandHoles_IsQuickEnoughToFinish()
    {
        var targets = Enumerable.Range(1, 10_000).Select(item => new Contracts.Target { Item = item, Id = $"h{item}", Stage = new(item, 0, 0), PredictedCtfA = 3 + item % 12 });
        Grid flat = GridBuilder.FromTargets(targets);

        List<PlanResult.Planned> moves = Make.Drive(new RatePlanner(flat), Make.At(flat, 0, 480));

        Assert.HasCount(240, moves);
    }

    private static IPlanner Create(string name, Grid grid, int seed, MeasuredGrid? truth = null) => Create(name, new PlannerSetup(grid, seed) { Truth = truth });

    private static IPlanner Create(string name, PlannerSetup setup) => TinyModels.Catalog.Create(name, setup);
}
