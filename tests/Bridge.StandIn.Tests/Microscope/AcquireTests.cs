using Bridge.Domain.Specimen;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Microscope;

[TestClass]
public sealed class AcquireTests
{
    private readonly MeasuredGrid _grid = Scripted.SmallGrid();

    [TestMethod]
    public void Acquire_WithoutScripts_TakesEveryMarkedItemInTheTablesOrder()
    {
        using var scripted = new Scripted(grid: _grid);
        scripted.Run("SetItemAcquire 2 0\nSetItemAcquire 5 0");

        RunResult result = new AcquireAtItems(scripted.Interpreter, new AcquirePlan()).Run();

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        CollectionAssert.AreEqual(Enumerable.Range(0, 40).Except([1, 4]).ToArray(), scripted.World.Camera.Recorded);
        Assert.AreEqual(0, scripted.World.Navigator.Items.Count(item => item.Acquire));
    }

    [TestMethod]
    public void SkipAcquiringNavItem_InTheScriptBefore_LeavesTheItemOutAndItsMark()
    {
        using var scripted = new Scripted(grid: _grid);
        Script gate = scripted.Load("SuppressReports\nReportNavItem\nm = MODULO $navIndex 2\nIf $m == 0\nSkipAcquiringNavItem\nElseIf $navIndex == 3\nSkipAcquiringNavItem 1\nEndif");

        new AcquireAtItems(scripted.Interpreter, new AcquirePlan { Before = gate }).Run();

        CollectionAssert.AreEqual(Enumerable.Range(0, 40).Where(hole => hole % 2 == 0 && hole != 2).ToArray(), scripted.World.Camera.Recorded);
        Assert.IsTrue(scripted.World.Navigator.Items[1].Acquire);
        Assert.IsFalse(scripted.World.Navigator.Items[2].Acquire);
        Assert.AreEqual(40, scripted.World.Stage.Moves); // the stage goes to the item before the script runs
    }

    [TestMethod]
    public void SkipStageMove_GateThatSkips_MovesOnlyWhereTheScriptMoves()
    {
        using var scripted = new Scripted(grid: _grid);
        Script gate = scripted.Load("SuppressReports\nReportNavItem\nm = MODULO $navIndex 2\nIf $m == 0\nSkipAcquiringNavItem\nElse\nMoveToNavItem $navIndex\nEndif");

        new AcquireAtItems(scripted.Interpreter, new AcquirePlan { Before = gate, SkipMove = true }).Run();

        Assert.AreEqual(20, scripted.World.Stage.Moves);
        Assert.AreEqual(20, scripted.World.Camera.Recorded.Count);
    }

    [TestMethod]
    public void SkipAcquiringGroup_LeavesTheRestOfThePatchOut()
    {
        using var scripted = new Scripted(grid: _grid);
        Script gate = scripted.Load("SuppressReports\nReportGroupStatus\nIf $RepVal1 == 2\nSkipAcquiringGroup 0 1\nSkipAcquiringNavItem\nEndif");

        new AcquireAtItems(scripted.Interpreter, new AcquirePlan { Before = gate }).Run();

        CollectionAssert.AreEqual(_grid.Grid.Patches.Select(patch => patch.Holes[0]).ToArray(), scripted.World.Camera.Recorded);
        Assert.AreEqual(0, scripted.World.Navigator.Items.Count(item => item.Acquire));
    }

    [TestMethod]
    public void EndAcquireAtItems_AcquiresThePresentItemAndEnds()
    {
        using var scripted = new Scripted(grid: _grid);
        Script after = scripted.Load("SuppressReports\nReportNavItem\nIf $navAcqIndex == 5\nEndAcquireAtItems\nEndif");

        new AcquireAtItems(scripted.Interpreter, new AcquirePlan { After = after }).Run();

        Assert.AreEqual(5, scripted.World.Camera.Recorded.Count);
    }

    [TestMethod]
    public void ScriptBefore_ThatFails_DoesNotKeepTheItemFromBeingAcquired()
    {
        using var scripted = new Scripted(grid: _grid);
        Script gate = scripted.Load("NoMessageBoxOnError\nMoveStageTo 1e9 0");

        new AcquireAtItems(scripted.Interpreter, new AcquirePlan { Before = gate }).Run();

        Assert.AreEqual(40, scripted.World.Camera.Recorded.Count);
    }

