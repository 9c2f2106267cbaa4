using System.Globalization;

namespace Bridge.Agents.Classifier.Calibration;

/// <summary>Log odds divided by one number (Guo et al. 2017, section 4.2): a network that is too sure has a temperature above 1. Changes no decision at P(good) = 0.5.</summary>
/// <param name="Temperature">Above 0; 1 leaves all as it is.</param>
public sealed record TemperatureScaling(double Temperature) : ICalibration
{
    public const string Name = "temperature";

    private const double Least = 0.05, Most = 50;

    /// <summary>No calibration.</summary>
    public static TemperatureScaling None { get; } = new(1);

    public double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds / Temperature));

    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Temperature:R}");

    /// <summary>The most likely temperature between 0.05 and 50, by golden section over its logarithm: the likelihood has one maximum.</summary>
    /// <exception cref="ArgumentException">There is no hole, or the lengths differ.</exception>
    public static TemperatureScaling Fit(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> good)
    {
        Calibrations.Check(logOdds, good);
        double low = Math.Log(Least), high = Math.Log(Most), ratio = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-6)
        {
            double left = high - ratio * (high - low), right = low + ratio * (high - low);
            if (Loss(logOdds, good, Math.Exp(left)) <= Loss(logOdds, good, Math.Exp(right)))
                high = right;
            else
                low = left;
        }
        return new TemperatureScaling(Math.Exp((low + high) / 2));
    }

    /// <summary>Sum of -log P(what was), as log(1 + exp(-x)) without overflow.</summary>
    private static double Loss(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> good, double temperature)
    {
        double sum = 0;
        for (int i = 0; i < logOdds.Length; i++)
        {
            double x = (good[i] ? logOdds[i] : -logOdds[i]) / temperature;
            sum += Math.Max(-x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
        }
        return sum;
    }
}
