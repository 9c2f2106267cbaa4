using System.Diagnostics;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Navigator;

[TestClass]
public sealed class NavigatorGridTests
{
    [TestMethod]
    [DataRow("clem.nav", 12)]
    [DataRow("nav1.nav", 20)]
    [DataRow("sort.nav", 4)]
    [DataRow("sort_xml.nav", 3)]
    [DataRow("tool_written_points.nav", 50)]
    public void Read_RealFile_HasItsPointsAsHoles(string name, int holes)
    {
        NavigatorGrid result = NavigatorGrid.Read(SharedData.PathOf("navigator", name));
        IReadOnlyList<NavigatorItem> items = NavigatorFile.Read(SharedData.PathOf("navigator", name)).Items;

        Assert.HasCount(holes, result.Grid.Holes);
        Assert.IsTrue(result.Grid.Holes.All(hole => items[hole.Item - 1].Label == hole.Id && items[hole.Item - 1].Stage == hole.Stage));
    }

    [TestMethod]
    [DataRow("one_map.nav")]
    [DataRow("pyserialem.nav")]
    public void Read_RealFileWithoutPoints_SaysThatThereAreNoTargets(string name)
        => Of(FaultCode.NoTargets, () => NavigatorGrid.Read(SharedData.PathOf("navigator", name)), name, "Acquire");

    [TestMethod]
    public void Read_PointsOnAPatchMap_AreOnePatchNamedAfterTheMap()
    {
        Grid grid = NavigatorGrid.Read(SharedData.PathOf("navigator", "nav1.nav")).Grid;

        Assert.AreEqual("Map", grid.Patches.Single().Id);
    }

    [TestMethod]
    public void Read_SmallGroupOnASquareMap_IsOnePatchOfThatSquare()
    {
        Grid grid = NavigatorGrid.Read(SharedData.PathOf("navigator", "sort.nav")).Grid;

        Assert.AreEqual("12-A", grid.Squares.Single().Id);
        Assert.AreEqual("group 1074138545", grid.Patches.Single().Id);
    }

    [TestMethod]
    public void Read_GroupWiderThanAPatch_IsOneSquareInTiles()
    {
        Grid grid = NavigatorGrid.Read(SharedData.PathOf("navigator", "tool_written_points.nav")).Grid;

        Assert.HasCount(1, grid.Squares);
        Assert.IsGreaterThan(20, grid.Patches.Count);
        Assert.IsTrue(grid.Patches.All(patch => patch.Holes.All(a => patch.Holes.All(b => grid.Holes[a].Stage.DistanceTo(grid.Holes[b].Stage) < 15 * Math.Sqrt(2)))));
    }

