using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;
using Bridge.Agents.Tests.Planning;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class PatchWindowTests
{
    [TestMethod]
    public void Visit_LastHoleCalledGoodOfAPatch_LetsTheNextPatchIn()
    {
        // A session of 12 min has room for one hole after the first move, so N_max is 2 and 1.5 N_max = 3 holes called good are kept.
        Grid grid = Make.Grid("g/s/p: 0.9 0.9 0.1", "g/s/q: 0.9 0.9", "g/s/r: 0.9").Grid;
        var window = new PatchWindow(grid, MoveMinutes.Text, 12);
        CollectionAssert.AreEqual(new[] { 0, 1 }, window.Patches.Patches.ToArray());

        bool bad = window.Visit(2), first = window.Visit(0), last = window.Visit(1);

        Assert.AreEqual((false, false, true), (bad, first, last));
        CollectionAssert.AreEqual(new[] { 1, 2 }, window.Patches.Patches.ToArray());
    }

    [TestMethod]
    public void Visit_NothingCalledGoodIsLeft_LeavesNoPatch()
    {
        Grid grid = Make.Grid("g/s/p: 0.9", "g/s/q: 0.1").Grid;
        var window = new PatchWindow(grid, MoveMinutes.Text, 12);

        window.Visit(0);

        Assert.AreEqual(0, window.Patches.Patches.Length);
    }
}
