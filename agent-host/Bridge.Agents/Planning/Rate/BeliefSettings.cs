namespace Bridge.Agents.Planning.Rate;

/// <summary>Variances of the random effects of <see cref="Beliefs"/>, in squared logits, each 0 or more.</summary>
public sealed record BeliefSettings(double SpecimenVariance, double GridImageVariance, double SquareVariance, double PatchVariance)
{
    /// <summary>Chosen on the training half of Y1; see README.md.</summary>
    public static BeliefSettings Default { get; } = new(0.05, 0.1, 0.2, 0.5);
}
