namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// One way in which predictions may inform: log odds of a hole = prior + Own × (its own − prior) + Near × (those around it − prior) +
/// Square × (mean of its square − prior). The session finds out which way holds.
/// </summary>
/// <param name="Name">For a sentence: "the predictions look ...".</param>
/// <param name="Prior">Weight before the first result, above 0, at most 1.</param>
/// <param name="EffectScale">Factor on the variances below the specimen: the less the predictions say, the more is left to find out.</param>
/// <param name="Smoothness">What <see cref="HoleContext.Smoothness"/> is then: quality is much the same from hole to hole, so predictions that are not say little of it.</param>
internal sealed record ClassifierView(string Name, double Prior, double Own, double Near, double Square, double EffectScale, double Smoothness)
{
    /// <summary>The second is the regression of good on the two log odds on Y1's train.csv; the third, the same with errors of 25 to 40 % on each prediction.</summary>
    public static IReadOnlyList<ClassifierView> Defaults { get; } =
    [
        new("right", 0.70, Own: 1, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17),
        new("right, and better together with those around each hole", 0.10, Own: 0.82, Near: 0.32, Square: 0, EffectScale: 1, Smoothness: 0.17),
        new("noisy", 0.10, Own: 0.5, Near: 0.6, Square: 0, EffectScale: 1, Smoothness: 0.08),
        new("right only on average in a square", 0.06, Own: 0, Near: 0, Square: 0.7, EffectScale: 2, Smoothness: 0),
        new("useless", 0.02, Own: 0, Near: 0, Square: 0, EffectScale: 4, Smoothness: 0),
        new("inverted", 0.02, Own: -1, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17),
    ];

    /// <summary>Whether single predictions count at all.</summary>
    public bool UsesHoles => Own != 0 || Near != 0;
}
