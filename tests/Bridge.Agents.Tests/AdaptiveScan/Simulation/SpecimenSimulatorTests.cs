using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Simulation;

namespace Bridge.Agents.Tests.AdaptiveScan.Simulation;

[TestClass]
public sealed class SpecimenSimulatorTests
{
    [TestMethod]
    [DataRow(SpecimenKind.Crystal)]
    [DataRow(SpecimenKind.Grains)]
    [DataRow(SpecimenKind.SingleAtoms)]
    [DataRow(SpecimenKind.Particles)]
    [DataRow(SpecimenKind.ParticleGroup)]
    [DataRow(SpecimenKind.Edge)]
    [DataRow(SpecimenKind.OneGrain)]
    [DataRow(SpecimenKind.Hole)]
    public void Draw_AnyKind_CountsElectronsAndIsTheSameForASeed(SpecimenKind kind)
    {
        var settings = new SpecimenSettings { Width = 64, Height = 48, LeastCounts = 50, MostCounts = 50 };

        ScanImage image = SpecimenSimulator.Draw(kind, settings, new Random(4)), again = SpecimenSimulator.Draw(kind, settings, new Random(4));

        Assert.AreEqual((64, 48), (image.Width, image.Height));
        CollectionAssert.AreEqual(image.Values, again.Values);
        Assert.AreEqual(50, image.Values.Average(), 1.5, "electrons a pixel");
        Assert.IsTrue(image.Values.All(value => value >= 0 && value == MathF.Round(value)), "whole electrons");
        Assert.IsGreaterThan(image.Values.Min(), image.Values.Max());
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(100)]
    public void Poisson_ManyDraws_HaveMeanAndVarianceAlike(double mean)
    {
        var random = new Random(1);
        int[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => Poisson.Draw(mean, random))];

        double average = draws.Average(), variance = draws.Average(draw => (draw - average) * (draw - average));

        Assert.AreEqual(1, average / mean, 0.02);
        Assert.AreEqual(1, variance / mean, 0.05);
    }

    [TestMethod]
    public void Simulate_SomeHundred_HaveStructureInPartAndInTheWhole()
    {
        IReadOnlyList<ScanImage> images = ScanImages.Simulate(120, seed: 2);

        int inPart = images.Count(image => image.IsInPart);
        Assert.IsTrue(inPart is > 25 and < 95, $"{inPart} of 120");
    }
}
