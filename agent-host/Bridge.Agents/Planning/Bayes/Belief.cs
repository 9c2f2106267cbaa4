namespace Bridge.Agents.Planning.Bayes;

/// <summary>A normal belief about an effect, in logits.</summary>
internal readonly record struct Belief(double Mean, double Variance)
{
    private const double MacKay = Math.PI / 8;

    /// <summary>By how much a normal of this variance flattens a logistic curve, 1 or more: E σ(x) ≈ σ(mean / flattening) (MacKay 1992, "The
    /// evidence framework applied to classification networks", equation 10).</summary>
    public static double Flattening(double variance) => Math.Sqrt(1 + MacKay * variance);

    /// <summary>Probability that a hole is good whose log odds are <paramref name="logit"/> plus this effect.</summary>
    public double Probability(double logit) => CtfCalibration.Logistic((logit + Mean) / Flattening(Variance));

    /// <summary>The same if the effect lies so many standard deviations above its mean.</summary>
    public double Quantile(double logit, double deviations) => CtfCalibration.Logistic(logit + Mean + deviations * Math.Sqrt(Variance));
}
