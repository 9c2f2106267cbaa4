using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Evaluation;

namespace Bridge.Agents.Tests.Classifier.Calibration;

[TestClass]
public sealed class CalibrationTests
{
    /// <summary>Outcomes drawn with P(good) = 1 / (1 + exp(-x)), told by a classifier that is too sure by a factor.</summary>
    private static (double[] LogOdds, bool[] Good) TooSure(double factor, int seed, int count = 4000)
    {
        var random = new Random(seed);
        double[] x = [.. Enumerable.Range(0, count).Select(_ => 6 * random.NextDouble() - 3)];
        return ([.. x.Select(value => factor * value)], [.. x.Select(value => random.NextDouble() < 1 / (1 + Math.Exp(-value)))]);
    }

    [TestMethod]
    public void Fit_ThreeTimesTooSure_TemperatureIsThree()
    {
        (double[] logOdds, bool[] good) = TooSure(3, seed: 1);

        Assert.AreEqual(3, TemperatureScaling.Fit(logOdds, good).Temperature, 0.25);
    }

    [TestMethod]
    [DataRow(TemperatureScaling.Name)]
    [DataRow(IsotonicCalibration.Name)]
    public void Fit_TooSure_CalibrationErrorFallsOnNewHoles(string name)
    {
        (double[] logOdds, bool[] good) = TooSure(3, seed: 1);
        (double[] newLogOdds, bool[] newGood) = TooSure(3, seed: 2);

        ICalibration calibration = Calibrations.Fit(name, logOdds, good);

        double before = Error(TemperatureScaling.None), after = Error(calibration);
        Assert.IsTrue(before > 0.1 && after < 0.03, $"{before} {after}");

        double Error(ICalibration some) => new ClassifierScores([.. newLogOdds.Select(some.Probability)], newGood).ExpectedCalibrationError;
    }

    [TestMethod]
    public void Isotonic_WorkedCase_PoolsViolators()
    {
        IsotonicCalibration calibration = IsotonicCalibration.Fit([1, 2, 3, 4], [false, true, false, true]);

        Assert.AreEqual(0.001, calibration.Probability(0), 1e-12); // the first pool, 0 of 1, kept off 0
        Assert.AreEqual(0.5, calibration.Probability(2.5), 1e-12); // 2 and 3 violate the order and are one pool
        Assert.AreEqual(0.999, calibration.Probability(9), 1e-12);
        Assert.IsTrue(calibration.Probability(3) > 0.5);
    }

    [TestMethod]
    public void Isotonic_AnyOutcomes_NeverFalls()
    {
        var random = new Random(3);
        IsotonicCalibration calibration = IsotonicCalibration.Fit([.. Enumerable.Range(0, 300).Select(_ => Math.Round(random.NextDouble(), 2))], [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble() < 0.5)]);

        double last = 0;
        for (double x = -0.1; x < 1.1; x += 0.01)
        {
            double p = calibration.Probability(x);
            Assert.IsTrue(p >= last && p is >= 0 and <= 1);
            last = p;
        }
    }

    [TestMethod]
    public void Parse_Text_GivesTheSame()
    {
        (double[] logOdds, bool[] good) = TooSure(2, seed: 4, count: 200);
        foreach (string name in Calibrations.Names)
        {
            ICalibration calibration = Calibrations.Fit(name, logOdds, good), read = Calibrations.Parse(calibration.ToText());

            foreach (double x in new[] { -9, -1.2, 0, 0.7, 9 })
                Assert.AreEqual(calibration.Probability(x), read.Probability(x), name);
        }
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("temperature")]
    [DataRow("temperature -1")]
    [DataRow("temperature NaN")]
    [DataRow("isotonic 1:0.5 0:0.6")]
    [DataRow("isotonic 1:2")]
    [DataRow("isotonic 1")]
    [DataRow("platt 1 2")]
    public void Parse_SomethingElse_IsRefused(string? text) => Assert.ThrowsExactly<InvalidDataException>(() => Calibrations.Parse(text));

    [TestMethod]
    public void Fit_NoHoles_IsRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => TemperatureScaling.Fit([], []));
        Assert.ThrowsExactly<ArgumentException>(() => IsotonicCalibration.Fit([1.0], []));
    }
}