    [TestMethod]
    public void SetItemAcquire_WhileAcquiring_MayOnlyTurnOff()
    {
        using var scripted = new Scripted(grid: _grid);
        Script gate = scripted.Load("SuppressReports\nReportNavItem\nSetItemAcquire 40 0\nTry 1\nSetItemAcquire 40 1\nCatch\nEcho refused\nEndTry\nReportNextNavAcqItem n\nEcho $n $navAcqIndex\nEndAcquireAtItems");

        new AcquireAtItems(scripted.Interpreter, new AcquirePlan { Before = gate }).Run();

        Assert.AreEqual("refused", scripted.Log[0]);
        Assert.AreEqual("2 2", scripted.Log[1]);
        Assert.IsFalse(scripted.World.Navigator.Items[39].Acquire);
    }

    [TestMethod]
    public void ActionScript_ThatFails_EndsTheRunUnlessNoBoxIsSet()
    {
        foreach (bool goesOn in (bool[])[false, true])
        {
            using var scripted = new Scripted(grid: _grid);
            Script action = scripted.Load("NoMessageBoxOnError\nReportNavItem\nIf $navIndex == 3\nMoveStageTo 1e9 0\nEndif\nR");

            RunResult result = new AcquireAtItems(scripted.Interpreter, new AcquirePlan { Action = action, GoesOnAfterErrors = goesOn }).Run();

            Assert.AreEqual(goesOn ? RunEnd.Completed : RunEnd.Aborted, result.End);
            Assert.AreEqual(goesOn ? 39 : 2, scripted.World.Camera.Recorded.Count);
        }
    }

    [TestMethod]
    public void Batches_ScriptAfterAcquire_PlansTheNextBatch()
    {
        using var scripted = new Scripted(grid: _grid);
        Script batch = scripted.Load("""
            SuppressReports
            ClearOld = 1
            Loop 40 i
              SetItemAcquire $i 0
            EndLoop
            IsVariableDefined next
            If $RepVal1 == 0
              next := 1
            Endif
            If $next > 10
              Exit all done
            Endif
            Loop 3 i
              SetItemAcquire $next 1
              next := $next + 1
            EndLoop
            RunScriptAfterNavAcquire 1
            StartNavAcquireAtEnd
            """);

        RunResult result = new ScriptSession(scripted.Interpreter, new AcquirePlan()).Run(batch);

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        CollectionAssert.AreEqual(Enumerable.Range(0, 12).ToArray(), scripted.World.Camera.Recorded);
        Assert.AreEqual("all done", scripted.Log[^1]);
    }

    [TestMethod]
    public void RunScriptAfterNavAcquire_MinusOne_RunsTheScriptFoundByName()
    {
        using var scripted = new Scripted(grid: _grid);
        scripted.Load("ScriptName Other\nEcho the wrong one");
        Script first = scripted.Load("ScriptName Plan_it\nFindScriptByName Go on\nRunScriptAfterNavAcquire -1\nStartNavAcquireAtEnd");
        scripted.Load("ScriptName Go on\nEcho found and run");

        RunResult result = new ScriptSession(scripted.Interpreter, new AcquirePlan()).Run(first);

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        Assert.AreEqual("found and run", scripted.Log[^1]);
    }

    [TestMethod]
    [DataRow("CallScript -1", "FindScriptByName")]
    [DataRow("RunScriptAfterNavAcquire -1", "FindScriptByName")]
    [DataRow("FindScriptByName nobody", "nobody")]
    public void FindScriptByName_NothingFound_EndsTheScript(string line, string word)
    {
        using var scripted = new Scripted(grid: _grid);

        RunResult result = scripted.Run(line);

        Assert.AreEqual(RunEnd.Aborted, result.End);
        StringAssert.Contains(result.Message, word);
    }

    [TestMethod]
    public void CallScript_MinusOne_CallsTheScriptFoundByName()
    {
        using var scripted = new Scripted();
        scripted.Load("ScriptName Helper\nEcho called");

        RunResult result = scripted.Run("FindScriptByName Helper\nCallScript -1\nEcho back");

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        CollectionAssert.AreEqual(new[] { "called", "back" }, scripted.Log[^2..]);
    }

    [TestMethod]
    public void ReportFileNumber_BeforeAndAfterOpening_IsMinusOneAndOne()
    {
        using var scripted = new Scripted();

        scripted.Run("SuppressReports\nReportFileNumber\nEcho $RepVal1\nOpenNewFile a.mrc\nReportFileNumber n\nEcho $n\nCloseFile\nReportFileNumber\nEcho $RepVal1");

        CollectionAssert.AreEqual(new[] { "-1", "1", "-1" }, scripted.Log[^3..]);
    }
}
