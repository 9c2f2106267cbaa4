using Bridge.Agents.AdaptiveScan.Evaluation;

namespace Bridge.Agents.Tests.AdaptiveScan.Evaluation;

[TestClass]
public sealed class ImageQualityTests
{
    [TestMethod]
    public void Of_EqualImages_IsPerfect()
    {
        float[] image = Image(1);

        ImageQuality quality = ImageQuality.Of(image, image, 24, 20);

        Assert.AreEqual((0.0, 100.0), (quality.Mse, quality.PsnrDb));
        Assert.AreEqual(1, quality.Ssim, 1e-12);
    }

    [TestMethod]
    public void Of_EvenOffset_IsAsCalculatedByHand()
    {
        float[] image = new float[24 * 20], target = new float[24 * 20];
        image.AsSpan().Fill(0.2f);

        ImageQuality quality = ImageQuality.Of(image, target, 24, 20);

        // No variance: only the luminance term, c1 / (0.2² + c1) with c1 = (0.01 * 2)².
        Assert.AreEqual(0.04, quality.Mse, 1e-7);
        Assert.AreEqual(20, quality.PsnrDb, 1e-4);
        Assert.AreEqual(0.0004 / 0.0404, quality.Ssim, 1e-6);
    }

    [TestMethod]
    public void Ssim_InvertedChequers_IsNegative()
    {
        float[] image = [.. Enumerable.Range(0, 24 * 20).Select(i => (i % 24 + i / 24) % 2 == 0 ? 0.5f : -0.5f)];

        ImageQuality quality = ImageQuality.Of([.. image.Select(value => -value)], image, 24, 20);

        Assert.IsLessThan(-0.8, quality.Ssim);
    }

    private static float[] Image(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 24 * 20).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
