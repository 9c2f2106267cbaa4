using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>Everything that a comparison of the methods is made with.</summary>
public sealed record SslSettings
{
    public FixMatchSettings Classifier { get; init; } = new();

    public PolicySettings Policy { get; init; } = new();

    /// <summary>K: rounds of the iterative methods, 1 or more (SSL²-RL's figures have 10).</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>M: visits of all holes from which a pseudo-label is made; not in the paper.</summary>
    public int Runs { get; init; } = 3;

    public SplitBy SplitBy { get; init; } = SplitBy.Hole;
}
