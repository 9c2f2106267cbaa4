namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>Where the pseudo-labels of an iterative method come from: all that differs between them.</summary>
public interface IPseudoLabelling
{
    /// <summary>τ_max of the method's policy, in minutes.</summary>
    double EpisodeMinutes { get; }

    /// <summary>Labels of the unlabelled holes, in the order of <see cref="LabelSplit.Unlabelled"/>.</summary>
    /// <param name="model">The classifier's P(good) and the policy that was trained on it.</param>
    /// <param name="seed">Of the round.</param>
    PseudoLabels Label(CoupledModel model, int seed, CancellationToken cancellationToken);
}
