using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Baselines;
using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.Ranking;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Baselines;

/// <summary>The planners that search before the session: genetic, annealing, offline.</summary>
[TestClass]
public sealed class ToursTests
{
    private static readonly Grid Simulated = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 2 }).Grid;

    [TestMethod]
    public void Worth_HandWorkedTour_CountsOnlyCalledHolesAndWhatFits()
    {
        Grid grid = Make.Grid("g/s/p: 0.9 0.9 0.1", "g/s/q: 0.9", "g/t/p: 0.9", "h/s/p: 0.9 0.9 0.9").Grid;
        MoveRewards worth = MoveRewards.At(MoveMinutes.Text);

        // 10 + 2 for p, 3 for q, 5 for the other square, 10 + 2 for h: 32 of 33 minutes, and no third hole of h.
        Assert.AreEqual(2 * worth.OtherGridImage + 2 * worth.SamePatch + worth.SameSquare + worth.SameGridImage, Tour(33).Worth([0, 1, 2, 3]), 1e-12);
        Assert.AreEqual(worth.OtherGridImage, Tour(11).Worth([0, 1, 2, 3]), 1e-12);
        Assert.AreEqual(0, Tour(0).Worth([0, 1, 2, 3]));

        PatchTour Tour(double minutes) => new(grid, new PatchRanking(grid), MoveMinutes.Text, minutes);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Find_AnySeed_IsAnOrderOfAllPatchesAndBeatsThousandsOfRandomOnes(int seed)
    {
        var tour = new PatchTour(Simulated, new PatchRanking(Simulated), MoveMinutes.Text, 240);
        int[] order = [.. tour.Patches];
        var random = new Random(seed);
        double best = 0;
        for (int i = 0; i < 5000; i++)
        {
            random.Shuffle(order);
            best = Math.Max(best, tour.Worth(order));
        }

        foreach (Func<PatchTour, Random, int[]> find in new[] { GeneticTour.Find, AnnealedTour.Find })
        {
            int[] found = find(tour, new Random(seed)), again = find(tour, new Random(seed));

            CollectionAssert.AreEquivalent(tour.Patches.ToArray(), found);
            CollectionAssert.AreEqual(found, again);
            Assert.IsGreaterThan(best + 10, tour.Worth(found), find.Method.DeclaringType!.Name);
        }
    }

    [TestMethod]
    public void Offline_SmallGrids_IsAsGoodAsTryingEverything()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Grid grid = Make.RandomGrid(seed).Grid;
            var setup = new PlannerSetup(grid, 0) { BudgetMinutes = 14 + seed % 20 };

            List<int> holes = OfflinePlan.Holes(setup);

            CollectionAssert.AllItemsAreUnique(holes);
            Assert.IsTrue(holes.TrueForAll(hole => HoleCalls.IsCalledGood(grid.Holes[hole])));
            (double worth, double minutes) = Play(grid, holes);
            Assert.IsLessThanOrEqualTo(setup.BudgetMinutes, minutes);
            int[] left = HoleCalls.ByPatch(grid);
            Assert.AreEqual(Best(grid, left, -1, setup.BudgetMinutes), worth, 1e-9, $"seed {seed}");
        }
    }

    [TestMethod]
    public void Offline_WholeGrid_IsAtLeastAsGoodAsTheSearches()
    {
        var setup = new PlannerSetup(Simulated, 0) { BudgetMinutes = 240 };
        var tour = new PatchTour(Simulated, new PatchRanking(Simulated), MoveMinutes.Text, 240);

        double offline = Play(Simulated, OfflinePlan.Holes(setup)).Worth;

        Assert.IsGreaterThanOrEqualTo(tour.Worth(AnnealedTour.Find(tour, new Random(0))) - 1e-9, offline);
        Assert.IsGreaterThanOrEqualTo(tour.Worth(GeneticTour.Find(tour, new Random(0))) - 1e-9, offline);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(100_000.0)]
    [DataRow(double.PositiveInfinity)]
    [DataRow(double.NaN)]
    public void Create_OddBudgets_StillListEveryHole(double budgetMinutes)
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.1", "h/s/p: 0.9");
        foreach (string name in new[] { "genetic", "annealing", "offline" })
        {
            IPlanner planner = Planners.Create(name, new PlannerSetup(grid.Grid, 0) { BudgetMinutes = budgetMinutes });

            List<PlanResult.Planned> moves = Make.Drive(planner, new CollectionState(grid.Grid, MoveMinutes.Text));

            CollectionAssert.AreEquivalent(new[] { 0, 1, 2 }, moves.Select(move => move.Hole).ToArray());
        }
    }

    /// <summary>Worth and minutes of visiting holes in an order, from nowhere.</summary>
    private static (double Worth, double Minutes) Play(Grid grid, IEnumerable<int> holes)
    {
        MoveRewards rewards = MoveRewards.At(MoveMinutes.Text);
        (double worth, double minutes, int last) = (0, 0, -1);
        foreach (int hole in holes)
        {
            MoveLevel level = last < 0 ? MoveLevel.OtherGridImage : grid.LevelBetween(last, grid.Holes[hole].Patch);
            (worth, minutes, last) = (worth + rewards[level], minutes + MoveMinutes.Text[level], grid.Holes[hole].Patch);
        }
        return (worth, minutes);
    }

    private static double Best(Grid grid, int[] left, int at, double minutes)
    {
        MoveRewards rewards = MoveRewards.At(MoveMinutes.Text);
        double best = 0;
        for (int patch = 0; patch < left.Length; patch++)
        {
            MoveLevel level = at < 0 ? MoveLevel.OtherGridImage : grid.LevelBetween(at, patch);
            if (left[patch] == 0 || MoveMinutes.Text[level] > minutes)
                continue;
            left[patch]--;
            best = Math.Max(best, rewards[level] + Best(grid, left, patch, minutes - MoveMinutes.Text[level]));
            left[patch]++;
        }
        return best;
    }
}
