using System.Xml.Linq;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Pictures;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Pictures;

[TestClass]
public sealed class PicturesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly MeasuredGrid Grid = Make.Grid("g/s/p: 0.9 0.9 0.1", "g/t/p: 0.9 0.1", "h/s/p: 0.9 0.9", "i/s/p: 0.2");

    [TestMethod]
    public void Curves_TwoPlanners_RiseToTheirMeans()
    {
        RunResult[] both = [new(0, 2, [new(1, 10, true), new(3, 20, true)]), new(0, 0, [])];

        XElement svg = XElement.Parse(CurvesPicture.Draw([("two & <more>", both), ("none", [new(0, 0, [])])], 20, "title"));

        XElement[] curves = [.. svg.Elements(Svg + "polyline")];
        Assert.HasCount(2, curves);
        double[] heights = [.. Points(curves[0]).Select(point => point[1])];
        Assert.AreEqual(heights.Max(), heights[0]);
        Assert.IsTrue(heights.Zip(heights.Skip(1)).All(pair => pair.Second <= pair.First), "a curve never falls");
        Assert.AreEqual((heights[0] + heights[^1]) / 2, heights[heights.Length / 2], 0.2, "half of the good holes at half of the time");
        string[] texts = [.. svg.Elements(Svg + "text").Select(text => text.Value)];
        CollectionAssert.IsSubsetOf(new[] { "two & <more> 1.0", "none 0.0", "title", "minutes", "good holes" }, texts);
    }

    [TestMethod]
    public void Path_OneRun_HasALineForEveryMoveAndADotForEveryHole()
    {
        RunResult run = new CollectionRun(Grid, MoveMinutes.Text, 100, LastMove.Strict).Play(new NearestPlanner(Grid.Grid), 0);

        XElement svg = XElement.Parse(PathPicture.Draw(Grid, run, PathPicture.Title("nearest", run)));

        Assert.AreEqual(run.Visits.Count + 4, svg.Elements(Svg + "line").Count(), "moves and their legend");
        Assert.AreEqual(Grid.Grid.Holes.Count - 1 + 1 + 1 + 4, svg.Elements(Svg + "circle").Count(), "holes, the first as a dot and a ring, and the legend");
        Assert.AreEqual(1 + 3 + 4, svg.Elements(Svg + "rect").Count(), "page, grid-level images, squares");
        StringAssert.Contains(svg.Element(Svg + "title")!.Value, "nearest: 4 good of 7 holes in 33 min");
    }

    [TestMethod]
    public void Path_AnyGrid_StaysOnThePageAndKeepsPatchesApart()
    {
        MeasuredGrid one = Make.Grid("g/s/p: 0.9");
        foreach (MeasuredGrid grid in new[] { Grid, one })
        {
            XElement svg = XElement.Parse(PathPicture.Draw(grid, new RunResult(0, 0, []), "still"));

            double[][] dots = [.. svg.Elements(Svg + "circle").Select(dot => new[] { (double)dot.Attribute("cx")!, (double)dot.Attribute("cy")! })];
            Assert.IsTrue(dots.All(dot => dot[0] is > 0 and < 900 && dot[1] is > 0 and < 1000));
            Assert.HasCount(grid.Grid.Holes.Count + 4, dots.Select(dot => $"{dot[0]} {dot[1]}").Distinct().ToArray(), "no two holes in one place");
        }
    }

    private static IEnumerable<double[]> Points(XElement curve) => ((string)curve.Attribute("points")!).Split(' ')
        .Select(point => point.Split(',').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray());
}
