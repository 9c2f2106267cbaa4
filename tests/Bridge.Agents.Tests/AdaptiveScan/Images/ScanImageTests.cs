using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.Tests.AdaptiveScan.Images;

[TestClass]
public sealed class ScanImageTests
{
    [TestMethod]
    public void Target_AnyImage_RunsFromMinusOneToOne()
    {
        ScanImage image = Ramp(96, 96, 3, 1000);

        Assert.AreEqual(-1, image.Target.Min(), 1e-5);
        Assert.AreEqual(1, image.Target.Max(), 1e-5);
    }

    [TestMethod]
    public void Target_OtherGainAndOffset_IsTheSame()
    {
        ScanImage image = Ramp(32, 24, 1, 0), other = Ramp(32, 24, 40, 5000);

        for (int i = 0; i < image.Target.Length; i++)
            Assert.AreEqual(image.Target[i], other.Target[i], 1e-3);
    }

    [TestMethod]
    public void Target_ConstantImage_IsZero()
    {
        var image = new ScanImage([.. Enumerable.Repeat(7f, 400)], 20, 20);

        Assert.IsTrue(image.Target.All(value => Math.Abs(value) < 1e-4), "all 0");
        Assert.AreEqual(1, image.HalfRange);
        Assert.IsFalse(image.IsInPart);
    }

    [TestMethod]
    public void Create_NotANumber_NamesThePixel()
    {
        float[] values = new float[400];
        values[43] = float.NaN;

        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => new ScanImage(values, 20, 20));

        Assert.Contains("(3, 2)", e.Message);
    }

    [TestMethod]
    public void Create_WrongSize_IsRefused() => Assert.ThrowsExactly<ArgumentException>(() => new ScanImage(new float[10], 5, 3));

    [TestMethod]
    public void Blur_OnePixel_IsTheKernelAndKeepsTheSum()
    {
        float[] image = new float[81];
        image[40] = 1;

        float[] blurred = GaussianBlur.Blur(image, 9, 9);

        double norm = 1 + 2 * Math.Exp(-1 / 12.5) + 2 * Math.Exp(-4 / 12.5);
        Assert.AreEqual(1 / (norm * norm), blurred[40], 1e-6);
        Assert.AreEqual(Math.Exp(-4 / 12.5) / (norm * norm), blurred[42], 1e-6);
        Assert.AreEqual(0, blurred[43]);
        Assert.AreEqual(1, blurred.Sum(), 1e-5);
    }

    [TestMethod]
    public void IsInPart_OneCornerOrEverywhere_IsToldApart()
    {
        float[] corner = new float[96 * 96], everywhere = new float[96 * 96];
        for (int i = 0; i < corner.Length; i++)
        {
            float wave = MathF.Sin(i % 96 * 0.7f) * MathF.Sin(i / 96 * 0.7f);
            everywhere[i] = wave;
            corner[i] = i % 96 < 30 && i / 96 < 30 ? wave : 0;
        }

        Assert.IsTrue(new ScanImage(corner, 96, 96).IsInPart);
        Assert.IsFalse(new ScanImage(everywhere, 96, 96).IsInPart);
    }

    [TestMethod]
    public void Symmetry_AllEight_AreDifferentAndKeepThePixels()
    {
        var seen = new HashSet<string>();
        for (int number = 0; number < Symmetry.Count; number++)
        {
            int[] map = [.. Enumerable.Range(0, 9).Select(pixel => new Symmetry(number).Map(pixel, 3))];
            CollectionAssert.AreEquivalent(Enumerable.Range(0, 9).ToArray(), map);
            seen.Add(string.Join(',', map));
        }

        Assert.HasCount(8, seen);
    }

    private static ScanImage Ramp(int width, int height, float gain, float offset)
        => new([.. Enumerable.Range(0, width * height).Select(i => offset + gain * (i % width + 2 * (i / width) + 5 * (i % 7)))], width, height);
}
