using Bridge.Agents.Planning;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning;

[TestClass]
public sealed class CtfCalibrationTests
{
    [TestMethod]
    public void Fit_Y1Train_GivesTheDefault()
    {
        MeasuredGrid train = HoleTable.Read(SharedData.PathOf("y1", "train.csv")).Measured;

        var fitted = CtfCalibration.Fit([.. train.Grid.Holes.Select(hole => hole.PredictedCtfA)], train.CtfA);

        Assert.AreEqual(CtfCalibration.Default.Floor, fitted.Floor, 0.001);
        Assert.AreEqual(CtfCalibration.Default.Ceiling, fitted.Ceiling, 0.001);
        Assert.AreEqual(CtfCalibration.Default.MidpointA, fitted.MidpointA, 0.01);
        Assert.AreEqual(CtfCalibration.Default.Steepness, fitted.Steepness, 0.02);
    }

    [TestMethod]
    public void Fit_DrawnFromACurve_FindsTheCurve()
    {
        var curve = new CtfCalibration(0.1, 0.9, 7, 5);
        var random = new Random(1);
        double[] predictedA = [.. Enumerable.Range(0, 20_000).Select(_ => 2 + 16 * random.NextDouble())];
        double[] measuredA = [.. predictedA.Select(predicted => random.NextDouble() < curve.Probability(predicted) ? 4.0 : 9.0)];

        CtfCalibration fitted = CtfCalibration.Fit(predictedA, measuredA);

        for (double predicted = 2; predicted <= 18; predicted += 0.5)
            Assert.AreEqual(curve.Probability(predicted), fitted.Probability(predicted), 0.03);
    }

    [TestMethod]
    public void Fit_AllGood_StaysInsideZeroAndOne()
    {
        double[] predictedA = [.. Enumerable.Range(0, 40).Select(i => 3.0 + i)];

        CtfCalibration fitted = CtfCalibration.Fit(predictedA, [.. predictedA.Select(_ => 3.0)]);

        Assert.IsGreaterThan(0.8, fitted.Probability(10));
        Assert.IsLessThan(1, fitted.Probability(1));
    }

    [TestMethod]
    public void Fit_TooFew_IsRefused()
        => Assert.ThrowsExactly<ArgumentException>(() => CtfCalibration.Fit([5], [5]));

    [TestMethod]
    public void Probability_LargerPrediction_IsLower()
    {
        double last = 1;
        foreach (double predicted in new[] { 0, 2, 4, 6, 8, 12, 20, 1000 })
        {
            double probability = CtfCalibration.Default.Probability(predicted);
            Assert.IsLessThan(last, probability);
            last = probability - 1e-12;
        }
    }

    [TestMethod]
    public void Probability_GivenByTheClient_ComesFirst_AndNothingKnownGivesThePrior()
    {
        var hole = new Hole(0, 1, "h", 0, default);

        Assert.AreEqual(0.77, CtfCalibration.Default.Probability(hole with { PredictedCtfA = 15, GivenProbability = 0.77 }));
        Assert.AreEqual(CtfCalibration.PriorProbability, CtfCalibration.Default.Probability(hole));
        Assert.AreEqual(0.998, CtfCalibration.Default.Probability(hole with { GivenProbability = 1 }), 1e-12);
    }
}
