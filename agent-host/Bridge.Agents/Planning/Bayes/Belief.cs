namespace Bridge.Agents.Planning.Bayes;

/// <summary>A normal belief about an effect, in logits.</summary>
internal readonly record struct Belief(double Mean, double Variance)
{
    private const double MacKay = Math.PI / 8;

    /// <summary>By how much a normal of this variance flattens a logistic curve, 1 or more: E σ(x) ≈ σ(mean / flattening) (MacKay 1992, "The
    /// evidence framework applied to classification networks", equation 10).</summary>
    public static double Flattening(double variance) => Math.Sqrt(1 + MacKay * variance);

    /// <summary>Probability that a hole is good whose log odds are <paramref name="logit"/> plus this effect.</summary>
    /// <param name="optimism">Standard deviations by which the effect is taken better than its mean.</param>
    public double Probability(double logit, double optimism = 0)
        => CtfCalibration.Logistic((logit + Mean + optimism * Math.Sqrt(Variance)) / Flattening(Variance));
}
