using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Simulation;

[TestClass]
public sealed class SimulatedGridTests
{
    [TestMethod]
    public void Create_Table3Counts_HasTheSharesOfTable3()
    {
        const int grids = 20;
        double[] mean = new double[4];

        for (int seed = 0; seed < grids; seed++)
        {
            MeasuredGrid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = seed, GridImages = 10, Squares = 68, Patches = 839, Holes = 6836 });
            double[] shares = Anova.SumOfSquaresShares(grid);
            for (int level = 0; level < 4; level++)
                mean[level] += shares[level] / grids;
        }

        // SSL²-RL, Table 3. One grid's share at the top level has a relative standard deviation near one half, so 0.005 for the mean of 20.
        double[] table = [5393.9 / 116737, 17167.2 / 116737, 31570.4 / 116737, 62604.0 / 116737];
        for (int level = 0; level < 4; level++)
            Assert.AreEqual(table[level], mean[level], 0.02);
    }

    [TestMethod]
    public void Table3_Shares_AddUpAndAreWhatTheTableImplies()
    {
        VarianceShares shares = VarianceShares.Table3;

        Assert.AreEqual(1, shares.GridImage + shares.Square + shares.Patch + shares.Hole, 1e-12);
        // By hand: mean squares 599.3, 296.0, 40.95, 10.44; holes in a member 683.6, 100.5, 8.15.
        Assert.AreEqual(0.026, shares.GridImage, 0.001);
        Assert.AreEqual(0.148, shares.Square, 0.001);
        Assert.AreEqual(0.218, shares.Patch, 0.001);
        Assert.AreEqual(0.608, shares.Hole, 0.001);
    }

    [TestMethod]
    public void Create_Default_HasTheCountsAndGoodHolesOfTheValidationSplit()
    {
        MeasuredGrid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 1 });

        Assert.AreEqual((10, 16, 110, 2300), (grid.Grid.GridImages.Count, grid.Grid.Squares.Count, grid.Grid.Patches.Count, grid.Grid.Holes.Count));
        Assert.AreEqual(759, grid.CtfA.Count(CollectionState.IsGood));
        Assert.IsGreaterThan(2, grid.CtfA.Min());
        Assert.IsLessThan(20, grid.CtfA.Max());
    }

    [TestMethod]
    public void Create_Classifier_IsAsGoodAsCryoRLs()
    {
        const int grids = 20;
        (double recallGood, double recallBad, double accuracy) = (0, 0, 0);

        for (int seed = 0; seed < grids; seed++)
        {
            MeasuredGrid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = seed });
            int holes = grid.CtfA.Count, good = 0, calledRight = 0, goodCalledGood = 0;
            foreach (Hole hole in grid.Grid.Holes)
            {
                bool isGood = CollectionState.IsGood(grid.CtfA[hole.Index]), called = CollectionState.IsGood(hole.PredictedCtfA);
                good += isGood ? 1 : 0;
                calledRight += isGood == called ? 1 : 0;
                goodCalledGood += isGood && called ? 1 : 0;
            }
            recallGood += goodCalledGood / (double)good / grids;
            recallBad += (calledRight - goodCalledGood) / (double)(holes - good) / grids;
            accuracy += calledRight / (double)holes / grids;
        }

        Assert.AreEqual(0.839, recallGood, 0.012); // CryoRL, Table 4: 83.9 / 91.2 / 88.5 %
        Assert.AreEqual(0.912, recallBad, 0.012);
        Assert.AreEqual(0.885, accuracy, 0.012);
    }

    [TestMethod]
    public void Create_SameSeed_GivesTheSameGrid_AnotherSeedAnother()
    {
        MeasuredGrid a = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 7 }), b = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 7 });
        MeasuredGrid c = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 8 });

        CollectionAssert.AreEqual(a.CtfA.ToArray(), b.CtfA.ToArray());
        CollectionAssert.AreEqual(a.Grid.Holes.ToArray(), b.Grid.Holes.ToArray());
        CollectionAssert.AreNotEqual(a.CtfA.ToArray(), c.CtfA.ToArray());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(37)]
    [DataRow(1_000)]
    [DataRow(10_000)]
    [DataRow(100_000)]
    public void Create_AnySize_HasSoManyHolesWithNamesAndPlacesOfTheirOwn(int holes)
    {
        MeasuredGrid grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed: 2));

        Assert.HasCount(holes, grid.Grid.Holes);
        Assert.AreEqual(holes, grid.Grid.Holes.Select(hole => hole.Id).Distinct().Count());
        Assert.AreEqual(holes, grid.Grid.Holes.Select(hole => hole.Stage).Distinct().Count());
        Assert.AreEqual(holes, grid.Grid.Holes.Max(hole => hole.Item));
        Assert.IsTrue(grid.Grid.Holes.All(hole => Math.Abs(hole.Stage.X) < StageUm.Limit && Math.Abs(hole.Stage.Y) < StageUm.Limit));
    }

    [TestMethod]
    public void Create_Geometry_HolesOfAPatchAreNeighboursAndHolesDoNotOverlap()
    {
        Grid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 3 }).Grid;

        foreach (Patch patch in grid.Patches)
        {
            foreach (int hole in patch.Holes)
            {
                double nearest = grid.Holes.Where(other => other.Index != hole).Min(other => grid.Holes[hole].Stage.DistanceTo(other.Stage));
                double farthest = patch.Holes.Max(other => grid.Holes[hole].Stage.DistanceTo(grid.Holes[other].Stage));
                Assert.IsInRange(2, 5.5, nearest); // the pitch of the lattice is 2.5 µm, and places may be empty
                Assert.IsLessThan(30, farthest);
            }
        }
    }

    [TestMethod]
    [DataRow(0, 1, 1, 1)]
    [DataRow(2, 1, 4, 8)]
    [DataRow(1, 1, 9, 8)]
    [DataRow(1, 1, 1, 1_000_001)]
    public void Create_ImpossibleCounts_AreRefused(int gridImages, int squares, int patches, int holes)
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SimulatedGrid.Create(
            new SimulatedGridSettings { GridImages = gridImages, Squares = squares, Patches = patches, Holes = holes }));

    [TestMethod]
    public void ForTraining_ManyGrids_AreValidAllDifferentAndTheSameAgain()
    {
        SimulatedGridSettings[] settings = [.. Enumerable.Range(0, 3).SelectMany(seed => Enumerable.Range(0, 50).Select(number => SimulatedGridSettings.ForTraining(seed, number)))];

        CollectionAssert.AllItemsAreUnique(settings.Select(grid => grid.Seed).ToArray());
        Assert.IsTrue(settings.All(grid => grid.Seed < 0));
        Assert.IsTrue(settings.Min(grid => grid.Holes) < 500 && settings.Max(grid => grid.Holes) > 4000);
        foreach (SimulatedGridSettings grid in settings.Take(20))
            Assert.AreEqual((grid.GridImages, grid.Squares, grid.Patches, grid.Holes), Counts(SimulatedGrid.Create(grid)));
        CollectionAssert.AreEqual(SimulatedGrid.Create(settings[7]).CtfA.ToArray(), SimulatedGrid.Create(SimulatedGridSettings.ForTraining(0, 7)).CtfA.ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SimulatedGridSettings.ForTraining(-1, 0));

        static (int, int, int, int) Counts(MeasuredGrid truth) => (truth.Grid.GridImages.Count, truth.Grid.Squares.Count, truth.Grid.Patches.Count, truth.Grid.Holes.Count);
    }
}
