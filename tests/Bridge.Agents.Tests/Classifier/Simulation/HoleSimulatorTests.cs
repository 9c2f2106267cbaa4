using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Classifier.Simulation;

[TestClass]
public sealed class HoleSimulatorTests
{
    private static readonly HoleSimulatorSettings Small = HoleSimulatorSettings.Y3 with { GridImages = 2, Squares = 4, Patches = 12, Holes = 120, CropSize = 24 };

    [TestMethod]
    public void Create_SameSettings_SameSet()
    {
        HoleSet first = HoleSimulator.Create(Small with { Seed = 7 }), again = HoleSimulator.Create(Small with { Seed = 7 }), other = HoleSimulator.Create(Small with { Seed = 8 });

        CollectionAssert.AreEqual(first.Crops, again.Crops);
        CollectionAssert.AreEqual(first.CtfA, again.CtfA);
        CollectionAssert.AreNotEqual(first.Crops, other.Crops);
    }

    [TestMethod]
    public void Create_Y3_HasThePapersCountsAndShares()
    {
        HoleSet set = HoleSimulator.Create(HoleSimulatorSettings.Y3 with { CropSize = 16 });

        Assert.AreEqual((9, 58, 771, 8653), (set.Grid.GridImages.Count, set.Grid.Squares.Count, set.Grid.Patches.Count, set.Count));
        Assert.AreEqual(0.48, Enumerable.Range(0, set.Count).Average(hole => set.IsGood(hole) ? 1.0 : 0), 0.03);
        Assert.IsTrue(set.CtfA.All(ctf => ctf is >= 2 and <= 20));
        (double square, double patch, double hole) = Shares(set);
        Assert.AreEqual(VarianceShares.Table3.Hole, hole, 0.1);
        Assert.AreEqual(VarianceShares.Table3.Patch, patch, 0.08);
        Assert.AreEqual(VarianceShares.Table3.Square, square, 0.1);
    }

    [TestMethod]
    public void Create_Crops_AreNormalisedAndFinite()
    {
        HoleSet set = HoleSimulator.Create(Small with { CropSize = 64 });

        Assert.AreEqual(64, set.CropSize);
        Assert.IsTrue(set.Crops.All(pixel => pixel is >= -6 and <= 6));
        Assert.AreEqual(0, set.Crops.Order().ElementAt(set.Crops.Length / 2), 0.1);
        Assert.AreEqual(set.Count, set.Labelled().Length);
    }

    [TestMethod]
    public void Draw_ThickIceAndEmptyHole_DarkAndBright()
    {
        var settings = HoleSimulatorSettings.Y3 with { CropSize = 32 };
        var renderer = new HoleRenderer(settings);
        HoleOptics view = HoleOptics.Draw(HoleOptics.DrawGrid(new Random(1)), settings.ViewSpread, new Random(2));

        double thick = Middle(new HoleState(150, 0, 0, 0, 0)), thin = Middle(new HoleState(20, 0, 0, 0, 0)), empty = Middle(new HoleState(0, 0, 0, 0, 0));

        Assert.IsTrue(thick < 0.85 * empty && thin < empty && thick < thin, $"{thick} {thin} {empty}");
        Assert.AreEqual(Math.Exp(-130 / 395.0), thick / thin, 0.05);

        double Middle(HoleState state)
        {
            float[] crop = new float[32 * 32];
            renderer.Draw(state, view, new Random(3), crop);
            double sum = 0;
            for (int y = 12; y < 20; y++)
                for (int x = 12; x < 20; x++)
                    sum += crop[y * 32 + x];
            return sum;
        }
    }

    [TestMethod]
    public void Create_MoreShown_BadnessTellsMoreOfTheLabel()
    {
        double[] correlation = new double[3];
        double[] shown = [0, 0.5, 1];
        for (int i = 0; i < shown.Length; i++)
        {
            HoleSimulatorSettings settings = Small with { Holes = 2000, Patches = 200, Squares = 80, Shown = shown[i], CropSize = 16, CtfNoise = 0, FailedFits = 0 };
            HoleSet set = HoleSimulator.Create(settings);
            (_, double[] badness) = HoleStates.Draw(set.Grid, settings, new Random(settings.Seed));
            double[] log = [.. set.CtfA.Select(ctf => Math.Log(ctf))];
            HoleStates.Standardise(log);
            correlation[i] = badness.Zip(log, (a, b) => a * b).Average();
        }

        Assert.AreEqual(0, correlation[0], 0.15);
        Assert.AreEqual(0.5, correlation[1], 0.15);
        Assert.IsTrue(correlation[2] > 0.9, $"{correlation[2]}");
    }

    [TestMethod]
    [DataRow(nameof(HoleSimulatorSettings.CropSize), 8)]
    [DataRow(nameof(HoleSimulatorSettings.Squares), 1)]
    public void Create_BadSettings_AreRefusedByName(string name, int value)
    {
        HoleSimulatorSettings settings = name == nameof(HoleSimulatorSettings.CropSize) ? Small with { CropSize = value } : Small with { Squares = value };

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => HoleSimulator.Create(settings));
    }

    [TestMethod]
    public void Create_Stopped_Throws()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => HoleSimulator.Create(Small, null, stop.Token));
    }

    /// <summary>Shares of the variance by nested analysis, as <see cref="VarianceShares"/> takes them from the paper's table.</summary>
    private static (double Square, double Patch, double Hole) Shares(HoleSet set)
    {
        Grid grid = set.Grid;
        double all = Rest(_ => 0), image = Rest(hole => grid.GridImageOfPatch(grid.Holes[hole].Patch)), square = Rest(hole => set.SquareOfHole[hole]), patch = Rest(hole => grid.Holes[hole].Patch);
        double images = grid.GridImages.Count, squares = grid.Squares.Count, patches = grid.Patches.Count, holes = set.Count;
        double ofHole = patch / (holes - patches), meanPatch = (square - patch) / (patches - squares), meanSquare = (image - square) / (squares - images), meanImage = (all - image) / (images - 1);
        double ofPatch = (meanPatch - ofHole) / (holes / patches), ofSquare = (meanSquare - meanPatch) / (holes / squares), ofImage = Math.Max(0, (meanImage - meanSquare) / (holes / images));
        double total = ofHole + ofPatch + ofSquare + ofImage;
        return (ofSquare / total, ofPatch / total, ofHole / total);

        double Rest(Func<int, int> member)
            => Enumerable.Range(0, set.Count).GroupBy(member).Sum(group =>
            {
                double mean = group.Average(hole => set.CtfA[hole]);
                return group.Sum(hole => Math.Pow(set.CtfA[hole] - mean, 2));
            });
    }
}
