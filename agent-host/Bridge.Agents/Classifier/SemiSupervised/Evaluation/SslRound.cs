namespace Bridge.Agents.Classifier.SemiSupervised.Evaluation;

/// <summary>A classifier and its policy on the validation holes, and the pseudo-labels that made it.</summary>
/// <param name="Number">0 is before the first round.</param>
/// <param name="Accuracy">Share of the validation holes called right.</param>
/// <param name="Precision">Share of those called good that are; NaN if none is.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="Reward">Mean RL reward of a session.</param>
/// <param name="Good">Mean number of good holes of a session.</param>
public sealed record SslRound(int Number, double Accuracy, double Precision, double Auc, double Reward, double Good)
{
    /// <summary>Share of the round's pseudo-labels that are right, though nobody who learns can know it; NaN in round 0.</summary>
    public double PseudoAccuracy { get; init; } = double.NaN;

    /// <summary>Share of the good holes among those with a positive pseudo-label; NaN in round 0.</summary>
    public double PseudoPrecision { get; init; } = double.NaN;

    /// <summary>Mean confidence of the pseudo-labels; NaN in round 0.</summary>
    public double Confidence { get; init; } = double.NaN;
}
