namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// What the measured value says beyond good or bad: 5.9 Å where 4 Å were predicted is good, and bad news for the holes beside it. The value
/// is put through the calibration curve, as a prediction would be; the result follows the log odds of the prediction with normal errors.
/// </summary>
internal static class ResultValue
{
    /// <summary>1 / (variance of the errors), in squared logits: standard deviation 1.45 on Y1's train.csv.</summary>
    public const double Precision = 1 / (1.45 * 1.45);

    /// <summary>The same where single predictions say nothing: standard deviation 2.6.</summary>
    public const double PrecisionUnpredicted = 1 / (2.6 * 2.6);

    // Regression of the one on the other, likewise.
    private const double Intercept = 0.26, Slope = 0.90, Limit = 3;

    /// <summary>How much better the value is than was to be expected, in logits.</summary>
    /// <param name="valueLogit">Log odds of the measured value.</param>
    /// <param name="logit">Log odds of the hole before the session.</param>
    public static double Surprise(double valueLogit, double logit) => Math.Clamp(valueLogit - Intercept - Slope * logit, -Limit, Limit);
}
