using Bridge.Domain.Specimen;
using Bridge.StandIn.Language;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Microscope;

/// <summary>Multiple Records at custom holes, and what SerialEM refuses.</summary>
[TestClass]
public sealed class MultiShotTests
{
    private const string Arrays = "x = { 0 1 2 }\ny = { 0 0 1 }\n";

    [TestMethod]
    public void MultipleRecords_CustomHoles_ShootsThemInOrderAndSetsTheShiftBack()
    {
        MeasuredGrid grid = Scripted.SmallGrid();
        Hole[] holes = [.. grid.Grid.Holes.Where(hole => hole.Patch == 0).Take(3)];
        Assert.HasCount(3, holes);
        using var scripted = new Scripted(grid: grid);
        string Shifts(Func<Hole, double> axis) => string.Join(' ', holes.Select(hole => FormattableString.Invariant($"{axis(hole) - axis(holes[0]):0.######}")));

        RunResult result = scripted.Run($"""
            OpenNewFile shots.mrc
            MoveToNavItem {holes[0].Item}
            SetImageShift 0 0
            x = {"{"} {Shifts(hole => hole.Stage.X)} {"}"}
            y = {"{"} {Shifts(hole => hole.Stage.Y)} {"}"}
            SetCustomHoleShifts x y 30
            MultipleRecords -9 -9 -9 -9 1 0 -9 -9 34
            Echo shots $repVal1
            ReportImageShift
            Echo at $repVal1 $repVal2
            ReportFileZsize
            Echo saved $repVal1
            ReadFile 1 P
            CtfFind P -0.5 -3
            Echo second $repVal6
            """);

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        CollectionAssert.AreEqual(holes.Select(hole => hole.Index).ToArray(), scripted.World.Camera.Recorded);
        CollectionAssert.IsSubsetOf(new[] { "shots 3", "at 0 0", "saved 3" }, scripted.Log);
        Assert.AreEqual(FormattableString.Invariant($"second {grid.CtfA[holes[1].Index]:0.######}"), scripted.Log[^1]);
    }

    [TestMethod]
    [DataRow("MultipleRecords -9 -9 -9 -9 0 0 -9 -9 34", "have not been defined")]
    [DataRow("MultipleRecords -9 -9 -9 -9 0 0 -9 -9 64", "between 1 and 63")]
    [DataRow(Arrays + "SetCustomHoleShifts x y 30\nMultipleRecords -9 -9 -9 -9 1 0 -9 -9 34", "file must be open")]
    [DataRow(Arrays + "SetCustomHoleShifts x y", "magnification index must be included")]
    [DataRow(Arrays + "SetCustomHoleShifts x y -1", "magnification index is out of range")]
    [DataRow(Arrays + "SetCustomHoleShifts x y 30 95", "tilt angle")]
    [DataRow(Arrays + "SetCustomHoleShifts x z 30", "z is not defined")]
    [DataRow(Arrays + "z = { 1 2 }\nSetCustomHoleShifts x z 30", "x has 3 values and z 2")]
    [DataRow("New2DArray t 0 2 2\nSetCustomHoleShifts t t 30", "2-D")]
    [DataRow(Arrays + "SetCustomHoleDefocus x", "no custom holes")]
    [DataRow("x = { 0 20 }\nSetCustomHoleShifts x x 30\nMultipleRecords -9 -9 -9 -9 0 0 -9 -9 34", "beyond the limit")]
    [DataRow("ReadFile 0", "no image file open")]
    [DataRow("OpenNewFile a.mrc\nReadFile 0", "no section 0")]
    public void Commands_WhatSerialEMRefuses_FailByName(string text, string why)
    {
        RunResult result = Scripted.FailureOf(text);

        StringAssert.Contains(result.Message, why);
    }

    [TestMethod]
    public void MultipleRecords_AShiftBeyondTheLimit_KeepsWhatWasTakenAndSetsTheShiftBack()
    {
        string[] log = Scripted.LogOf("OpenNewFile a.mrc\nSetImageShift 1 0\nx = { 0 1 20 }\nSetCustomHoleShifts x x 30\nTry 1\nMultipleRecords -9 -9 -9 -9 1 0 -9 -9 34\nCatch\nEndTry\nReportFileZsize\nEcho saved $repVal1\nReportImageShift\nEcho at $repVal1 $repVal2");

        CollectionAssert.IsSubsetOf(new[] { "saved 2", "at 1 0" }, log);
    }
}
