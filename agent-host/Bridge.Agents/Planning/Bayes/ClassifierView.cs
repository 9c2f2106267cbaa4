namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// One way in which predictions may inform: log odds of a hole = prior + Own × (its own − prior) + Near × (those around it − prior) +
/// Square × (mean of its square − prior), from predictions times Scale. The session finds out which way holds.
/// </summary>
/// <param name="Name">For a sentence: "the predictions look ...".</param>
/// <param name="Prior">Weight before the first result, above 0, at most 1.</param>
/// <param name="EffectScale">Factor on the variances below the specimen: the less the predictions say, the more is left to find out.</param>
/// <param name="Smoothness">What <see cref="HoleContext.Smoothness"/> is then: quality is much the same from hole to hole, so predictions that are not say little of it.</param>
internal sealed record ClassifierView(string Name, double Prior, double Own, double Near, double Square, double EffectScale, double Smoothness)
{
    /// <summary>What the second has is the regression of good on the two log odds on Y1's train.csv; the third, the same with errors of 25 to 40 % on each prediction.</summary>
    public static IReadOnlyList<ClassifierView> Defaults { get; } =
    [
        new("right", 0.617, Own: 1, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17),
        new("right, and better together with those around each hole", 0.10, Own: 0.82, Near: 0.32, Square: 0, EffectScale: 1, Smoothness: 0.17),
        new("noisy", 0.10, Own: 0.5, Near: 0.6, Square: 0, EffectScale: 1, Smoothness: 0.08),
        new("too hopeful", 0.04, Own: 1, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17) { Scale = 1.25 },
        new("far too hopeful", 0.03, Own: 1, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17) { Scale = 1.6 },
        new("too gloomy", 0.03, Own: 1, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17) { Scale = 0.75 },
        new("right only on average in a square", 0.05, Own: 0, Near: 0, Square: 0.7, EffectScale: 2, Smoothness: 0),
        new("useless", 0.015, Own: 0, Near: 0, Square: 0, EffectScale: 4, Smoothness: 0),
        new("all too hopeful, for hardly anything is good", 0.003, Own: 0.3, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17) { Shift = -4 },
        new("inverted", 0.015, Own: -1, Near: 0, Square: 0, EffectScale: 1, Smoothness: 0.17),
    ];

    /// <summary>Factor on a predicted value in Å, above 0; a probability given by the client is moved by as many logits.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Logits added to every hole that has a prediction.</summary>
    public double Shift { get; init; }

    /// <summary>Whether single predictions count at all.</summary>
    public bool UsesHoles => Own != 0 || Near != 0;
}
