using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.StandIn.Language;
using Bridge.StandIn.Tests.Support;
using Bridge.Testing;

namespace Bridge.StandIn.Tests.Microscope;

[TestClass]
public sealed class NavigatorTests
{
    [TestMethod]
    public void ReportOtherItem_SetsValuesAndVariables()
    {
        MeasuredGrid grid = Scripted.SmallGrid();
        using var scripted = new Scripted(grid: grid);
        Hole hole = grid.Grid.Holes[4];

        RunResult result = scripted.Run("ReportOtherItem 5 i x y\nEcho $navIndex $navLabel $i $RepVal2 $y $RepVal5\nReportOtherItem -1\nEcho $navIndex");

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        StringAssert.Contains(scripted.Log[1], $"5 {hole.Id} 5 {Numbers.Format(hole.Stage.X)} {Numbers.Format(hole.Stage.Y)} 0");
        Assert.AreEqual(scripted.World.Navigator.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), scripted.Log[^1]);
    }

    [TestMethod]
    public void SaveNavigator_AfterChanges_ReadsBackWithThem()
    {
        using var folder = new TempFolder();
        using var scripted = new Scripted(grid: Scripted.SmallGrid());
        scripted.World.TextFiles.Folder = folder.Path;

        RunResult result = scripted.Run("""
            SetNavItemUserValue 3 4 P 0.75
            ChangeItemNote 3 a good one
            ChangeItemColor 3 2
            SetItemAcquire 4 0
            SaveNavigator my nav.nav
            ReportNavFile
            Echo $RepVal1
            ReportItemUserValue 3 4
            Echo $RepVal1
            ReadNavFile my nav.nav
            ReportItemAcquire 4
            Echo $RepVal1
            ReportNumNavAcquire n
            Echo $n
            """);

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        NavigatorFile saved = NavigatorFile.Read(folder.File("my nav.nav"));
        Assert.AreEqual("P 0.75", saved.Items[2].UserValue(4));
        Assert.AreEqual("a good one", saved.Items[2].Note);
        Assert.AreEqual(2, saved.Items[2].Section.Integer("Color"));
        Assert.IsFalse(saved.Items[3].Acquire);
        Assert.AreEqual(folder.File("my nav.nav"), saved.LastSavedAs);
        CollectionAssert.AreEqual(new[] { folder.File("my nav.nav"), "P 0.75", "0", "39" }, scripted.Log);
    }

    [TestMethod]
    [DataRow("MoveToNavItem 9999", "out of range")]
    [DataRow("SetNavItemUserValue 1 9 x", "1 to 8")]
    [DataRow("ChangeItemColor 1 9", "0 to 5")]
    [DataRow("ChangeItemNote 0 x", "out of range")]
    [DataRow("ReadNavFile missing.nav", "missing.nav")]
    [DataRow("SaveNavigator", "no file yet")]
    [DataRow("CloseNavigator\nReportNavItem", "must be open")]
    [DataRow("SkipAcquiringGroup", "must be acquiring")]
    [DataRow("EndAcquireAtItems", "must be acquiring")]
    [DataRow("RunScriptAfterNavAcquire 7", "no script 7")]
    public void Navigator_WrongUse_NamesTheReason(string script, string reason)
    {
        using var folder = new TempFolder();
        using var scripted = new Scripted(grid: Scripted.SmallGrid());
        scripted.World.TextFiles.Folder = folder.Path;

        RunResult result = scripted.Run(script);

        Assert.AreEqual(RunEnd.Aborted, result.End);
        StringAssert.Contains(result.Message, reason);
    }
}
