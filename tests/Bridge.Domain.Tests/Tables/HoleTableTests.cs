using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Testing;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Tables;

[TestClass]
public sealed class HoleTableTests
{
    private const string Header = "hole,grid,square,patch,x_px,y_px,ctf_max_res_angstrom,ctf_confidence,predicted_ctf_angstrom\n";
    private const string Row = "a,g,g/s,g/s/p,1,2,4.5,0.9,5\n";

    [TestMethod]
    [DataRow("train.csv", 1197, 6, 9, 60, 540)]
    [DataRow("dev.csv", 1082, 5, 8, 52, 366)]
    public void Read_RecordedGrid_HasTheCountsOfItsReadme(string name, int holes, int gridImages, int squares, int patches, int good)
    {
        MeasuredGrid measured = HoleTable.Read(SharedData.PathOf("y1", name)).Measured;

        Assert.HasCount(holes, measured.Grid.Holes);
        Assert.HasCount(gridImages, measured.Grid.GridImages);
        Assert.HasCount(squares, measured.Grid.Squares);
        Assert.HasCount(patches, measured.Grid.Patches);
        Assert.AreEqual(good, measured.CtfA.Count(CollectionState.IsGood));
        Assert.IsTrue(measured.CtfA.All(ctf => ctf is > 0 and <= 20));
        Assert.IsTrue(measured.Grid.Holes.All(hole => hole.Item == hole.Index + 1 && hole.PredictedCtfA > 0));
    }

    [TestMethod]
    public void Read_PixelPositions_AreNearestInTheOwnPatchThenSquareThenGridImage()
    {
        Grid grid = HoleTable.Read(SharedData.PathOf("y1", "dev.csv")).Grid;

        var furthest = new Dictionary<MoveLevel, double>();
        var nearest = new Dictionary<MoveLevel, double>();
        foreach (Patch a in grid.Patches)
        {
            foreach (Patch b in grid.Patches)
            {
                MoveLevel level = grid.LevelBetween(a.Index, b.Index);
                double distance = Centre(grid, a).DistanceTo(Centre(grid, b));
                furthest[level] = Math.Max(distance, furthest.GetValueOrDefault(level));
                nearest[level] = Math.Min(distance, nearest.GetValueOrDefault(level, double.PositiveInfinity));
            }
        }

        Assert.IsTrue(nearest[MoveLevel.SameSquare] > 10 && nearest[MoveLevel.SameGridImage] > furthest[MoveLevel.SamePatch]);
        Assert.IsGreaterThan(nearest[MoveLevel.SameSquare], nearest[MoveLevel.SameGridImage]);
        Assert.IsGreaterThan(nearest[MoveLevel.SameGridImage], nearest[MoveLevel.OtherGridImage]);
    }

    [TestMethod]
    public void Parse_ColumnsInAnotherOrderWithUnknownOnes_GivesTheSame()
    {
        Grid straight = HoleTable.Parse("t.csv", Utf8(Header + Row)).Grid;
        Grid shuffled = HoleTable.Parse("t.csv", Utf8("\uFEFFpredicted_ctf_angstrom,new,patch,square,grid,y_px,x_px,hole\r\n5,?,g/s/p,g/s,g,2,1,a\r\n\r\n")).Grid;

        Assert.AreEqual(straight.Holes[0], shuffled.Holes[0]);
        Assert.AreEqual("g/s", shuffled.Squares[0].Id);
    }

    [TestMethod]
    public void Measured_ValueAboveTheCap_IsCapped()
        => Assert.AreEqual(20, HoleTable.Parse("t.csv", Utf8(Header + Row.Replace("4.5", "44"))).Measured.CtfA[0]);

    [TestMethod]
    public void Measured_TableWithoutMeasuredValues_IsRefusedButTheGridIsThere()
    {
        HoleTable table = HoleTable.Parse("t.csv", Utf8("hole,grid,square,patch,x_um,y_um,z_um\na,g,s,p,10,-20,3\n"));

        Assert.AreEqual(new StageUm(10, -20, 3), table.Grid.Holes[0].Stage);
        Of(FaultCode.UnreadableFile, () => _ = table.Measured, "t.csv line 1", "ctf_max_res_angstrom");
    }

