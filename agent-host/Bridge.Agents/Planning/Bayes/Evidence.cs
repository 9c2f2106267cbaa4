namespace Bridge.Agents.Planning.Bayes;

/// <summary>What results say about one effect, as a Gaussian likelihood: precision, and precision times mean, in logits.</summary>
internal readonly record struct Evidence(double Precision, double Pull)
{
    public static Evidence operator +(Evidence a, Evidence b) => new(a.Precision + b.Precision, a.Pull + b.Pull);

    public static Evidence operator -(Evidence a, Evidence b) => new(a.Precision - b.Precision, a.Pull - b.Pull);

    public static Evidence operator *(double share, Evidence a) => new(share * a.Precision, share * a.Pull);

    /// <summary>What it says about the parent, when the effect is the parent's plus N(0, <paramref name="variance"/>).</summary>
    public Evidence Upwards(double variance) => new(Precision / (1 + variance * Precision), Pull / (1 + variance * Precision));

    /// <summary>The belief about an effect with this evidence below it, given the belief about its parent.</summary>
    public Belief Under(Belief parent, double variance)
    {
        double rest = 1 / (1 + variance * Precision);
        return new Belief((parent.Mean + variance * Pull) * rest, variance * rest + parent.Variance * rest * rest);
    }
}
