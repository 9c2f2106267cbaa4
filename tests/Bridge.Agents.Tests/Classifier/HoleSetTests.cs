using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Simulation;

namespace Bridge.Agents.Tests.Classifier;

[TestClass]
public sealed class HoleSetTests
{
    private static HoleSet Make(int seed) => HoleSimulator.Create(HoleSimulatorSettings.Y1 with { Seed = seed, GridImages = 2, Squares = 8, Patches = 16, Holes = 160, CropSize = 16 });

    [TestMethod]
    public void SplitBySquare_AnySeed_NoSquareOnBothSidesAndNothingLost()
    {
        HoleSet set = Make(1);
        for (int seed = 0; seed < 20; seed++)
        {
            (int[] training, int[] heldOut) = set.SplitBySquare(set.Labelled(), 0.25, seed);

            CollectionAssert.AreEquivalent(set.Labelled(), training.Concat(heldOut).ToArray());
            Assert.IsFalse(training.Select(hole => set.SquareOfHole[hole]).Intersect(heldOut.Select(hole => set.SquareOfHole[hole])).Any());
            Assert.IsTrue(training.Length > 0 && heldOut.Length is > 10 and < 80, $"{heldOut.Length}");
        }
    }

    [TestMethod]
    public void Join_TwoSets_KeepsCropsValuesAndSquaresApart()
    {
        HoleSet first = Make(1), second = Make(2);

        HoleSet joined = HoleSet.Join([first, second]);

        Assert.AreEqual(320, joined.Count);
        Assert.AreEqual(16, joined.Grid.Squares.Count);
        CollectionAssert.AreEqual(second.CropOf(5).ToArray(), joined.CropOf(165).ToArray());
        Assert.AreEqual(second.CtfA[5], joined.CtfA[165]);
        Assert.AreEqual(8 + second.SquareOfHole[5], joined.SquareOfHole[165]);
    }

    [TestMethod]
    public void Labelled_UnmeasuredOrWithoutPicture_AreLeftOut()
    {
        HoleSet set = Make(1);
        set.CtfA[3] = double.NaN;
        set.Pictures[4].Fill(float.NaN);

        int[] labelled = set.Labelled();

        Assert.AreEqual(158, labelled.Length);
        Assert.IsFalse(labelled.Contains(3) || labelled.Contains(4));
    }

    [TestMethod]
    public void Constructor_TooFewPixels_IsRefused()
    {
        HoleSet set = Make(1);

        Assert.ThrowsExactly<ArgumentException>(() => new HoleSet(set.Grid, 17, set.Crops, set.CtfA));
    }
}
