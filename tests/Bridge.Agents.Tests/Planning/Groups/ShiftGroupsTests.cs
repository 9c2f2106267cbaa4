using Bridge.Agents.Planning.Groups;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Groups;

[TestClass]
public sealed class ShiftGroupsTests
{
    private static readonly Grid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(1000, seed: 2)).Grid;

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(3.0)]
    [DataRow(8.0)]
    [DataRow(1000.0)]
    public void Find_AnyReach_EveryHoleIsInOneGroupWithinReachAndPatch(double reachUm)
    {
        IReadOnlyList<ShiftGroup> groups = ShiftGroups.Find(Simulated, reachUm);

        CollectionAssert.AreEquivalent(Enumerable.Range(0, Simulated.Holes.Count).ToArray(), groups.SelectMany(group => group.Members).ToArray());
        foreach (ShiftGroup group in groups)
        {
            Assert.AreEqual(group.Centre, group.Members[0]);
            Assert.IsTrue(group.Members.Count <= ShiftGroups.MostHoles);
            Assert.IsTrue(group.Members.All(hole => Simulated.Holes[hole].Patch == Simulated.Holes[group.Centre].Patch && Simulated.Holes[hole].Stage.DistanceTo(Simulated.Holes[group.Centre].Stage) <= reachUm));
        }
    }

    [TestMethod]
    public void Find_LatticeOfNineByNine_GivesNineBlocks()
    {
        Grid lattice = Lattice(9);

        IReadOnlyList<ShiftGroup> groups = ShiftGroups.Find(lattice, 2 * Math.Sqrt(2) + 0.01); // the diagonal neighbour of a 2 µm lattice

        Assert.HasCount(9, groups);
        Assert.IsTrue(groups.All(group => group.Members.Count == 9));
    }

    [TestMethod]
    public void Find_GroupsOfTheClient_StayTogether()
    {
        Grid grid = GridBuilder.FromTargets(Enumerable.Range(0, 8).Select(i => new Target { Item = i + 1, Id = $"{i}", Patch = "p", Stage = new StageUm(i, 0, 0), ImageShiftGroup = i % 2 }));

        IReadOnlyList<ShiftGroup> groups = ShiftGroups.Find(grid, 10);

        Assert.HasCount(2, groups);
        Assert.IsTrue(groups.All(group => group.Members.Select(hole => hole % 2).Distinct().Count() == 1));
    }

    [TestMethod]
    [DataRow(-1.0)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void Find_NoReach_IsRefused(double reachUm) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ShiftGroups.Find(Simulated, reachUm));

    [TestMethod]
    public void Find_HundredThousandHolesInOnePatch_IsQuickEnough()
    {
        Grid large = Lattice(320);

        Assert.AreEqual(320 * 320, ShiftGroups.Find(large, 3).Sum(group => group.Members.Count));
    }

    private static Grid Lattice(int side) => GridBuilder.FromTargets(Enumerable.Range(0, side * side)
        .Select(i => new Target { Item = i + 1, Id = $"{i}", Patch = "p", Stage = new StageUm(2 * (i % side), 2 * (i / side), 0) }));
}
