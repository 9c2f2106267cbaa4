using Bridge.Agents.Planning.Bayes;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Bayes;

[TestClass]
public sealed class PartsTests
{
    [TestMethod]
    public void Parts_SmallPatches_AreOnePartEach()
    {
        Grid grid = Make.Grid("g/s/p: 0.8 0.7", "g/t/q: 0.6").Grid;

        var parts = new Parts(grid);

        Assert.AreEqual(2, parts.Count);
        CollectionAssert.AreEqual(new[] { 0, 1 }, parts.Holes(0).ToArray());
        Assert.AreEqual((1, 2), parts.OfPatch(1));
    }

    [TestMethod]
    public void Parts_OneHugePatch_IsCutIntoPiecesThatLieTogether()
    {
        Grid grid = GridBuilder.FromTargets(Enumerable.Range(0, 5_000).Select(i => new Target { Item = i + 1, Id = $"{i}", Stage = new StageUm(i % 100, i / 100, 0) }));

        var parts = new Parts(grid);

        var seen = new HashSet<int>();
        for (int part = 0; part < parts.Count; part++)
        {
            int[] holes = parts.Holes(part).ToArray();
            Assert.IsLessThanOrEqualTo(Parts.MaxHoles, holes.Length);
            Assert.IsTrue(holes.All(seen.Add));
            double[] xs = [.. holes.Select(hole => grid.Holes[hole].Stage.X)], ys = [.. holes.Select(hole => grid.Holes[hole].Stage.Y)];
            Assert.IsLessThan(15, Math.Max(xs.Max() - xs.Min(), ys.Max() - ys.Min()));
            Assert.IsTrue(holes.All(hole => parts.PartOf(hole) == part && parts.Holes(part)[parts.PlaceOf(hole)] == hole));
        }
        Assert.HasCount(5_000, seen);
    }

    [TestMethod]
    public void PitchUm_HolesAtOnePlace_IsStillPositive()
    {
        Grid grid = GridBuilder.FromTargets(Enumerable.Range(0, 3).Select(i => new Target { Item = i + 1, Id = $"{i}", Stage = new StageUm(5, 5, 0) }));

        Assert.IsGreaterThan(0, new Parts(grid).PitchUm(0));
    }
}