    [TestMethod]
    public void From_SomeMarked_TakesTheMarkedPointsAndKeepsTheirNumbers()
    {
        NavigatorGrid result = new NavText().Point(0, 0, "").Point(1, 1).Map("m", 5, 0, 0, 10, "Acquire = 1\n").Point(2, 2).Grid();

        CollectionAssert.AreEqual(new[] { 2, 4 }, result.Grid.Holes.Select(hole => hole.Item).ToArray());
        Assert.IsTrue(result.Warnings.Any(warning => warning.Contains("1 maps or polygons", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void From_NoneMarked_TakesAllPointsAndSaysSo()
    {
        NavigatorGrid result = new NavText().Point(0, 0, "").Point(1, 1, "Acquire = 0\n").Grid();

        Assert.HasCount(2, result.Grid.Holes);
        Assert.IsTrue(result.Warnings.Any(warning => warning.Contains("all 2 points", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void From_PointWithoutStage_IsLeftOutWithItsLine()
    {
        NavigatorGrid result = new NavText().Point(0, 0).Point(double.NaN, 0).Point(1e9, 0).Grid();

        Assert.HasCount(1, result.Grid.Holes);
        Assert.IsTrue(result.Warnings.Any(warning => warning.Contains("test.nav line 13", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void From_UserValues_AreReadInRangeOnly()
    {
        Grid grid = new NavText().Point(0, 0, "Acquire = 1\nUserValue1 = 4.5\nUserValue2 = 0.25\n")
            .Point(1, 0, "Acquire = 1\nUserValue1 = -3\nUserValue2 = 25\n").Point(2, 0, "Acquire = 1\nUserValue1 = good\n").Grid().Grid;

        Assert.AreEqual((4.5, 0.25), (grid.Holes[0].PredictedCtfA, grid.Holes[0].GivenProbability));
        Assert.AreEqual((double.NaN, double.NaN), (grid.Holes[1].PredictedCtfA, grid.Holes[1].GivenProbability));
        Assert.AreEqual(double.NaN, grid.Holes[2].PredictedCtfA);
    }

    [TestMethod]
    public void From_HoleArray_IsOneTargetWithItsOwnShiftGroup()
    {
        Grid grid = new NavText().Point(0, 0, "Acquire = 1\nHoleArray = 3 3\n").Point(5, 0, "Acquire = 1\nHoleArray = 1 1\n").Grid().Grid;

        Assert.AreEqual(1, grid.Holes[0].ImageShiftGroup);
        Assert.IsNull(grid.Holes[1].ImageShiftGroup);
    }

    [TestMethod]
    public void From_MapsOfAllLevels_GiveTheHierarchyByIdsAndByPosition()
    {
        Grid grid = new NavText().Map("atlas", 1, 0, 0, 1000).Map("sq A", 2, 0, 0, 60).MapWithoutOutline("sq B", 3, 100, 0, 60)
            .Map("patch A1", 4, -10, 0, 15).Map("patch A2", 5, 15, 0, 15)
            .Point(-10, 1, "Acquire = 1\nDrawnID = 4\n").Point(15, 2).Point(16, 2, "Acquire = 1\nDrawnID = 2\n").Point(101, 3).Grid().Grid;

        Assert.AreEqual("atlas", grid.GridImages.Single().Id);
        CollectionAssert.AreEqual(new[] { "sq A", "sq B" }, grid.Squares.Select(square => square.Id).ToArray());
        CollectionAssert.AreEqual(new[] { "patch A1", "patch A2", "sq B/0,0" }, grid.Patches.Select(patch => patch.Id).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 1, 2 }, grid.Holes.Select(hole => hole.Patch).ToArray());
    }

    [TestMethod]
    public void From_SmallGroups_ArePatchesOfThePolygonAroundThem()
    {
        Grid grid = new NavText().Polygon("contour", 1, 0, 0, 60).Map("same square", 2, 5, 5, 70)
            .Point(0, 0, "Acquire = 1\nGroupID = 7\nDrawnID = 2\n").Point(5, 0, "Acquire = 1\nGroupID = 7\nDrawnID = 2\n")
            .Point(20, 0, "Acquire = 1\nGroupID = 8\nDrawnID = 2\n").Point(25, 0, "Acquire = 1\nGroupID = 8\nDrawnID = 2\n").Grid().Grid;

        Assert.AreEqual("contour", grid.Squares.Single().Id);
        CollectionAssert.AreEqual(new[] { "group 7", "group 8" }, grid.Patches.Select(patch => patch.Id).ToArray());
    }

    [TestMethod]
    public void From_TwoMapsOfOneSquare_AreOneSquare()
    {
        Grid grid = new NavText().Map("first", 1, 0, 0, 60).Map("again", 2, 3, 3, 50)
            .Point(0, 0, "Acquire = 1\nDrawnID = 1\n").Point(3, 3, "Acquire = 1\nDrawnID = 2\n").Grid().Grid;

        Assert.AreEqual("first", grid.Squares.Single().Id);
    }

    [TestMethod]
    public void From_OneMapOverTwoContours_AreTwoSquares()
    {
        Grid grid = new NavText().Map("view", 1, 50, 0, 180).Polygon("left", 2, 0, 0, 60).Polygon("right", 3, 100, 0, 60)
            .Point(0, 0, "Acquire = 1\nDrawnID = 1\n").Point(100, 0, "Acquire = 1\nDrawnID = 1\n").Grid().Grid;

        CollectionAssert.AreEqual(new[] { "left", "right" }, grid.Squares.Select(square => square.Id).ToArray());
    }

    [TestMethod]
    public void From_PatchMapAcquiredAtAPointOfASquareMap_IsInThatSquare()
    {
        Grid grid = new NavText().Map("square", 1, 0, 0, 60).Point(500, 500, "MapID = 9\nDrawnID = 1\n").Map("patch", 2, 500, 500, 15, "AcquiredAtID = 9\n")
            .Point(501, 501).Grid().Grid;

        Assert.AreEqual("square", grid.Squares.Single().Id);
        Assert.AreEqual("patch", grid.Patches.Single().Id);
    }

    [TestMethod]
    public void From_PointsOnly_FindsSquaresAndPatchesByDistance()
    {
        // Two squares of 60 µm with a bar of 30 µm between them, holes 5 µm apart; and a third one 2 mm away.
        var text = new NavText();
        foreach (double left in new[] { 0.0, 90, 2000 })
        {
            for (int i = 0; i < 12 * 12; i++)
                text.Point(left + i % 12 * 5, i / 12 * 5);
        }

        NavigatorGrid result = text.Grid();

        Assert.HasCount(3, result.Grid.Squares);
        Assert.HasCount(2, result.Grid.GridImages);
        Assert.HasCount(3 * 16, result.Grid.Patches);
        Assert.IsTrue(result.Grid.Squares.All(square => square.Patches.Sum(patch => result.Grid.Patches[patch].Holes.Count) == 144));
        Assert.IsTrue(result.Warnings.Any(warning => warning.Contains("432 of 432", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void From_SameLabelTwice_KeepsTheSquaresApart()
    {
        Grid grid = new NavText().Map("sq", 1, 0, 0, 60).Map("sq", 2, 200, 0, 60).Point(0, 0).Point(200, 0).Grid().Grid;

        CollectionAssert.AreEqual(new[] { "sq", "sq#2" }, grid.Squares.Select(square => square.Id).ToArray());
    }

    [TestMethod]
    public void From_HundredThousandHolesInThousandsOfMaps_IsLinear()
    {
        var text = new NavText();
        for (int square = 0; square < 500; square++)
        {
            (double x, double y) = (square % 25 * 100, square / 25 * 100);
            text.Map($"sq {square}", 1 + square, x, y, 70);
            for (int patch = 0; patch < 4; patch++)
                text.Map($"patch {square}/{patch}", 10_000 + square * 4 + patch, x + patch % 2 * 30 - 15, y + patch / 2 * 30 - 15, 20);
            for (int hole = 0; hole < 200; hole++)
                text.Point(x + hole % 20 * 3 - 28, y + hole / 20 * 5 - 25);
        }
        NavigatorFile file = text.File();

        var watch = Stopwatch.StartNew();
        Grid grid = NavigatorGrid.From(file).Grid;
        watch.Stop();

        Assert.HasCount(100_000, grid.Holes);
        Assert.HasCount(500, grid.Squares);
        Assert.IsLessThan(60, watch.Elapsed.TotalSeconds, "comparing every hole with every map takes minutes");
        Console.WriteLine($"100 000 holes, 2 500 maps: {watch.ElapsedMilliseconds} ms");
    }

    [TestMethod]
    public void From_EverythingInOnePlace_IsStillLinear()
    {
        var text = new NavText();
        for (int i = 0; i < 20_000; i++)
            text.Map("m", i + 1, 0, 0, i % 3 == 0 ? 10 : i % 3 == 1 ? 50 : 1000);
        for (int i = 0; i < 20_000; i++)
            text.Point(0, 0, $"Acquire = 1\nGroupID = 7\nDrawnID = {i % 2 + 50_000}\n").Point(300, 300, $"Acquire = 1\nGroupID = {i}\n");

        Assert.HasCount(40_000, text.Grid().Grid.Holes);
    }
}
