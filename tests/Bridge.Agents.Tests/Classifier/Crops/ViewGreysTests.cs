using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;
using Bridge.Agents.Classifier.Simulation;

namespace Bridge.Agents.Tests.Classifier.Crops;

[TestClass]
public sealed class ViewGreysTests
{
    private const int Size = 16, Views = 8, HolesOfView = 6;

    [TestMethod]
    public void Normalise_ViewsOfUnlikeBrightness_FilmIsTheSameInAll()
    {
        (CropStack crops, int[] views) = Draw(gainSpread: 0.1f);
        Assert.IsTrue(Correlation(Hole(crops), Ice()) > -0.5, "hidden by the views' brightness");

        ViewGreys.Normalise(crops, views);

        Assert.IsTrue(Film(crops).Max() - Film(crops).Min() < 0.5, string.Join(' ', Film(crops)));
        Assert.IsTrue(Correlation(Hole(crops), Ice()) < -0.9, $"how dark a hole is beside the film is its ice: {Correlation(Hole(crops), Ice())}");
    }

    [TestMethod]
    public void Scale_ViewsOfOneExposure_IsOneForAll()
    {
        (CropStack crops, int[] views) = Draw(gainSpread: 0.005f);
        var expected = GreyScale.Of([crops.Pixels.ToArray()]);
        var greys = new ViewGreys();

        greys.Add(crops, views);

        ViewScale scale = greys.Scale();
        Assert.IsFalse(scale.IsByView);
        Assert.AreEqual(expected, scale.Greys);
    }

    [TestMethod]
    public void Scale_EmptyCropsAndFewViews_DoNotCount()
    {
        (CropStack crops, int[] views) = Draw(gainSpread: 0.2f);
        var twoViews = new ViewGreys();
        var withEmpty = new ViewGreys();
        var without = new ViewGreys();
        without.Add(crops, views);

        for (int i = 0; i < views.Length; i++)
            twoViews.Add(new CropStack(Size, crops[i].ToArray()), [views[i] % 2]);
        withEmpty.Add(new CropStack(Size, [.. crops.Pixels, .. new float[Size * Size * 40], .. Enumerable.Repeat(float.NaN, Size * Size * 40)]), [.. views, .. Enumerable.Repeat(0, 80)]);

        Assert.IsFalse(twoViews.Scale().IsByView);
        Assert.AreEqual(without.Scale().Greys, withEmpty.Scale().Greys);
        Assert.AreEqual(without.Scale().ZeroOfView![0], withEmpty.Scale().ZeroOfView![0]);
        Assert.AreEqual(new GreyScale(0, 1), new ViewGreys().Scale().Greys);
    }

    [TestMethod]
    public void Scale_SamplesInParts_IsNearlyThatOfTheWhole()
    {
        (CropStack crops, int[] views) = Draw(gainSpread: 0.2f);
        var whole = new ViewGreys();
        var parts = new ViewGreys(mostSamples: 500);

        whole.Add(crops, views);
        for (int i = 0; i < views.Length; i += 4)
            parts.Add(new CropStack(Size, crops.Pixels[(i * Size * Size)..((i + 4) * Size * Size)]), views[i..(i + 4)]);

        Assert.AreEqual(whole.Scale().Greys.Deviation, parts.Scale().Greys.Deviation, 0.15f * whole.Scale().Greys.Deviation);
        Assert.AreEqual(whole.Scale().ZeroOfView![3], parts.Scale().ZeroOfView![3]);
    }

    [TestMethod]
    public void Add_OtherSizeOrFewerViews_IsRefused()
    {
        (CropStack crops, int[] views) = Draw(gainSpread: 0);
        var greys = new ViewGreys();
        greys.Add(crops, views);

        Assert.ThrowsExactly<ArgumentException>(() => greys.Add(crops.Resized(8), views));
        Assert.ThrowsExactly<ArgumentException>(() => greys.Add(crops, views[1..]));
    }

    [TestMethod]
    public void Create_SimulatedViewsUnlike_AreComparedByFilm()
    {
        var settings = new HoleSimulatorSettings { Seed = 2, GridImages = 1, Squares = 4, Patches = 20, Holes = 200, CropSize = Size, ViewSpread = 0.2 };

        HoleSet one = HoleSimulator.Create(settings), byView = HoleSimulator.Create(settings with { ScaleByView = true }), alike = HoleSimulator.Create(settings with { ScaleByView = true, ViewSpread = 0.01 });

        Assert.IsTrue(Spread(byView) < 0.5 * Spread(one), $"{Spread(byView)} {Spread(one)}");
        CollectionAssert.AreEqual(HoleSimulator.Create(settings with { ViewSpread = 0.01 }).Crops, alike.Crops, "one exposure: one scale");
    }

    /// <summary>How far the means of the views lie apart.</summary>
    private static double Spread(HoleSet set)
    {
        double[] means = [.. set.Grid.Patches.Select(patch => patch.Holes.Average(hole => set.CropOf(hole).ToArray().Average()))];
        return Math.Sqrt(means.Average(mean => mean * mean) - Math.Pow(means.Average(), 2));
    }

    /// <summary>Holes of 4 px radius in film of brightness 1000, the views of unlike gain; view i has holes 6 i to 6 i + 5.</summary>
    private static (CropStack Crops, int[] Views) Draw(float gainSpread)
    {
        var random = new Random(4);
        var crops = new CropStack(Size, new float[Views * HolesOfView * Size * Size]);
        double[] ice = Ice();
        for (int hole = 0; hole < crops.Count; hole++)
        {
            float gain = 1 + gainSpread * (hole / HolesOfView - Views / 2);
            for (int pixel = 0; pixel < Size * Size; pixel++)
            {
                double r = Math.Sqrt(Math.Pow(pixel % Size + 0.5 - Size / 2, 2) + Math.Pow(pixel / Size + 0.5 - Size / 2, 2));
                crops[hole][pixel] = gain * (float)((r < 4 ? 1100 - ice[hole] : 1000) + 60 * random.NextDouble());
            }
        }
        return (crops, [.. Enumerable.Range(0, crops.Count).Select(hole => hole / HolesOfView)]);
    }

    private static double[] Ice()
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, Views * HolesOfView).Select(_ => 200 * random.NextDouble())];
    }

    /// <summary>Mean of the first rows of each view's crops.</summary>
    private static double[] Film(CropStack crops)
        => [.. Enumerable.Range(0, Views).Select(view => Enumerable.Range(view * HolesOfView, HolesOfView).Average(hole => crops[hole][..Size].ToArray().Average()))];

    private static double[] Hole(CropStack crops) => [.. Enumerable.Range(0, crops.Count).Select(hole => (double)crops[hole][Size / 2 * Size + Size / 2])];

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum() / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
