using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;
using Bridge.Agents.Tests.Planning;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class PatchWindowTests
{
    [TestMethod]
    public void Patches_AfterTheBestHolesOfAPatch_ComeByTheMeanOfWhatIsLeft()
    {
        Grid grid = Make.Grid("g/s/p: 0.9 0.9 0.1", "g/s/q: 0.6 0.6", "h/s/r: 0.3").Grid;
        var window = new PatchWindow(grid, 2);
        CollectionAssert.AreEqual(new[] { 0, 1 }, window.Patches().Patches.ToArray());

        window.Visit(0);
        window.Visit(1);

        CollectionAssert.AreEqual(new[] { 1, 2 }, window.Patches().Patches.ToArray());
    }

    [TestMethod]
    public void Patches_NothingUnvisited_AreNone()
    {
        Grid grid = Make.Grid("g/s/p: 0.9", "g/s/q: 0.1").Grid;
        var window = new PatchWindow(grid, 2);

        window.Visit(0);
        CollectionAssert.AreEqual(new[] { 1 }, window.Patches().Patches.ToArray());
        window.Visit(1);

        Assert.AreEqual(0, window.Patches().Patches.Length);
    }
}
