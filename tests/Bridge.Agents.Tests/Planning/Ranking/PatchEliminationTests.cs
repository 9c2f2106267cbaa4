using Bridge.Agents.Planning.Ranking;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Ranking;

[TestClass]
public sealed class PatchEliminationTests
{
    private static readonly Grid Simulated = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 3 }).Grid;

    [TestMethod]
    public void For_HandWorkedGrid_KeepsTheSmallestHead()
    {
        // Order: image h (5 called good) with b (3), a (2); then image g with p (2), q (1).
        Grid grid = Make.Grid("g/s/p: 0.9 0.9 0.1", "g/s/q: 0.9 0.1", "h/s/a: 0.9 0.9", "h/s/b: 0.9 0.9 0.9 0.1").Grid;

        // 21 minutes: 10 + 3 x 2 for the four holes of b, 3 + 2 for the two of a: N_max = 6.
        Assert.AreEqual("3", Kept(0.5));             // 3 needed: b alone
        Assert.AreEqual("2 3", Kept(5.0 / 6));       // 5 needed
        Assert.AreEqual("0 2 3", Kept(5.5 / 6));     // 6 needed, 7 with p
        Assert.AreEqual("0 1 2 3", Kept(BetaBeyond)); // more than there are

        string Kept(double beta) => string.Join(' ', PatchElimination.For(grid, MoveMinutes.Text, 21, beta).Patches.ToArray());
    }

    private const double BetaBeyond = 2;

    [TestMethod]
    public void For_MoreTimeOrLargerBeta_KeepsMore()
    {
        int last = 0;
        foreach (double budget in new double[] { 0, 60, 120, 240, 480, 2000, double.PositiveInfinity })
        {
            int inUse = Count(budget, PatchElimination.BetaInUse), inTraining = Count(budget, PatchElimination.BetaInTraining);

            Assert.IsGreaterThanOrEqualTo(Math.Max(last, 1), inUse);
            Assert.IsGreaterThanOrEqualTo(inUse, inTraining);
            last = inUse;
        }
        Assert.AreEqual(Simulated.Patches.Count, last);
        Assert.IsLessThan(Simulated.Patches.Count / 2, Count(240, PatchElimination.BetaInUse));

        static int Count(double budget, double beta) => PatchElimination.For(Simulated, MoveMinutes.Text, budget, beta).Patches.Length;
    }

    [TestMethod]
    public void For_NothingCalledGood_KeepsEverything()
    {
        Grid grid = Make.Grid("g/s/p: 0.1 0.1", "h/s/p: 0.2").Grid;

        Assert.AreEqual(2, PatchElimination.For(grid, MoveMinutes.Text, 30, PatchElimination.BetaInUse).Patches.Length);
    }

    [TestMethod]
    public void For_UnusableNumbers_NamesThem()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => PatchElimination.For(Simulated, MoveMinutes.Text, 240, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => PatchElimination.For(Simulated, MoveMinutes.Text, double.NaN, 1.5));
    }
}
