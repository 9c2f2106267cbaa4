using Bridge.Agents.Classifier.SemiSupervised;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class LabelledPoolTests
{
    [TestMethod]
    public void Draw_Weights_AreTheProportionsAndZeroIsNeverDrawn()
    {
        var pool = new LabelledPool([7, 8, 9, 10], [true, false, true, false], [1, 0, 3, 0]);
        var random = new Random(1);
        int[] drawn = new int[11];

        for (int i = 0; i < 4000; i++)
        {
            (int hole, bool good) = pool.Draw(random);
            Assert.AreEqual(hole is 7 or 9, good);
            drawn[hole]++;
        }

        Assert.AreEqual((0, 0, 4000), (drawn[8], drawn[10], drawn[7] + drawn[9]));
        Assert.AreEqual(3000, drawn[9], 4 * Math.Sqrt(4000 * 0.25 * 0.75)); // four standard deviations
    }

    [TestMethod]
    public void Create_NothingToDraw_IsRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new LabelledPool([], [], []));
        Assert.ThrowsExactly<ArgumentException>(() => new LabelledPool([1], [true], [0]));
        Assert.ThrowsExactly<ArgumentException>(() => new LabelledPool([1, 2], [true], [1, 1]));
    }
}
