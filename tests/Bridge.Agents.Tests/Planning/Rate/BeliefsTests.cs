using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Rate;

namespace Bridge.Agents.Tests.Planning.Rate;

[TestClass]
public sealed class BeliefsTests
{
    [TestMethod]
    public void Observe_OneResult_IsTheHandWorkedStep()
    {
        // Prior N(0, 0.5) on the patch alone; a bad hole of probability 0.8: weight 0.16, pull -0.8; mean = 0.5 × -0.8 / (1 + 0.5 × 0.16).
        var grid = Make.Grid("g/s/p: 0.8 0.8").Grid;
        var beliefs = new Beliefs(grid, Make.Beliefs(patch: 0.5));

        beliefs.Observe(patch: 0, logit: CtfCalibration.Logit(0.8), good: false);

        Assert.AreEqual(-0.4 / 1.08, beliefs.PatchOffset(0), 1e-12);
    }

    [TestMethod]
    public void Observe_BadHoles_LowerTheirPatchMostAndItsNeighboursLess()
    {
        var grid = Make.Grid("g/s/p: 0.8", "g/s/q: 0.8", "g/t/p: 0.8", "h/s/p: 0.8").Grid;
        var beliefs = new Beliefs(grid, BeliefSettings.Default);

        for (int i = 0; i < 5; i++)
            beliefs.Observe(patch: 0, logit: CtfCalibration.Logit(0.8), good: false);

        double[] offsets = [.. Enumerable.Range(0, 4).Select(beliefs.PatchOffset)];
        Assert.IsLessThan(-0.8, offsets[0]);
        for (int patch = 0; patch < 3; patch++)
            Assert.IsLessThan(offsets[patch + 1], offsets[patch]);
        Assert.IsLessThan(0, offsets[3]);
    }

    [TestMethod]
    public void PatchOffset_ManyResults_IsTheMeanOfTheWholeGaussianModel()
    {
        // Two patches of one square with fixed Gaussian evidence, against the 2 × 2 posterior solved by hand.
        var grid = Make.Grid("g/s/p: 0.5", "g/s/q: 0.5").Grid;
        var beliefs = new Beliefs(grid, new BeliefSettings(0, 0, SquareVariance: 0.4, PatchVariance: 0.6));

        beliefs.Observe(patch: 0, logit: 0, good: true); // weight 1/4, pull 1/2

        // Prior covariance of (p, q): [[1, 0.4], [0.4, 1]]; evidence on p with variance 4 at the value 2.
        Assert.AreEqual(1.0 / (1 + 4) * 2, beliefs.PatchOffset(0), 1e-12);
        Assert.AreEqual(0.4 / (1 + 4) * 2, beliefs.PatchOffset(1), 1e-12);
    }

    [TestMethod]
    public void WriteOffsets_AllPatches_AgreesWithPatchOffset()
    {
        var grid = Make.Grid("g/s/p: 0.8", "g/s/q: 0.8", "g/t/p: 0.8", "h/s/p: 0.8").Grid;
        var beliefs = new Beliefs(grid, BeliefSettings.Default);
        for (int i = 0; i < 12; i++)
            beliefs.Observe(patch: i % 4, logit: 0.3 * i - 1, good: i % 3 == 0);
        double[] offsets = new double[4];

        beliefs.WriteOffsets(offsets);

        for (int patch = 0; patch < 4; patch++)
            Assert.AreEqual(beliefs.PatchOffset(patch), offsets[patch], 1e-12);
    }

    [TestMethod]
    public void Observe_CalibratedResults_LeaveTheOffsetNearZero()
    {
        var grid = Make.Grid("g/s/p: 0.8").Grid;
        var beliefs = new Beliefs(grid, BeliefSettings.Default);
        var random = new Random(4);

        for (int i = 0; i < 2000; i++)
            beliefs.Observe(0, CtfCalibration.Logit(0.8), random.NextDouble() < 0.8);

        Assert.AreEqual(0, beliefs.PatchOffset(0), 0.15);
    }
}
