using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Simulation;

[TestClass]
public sealed class GridPartTests
{
    private static readonly MeasuredGrid s_whole = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(400, seed: 3));

    [TestMethod]
    public void Of_KeepsAllWithoutErrors_IsTheSameGrid()
    {
        MeasuredGrid part = new GridPart(1, 0, 0, 0).Of(s_whole, new Random(1));

        CollectionAssert.AreEqual(s_whole.CtfA.ToArray(), part.CtfA.ToArray());
        CollectionAssert.AreEqual(Predictions(s_whole), Predictions(part));
        Assert.HasCount(s_whole.Grid.Patches.Count, part.Grid.Patches);
    }

    [TestMethod]
    public void Of_WithErrors_KeepsWholePatchesAndTheirTruth()
    {
        MeasuredGrid part = new GridPart(0.7, 0.2, 0.1, 0.2).Of(s_whole, new Random(1));

        Assert.IsLessThan(s_whole.Grid.Patches.Count, part.Grid.Patches.Count);
        foreach (Hole hole in part.Grid.Holes)
        {
            Hole original = s_whole.Grid.FindItem(hole.Item)!;
            Assert.AreEqual(s_whole.CtfA[original.Index], part.CtfA[hole.Index]);
            Assert.AreNotEqual(original.PredictedCtfA, hole.PredictedCtfA);
            Assert.HasCount(s_whole.Grid.Patches[original.Patch].Holes.Count, part.Grid.Patches[hole.Patch].Holes);
        }
    }

    [TestMethod]
    public void Of_SameRandomNumbers_IsTheSamePart()
    {
        var settings = new GridPart(0.7, 0.2, 0.1, 0.2);

        CollectionAssert.AreEqual(Predictions(settings.Of(s_whole, new Random(5))), Predictions(settings.Of(s_whole, new Random(5))));
        CollectionAssert.AreNotEqual(Predictions(settings.Of(s_whole, new Random(5))), Predictions(settings.Of(s_whole, new Random(6))));
    }

    [TestMethod]
    public void Of_HardlyAnythingKept_HasAPatchStill()
        => Assert.HasCount(1, new GridPart(1e-9, 0, 0, 0).Of(s_whole, new Random(1)).Grid.Patches);

    private static double[] Predictions(MeasuredGrid grid) => [.. grid.Grid.Holes.Select(hole => hole.PredictedCtfA)];
}
