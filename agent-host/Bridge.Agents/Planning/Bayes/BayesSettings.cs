namespace Bridge.Agents.Planning.Bayes;

/// <summary>The hierarchical model of <see cref="BayesBeliefs"/>. Variances in squared logits, above 0. The defaults are near the optimum that
/// <see cref="BayesFit"/> finds on Y1's train.csv, with errors put on its predictions, and on simulated grids: README.md.</summary>
internal sealed record BayesSettings
{
    public double SpecimenVariance { get; init; } = 0.1;

    public double GridImageVariance { get; init; } = 0.05;

    public double SquareVariance { get; init; } = 0.2;

    /// <summary>Of most patches, besides what the holes share as neighbours.</summary>
    public double PatchVariance { get; init; } = 0.2;

    /// <summary>Of the few patches that are altogether different from what was predicted.</summary>
    public double OddPatchVariance { get; init; } = 3;

    /// <summary>Share of such patches, between 0 and 1.</summary>
    public double OddPatchShare { get; init; } = 0.1;

    /// <summary>Of what a hole shares with the holes around it.</summary>
    public double NeighbourVariance { get; init; } = 0.5;

    /// <summary>Distance over which that falls to 1/e, in hole pitches.</summary>
    public double NeighbourRange { get; init; } = 3.5;

    /// <summary>How much the measured value counts beside good or bad, 0 to 1.</summary>
    public double ValueWeight { get; init; } = 0.7;

    /// <summary>How much a result counts in the choice between the views, 0 to 1. Below 1, because results of one patch are not independent.</summary>
    public double ViewTemper { get; init; } = 0.7;

    /// <summary>What the predictions may mean; their prior weights add up to 1.</summary>
    public IReadOnlyList<ClassifierView> Views { get; init; } = ClassifierView.Defaults;

    public static BayesSettings Default { get; } = new();
}
