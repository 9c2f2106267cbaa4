using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class PseudoLabelsTests
{
    /// <summary>M = 3 visits of five holes with N_C = 2: 0-1, 0-2, 1-0.</summary>
    [TestMethod]
    public void FromVisits_ThreeRunsByHand_LabelsByMajorityWithItsShare()
    {
        var labels = PseudoLabels.FromVisits([[0, 1], [0, 2], [1, 0]], 5);

        CollectionAssert.AreEqual(new[] { true, true, false, false, false }, labels.Good.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2 / 3.0, 2 / 3.0, 1, 1 }, labels.Confidence.ToArray());
    }

    [TestMethod]
    public void FromVisits_AsManyForAsAgainst_IsNegativeWithConfidenceOneHalf()
    {
        var labels = PseudoLabels.FromVisits([[0], [1]], 3);

        CollectionAssert.AreEqual(new[] { false, false, false }, labels.Good.ToArray());
        CollectionAssert.AreEqual(new[] { 0.5, 0.5, 1 }, labels.Confidence.ToArray());
    }

    [TestMethod]
    public void FromVisits_HoleTwiceInARunOrOutside_IsRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => PseudoLabels.FromVisits([[0, 1], [2, 2]], 3));
        Assert.ThrowsExactly<ArgumentException>(() => PseudoLabels.FromVisits([[3]], 3));
        Assert.ThrowsExactly<ArgumentException>(() => PseudoLabels.FromVisits([], 3));
    }

    [TestMethod]
    public void FromClassifier_Probabilities_TakesTheLikelierClassAsSureAsItIs()
    {
        var labels = PseudoLabels.FromClassifier([0.9, 0.5, 0.2]);

        CollectionAssert.AreEqual(new[] { true, false, false }, labels.Good.ToArray());
        CollectionAssert.AreEqual(new[] { 0.9, 0.5, 0.8 }, labels.Confidence.ToArray());
    }

    [TestMethod]
    public void CutOff_GoodLabels_IsTheirShareOfAllHoles()
    {
        Assert.AreEqual(50, Ssl2Rl.CutOff(5, 10, 100));
        Assert.AreEqual(1, Ssl2Rl.CutOff(1, 1000, 100));
        Assert.AreEqual(100, Ssl2Rl.CutOff(10, 10, 100));
    }
}
