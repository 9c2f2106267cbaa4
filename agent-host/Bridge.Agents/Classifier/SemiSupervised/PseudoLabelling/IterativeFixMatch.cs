namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>SSL²-RL's comparison: the same rounds, but the pseudo-labels are the classifier's own (section 4.1). The policy is only scored.</summary>
public sealed class IterativeFixMatch : IPseudoLabelling
{
    public double EpisodeMinutes => 480;

    public PseudoLabels Label(CoupledModel model, int seed, CancellationToken cancellationToken)
        => PseudoLabels.FromClassifier([.. model.Split.Unlabelled.Select(hole => model.Probability[hole])]);
}