    [TestMethod]
    public void Write_ThenRead_GivesTheSameGrid()
    {
        using var folder = new TempFolder();
        MeasuredGrid before = HoleTable.Read(SharedData.PathOf("y1", "dev.csv")).Measured;

        HoleTable.Write(folder.File("out.csv"), before);
        MeasuredGrid after = HoleTable.Read(folder.File("out.csv")).Measured;

        CollectionAssert.AreEqual(before.Grid.Holes.ToArray(), after.Grid.Holes.ToArray());
        CollectionAssert.AreEqual(before.Grid.ToTargets().ToArray(), after.Grid.ToTargets().ToArray());
        CollectionAssert.AreEqual(before.CtfA.ToArray(), after.CtfA.ToArray());
    }

    [TestMethod]
    public void Write_NamesWithCommasAndQuotes_ComeBack()
    {
        using var folder = new TempFolder();
        Grid grid = GridBuilder.FromTargets([new Target { Item = 1, Id = "a,\"b\"", GridImage = "g", Square = "s", Patch = " p", Stage = default, Probability = 0.25 }]);

        HoleTable.Write(folder.File("out.csv"), grid);
        Grid after = HoleTable.Read(folder.File("out.csv")).Grid;

        Assert.AreEqual(grid.Holes[0], after.Holes[0]);
        Assert.AreEqual(" p", after.Patches[0].Id);
    }

    [TestMethod]
    [DataRow("", "empty")]
    [DataRow("hole,grid,square,x_px,y_px\n", "line 1", "'patch'")]
    [DataRow("hole,grid,square,patch,hole,x_px,y_px\n", "line 1", "'hole'", "twice")]
    [DataRow("hole,grid,square,patch,x_px,y_um\n", "line 1", "'y_px'")]
    [DataRow(Header + Row + "b,g,g/s,g/s/p,NaN,2,4,1,5\n", "line 3", "'x_px'", "NaN")]
    [DataRow(Header + Row + "b,g,g/s,g/s/p,1,1e99,4,1,5\n", "line 3", "'y_px'")]
    [DataRow(Header + Row + "b,g,g/s,g/s/p,1,1,,1,5\n", "line 3", "'ctf_max_res_angstrom'")]
    [DataRow(Header + Row + "b,g,g/s,g/s/p,1,1,4,1,x\n", "line 3", "'predicted_ctf_angstrom'")]
    [DataRow(Header + Row + Row, "line 3", "'hole'", "'a'")]
    [DataRow(Header + Row + "b,g,g/other,g/s/p,1,1,4,1,5\n", "line 3", "'patch'", "g/other")]
    [DataRow(Header + Row + "b,h,g/s,g/s/q,1,1,4,1,5\n", "line 3", "'square'")]
    [DataRow(Header + Row + "b,g,g/s\n", "line 3", "3 fields", "9 columns")]
    [DataRow(Header + "\"a,g,s,p,1,2,3,4,5\n", "line 2", "quote")]
    [DataRow(Header + ",g,s,p,1,2,3,4,5\n", "line 2", "'hole'")]
    [DataRow("a\0b\n", "zero bytes")]
    public void Parse_BadTable_IsRefusedByFileLineAndColumn(string text, params string[] words)
        => Of(FaultCode.UnreadableFile, () => HoleTable.Parse("t.csv", Utf8(text)), ["t.csv", .. words]);

    [TestMethod]
    public void Parse_HeaderOnly_SaysThatThereAreNoHoles()
        => Of(FaultCode.NoTargets, () => HoleTable.Parse("t.csv", Utf8(Header)), "t.csv");

    [TestMethod]
    public void Parse_TooManyHoles_IsRefused()
    {
        string rows = string.Concat(Enumerable.Range(0, HoleTable.MaxHoles + 1).Select(i => $"h{i},g,s,p,1,2\n"));

        Of(FaultCode.TooLarge, () => HoleTable.Parse("t.csv", Utf8("hole,grid,square,patch,x_px,y_px\n" + rows)), "line 200002");
    }

    private static StageUm Centre(Grid grid, Patch patch) => new(
        patch.Holes.Average(hole => grid.Holes[hole].Stage.X), patch.Holes.Average(hole => grid.Holes[hole].Stage.Y), 0);
}
