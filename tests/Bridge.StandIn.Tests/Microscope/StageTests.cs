using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Microscope;

[TestClass]
public sealed class StageTests
{
    [TestMethod]
    public void MoveStageTo_WithoutAGrid_TakesItsDistance()
    {
        using var scripted = new Scripted();

        scripted.Run("MoveStageTo 1200 0");

        Assert.AreEqual((Stage.SettleSeconds + 1200 / Stage.UmPerSecond) / 60, scripted.World.Clock.Minutes, 1e-6);
        Assert.AreEqual(new StageUm(1200, 0, 0), scripted.World.Stage.Position);
    }

    [TestMethod]
    public void Move_BetweenHoles_TakesTheMinutesOfTheirLevel()
    {
        MeasuredGrid grid = Scripted.SmallGrid();
        IReadOnlyList<Hole> holes = grid.Grid.Holes;
        double expected = MoveMinutes.Text.OtherGridImage; // from nowhere
        for (int i = 1; i < holes.Count; i++)
            expected += MoveMinutes.Text[grid.Grid.LevelBetween(holes[i - 1].Patch, holes[i].Patch)];
        using var scripted = new Scripted(grid: grid);

        RunResult result = scripted.Run($"Loop {holes.Count} i\nMoveToNavItem $i\nR\nMoveToNavItem $i\nMoveStage 0.1 0\nEndLoop\nReportTickTime t\nEcho $t");

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        Assert.AreEqual(expected, scripted.World.Clock.Minutes, 1e-6);
        CollectionAssert.AreEqual(Enumerable.Range(0, holes.Count).ToArray(), scripted.World.Camera.Recorded);
    }

    [TestMethod]
    public void MoveStageTo_OutsideTheLimits_StopsTheScriptAndTheStageStays()
    {
        using var scripted = new Scripted(new StandInOptions { StageLimitUm = 1000 });

        RunResult result = scripted.Run("MoveStageTo 10 20\nMoveStageTo 1000.1 0");

        Assert.AreEqual(RunEnd.Aborted, result.End);
        StringAssert.Contains(result.Message, "±1000");
        Assert.AreEqual(new StageUm(10, 20, 0), scripted.World.Stage.Position);
    }

    [TestMethod]
    public void BackgroundMoveStage_IsBusyUntilItsTimeHasPassed()
    {
        string[] log = Scripted.LogOf("BackgroundMoveStage 2400 0\nReportStageBusy\nEcho $RepVal1\nDelay 3 min\nReportStageBusy b\nEcho $b");

        CollectionAssert.AreEqual(new[] { "1", "0" }, log);
    }

    [TestMethod]
    public void Backlash_MoveUpwards_ShowsInTheImageUntilCorrected()
    {
        using var scripted = new Scripted();

        RunResult result = scripted.Run("R\nCopy A P\nMoveStageTo 0.1 0\nR\nAlignTo P\nReportAlignShift\nEcho $RepVal1\nBacklashAdjust\nR\nAlignTo P\nReportAlignShift x\nEcho $x");

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        CollectionAssert.AreEqual(new[] { "0", "-0.1" }, scripted.Log); // the play takes all of so small a step
    }

    [TestMethod]
    public void ImageShift_BeyondTheLimit_StopsTheScript()
        => StringAssert.Contains(Scripted.FailureOf("SetImageShift 3 4\nSetImageShift 30 40").Message, "beyond the limit of 15");

    [TestMethod]
    [DataRow("SetDiffractionShift 1.5 -2\nReportDiffractionShift x y\nEcho $x $y", "1.5 -2")]
    [DataRow("SetBeamShift 1 2\nReportBeamShift\nEcho $RepVal1 $RepVal2", "1 2")]
    [DataRow("SetTargetDefocus -1.2\nIncTargetDefocus -0.2\nReportTargetDefocus d\nEcho $d", "-1.4")]
    [DataRow("MoveStageTo 5 6 7\nGetFastScopeStatus\nEcho $fastStageX $FastStageY $faststagez", "5 6 7")]
    [DataRow("SetStatusLine 1 at $nothing", "")]
    [DataRow("ReportStageXYZ a b c\nEcho $a $b $c $RepVal3", "0 0 0 0")]
    public void Report_AfterSet_GivesItBack(string script, string echo)
    {
        if (echo.Length == 0)
            StringAssert.Contains(Scripted.FailureOf(script).Message, "not defined");
        else
            Assert.AreEqual(echo, Scripted.LogOf(script)[^1]);
    }

    [TestMethod]
    public void CtfFind_AtAHoleAndBesideIt_GivesTheGridsValueAndNoFit()
    {
        MeasuredGrid grid = Scripted.SmallGrid();
        using var scripted = new Scripted(grid: grid);

        scripted.Run("SuppressReports\nMoveToNavItem 7\nR\nCtfFind A -0.5 -3\nEcho $RepVal6\nCtfplotter A -0.5 -3\nEcho $RepVal5\nMoveStage 50 50\nR\nCtfFind A -0.5 -3\nEcho $RepVal6");

        CollectionAssert.AreEqual(new[] { Numbers.Format(grid.CtfA[6]), Numbers.Format(grid.CtfA[6]), "20" }, scripted.Log);
    }

    [TestMethod]
    public void CtfFind_WithoutAnImage_StopsTheScript()
        => StringAssert.Contains(Scripted.FailureOf("CtfFind A -0.5 -3").Message, "no image in buffer A");
}
