using Bridge.Agents.Classifier.SemiSupervised.Augmentation;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class StrongAugmentationTests
{
    private const int Size = 32;

    private static readonly float[] s_crop = [.. Enumerable.Range(0, Size * Size).Select(i => MathF.Sin(i * 0.37f) + i % Size * 0.05f)];

    [TestMethod]
    public void Apply_SameSeed_GivesTheSameCropAndAnotherSeedAnother()
    {
        float[] Augmented(int seed)
        {
            float[] to = new float[s_crop.Length];
            new StrongAugmentation(Size).Apply(s_crop, to, new Random(seed));
            return to;
        }

        CollectionAssert.AreEqual(Augmented(1), Augmented(1));
        CollectionAssert.AreNotEqual(Augmented(1), Augmented(2));
    }

    [TestMethod]
    public void Apply_ManySeeds_StaysFiniteAndNearTheCropsGreyLevels()
    {
        var augmentation = new StrongAugmentation(Size);
        var random = new Random(3);
        float[] to = new float[s_crop.Length];
        for (int i = 0; i < 500; i++)
        {
            augmentation.Apply(s_crop, to, random);

            Assert.IsTrue(to.All(value => float.IsFinite(value) && Math.Abs(value) < 10), $"draw {i}");
        }
    }

    [TestMethod]
    public void Apply_ManySeeds_CutsOutASquareOfTheMean()
    {
        var augmentation = new StrongAugmentation(Size);
        var random = new Random(4);
        float[] to = new float[s_crop.Length];
        int cut = 0;
        for (int i = 0; i < 100; i++)
        {
            augmentation.Apply(s_crop, to, random);
            int most = to.CountBy(value => value).Max(count => count.Value);
            cut += most > 16 ? 1 : 0;
            Assert.IsTrue(most <= Size * Size);
        }

        Assert.IsGreaterThan(50, cut);
    }

    [TestMethod]
    public void Apply_ConstantCrop_HasNothingToDivideBy()
    {
        float[] flat = new float[Size * Size], to = new float[flat.Length];
        Array.Fill(flat, 2);
        var augmentation = new StrongAugmentation(Size);
        var random = new Random(5);
        for (int i = 0; i < 200; i++)
        {
            augmentation.Apply(flat, to, random);

            Assert.IsTrue(to.All(value => Math.Abs(value - 2) < 1e-3), $"draw {i}");
        }
    }
}
