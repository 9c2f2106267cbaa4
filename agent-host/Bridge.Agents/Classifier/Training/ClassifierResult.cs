using Bridge.Agents.Classifier.Evaluation;

namespace Bridge.Agents.Classifier.Training;

/// <summary>What a training gave.</summary>
/// <param name="Training">Holes that were learned from.</param>
/// <param name="Calibrating">Holes that were calibrated on.</param>
/// <param name="HeldOut">Positions of the holes that were measured on, in squares that nothing was learned from.</param>
/// <param name="Raw">Scores on them before calibration.</param>
/// <param name="Scores">Scores on them as the model is.</param>
/// <param name="Before">Scores on them of the model to beat; null if there is none.</param>
public sealed record ClassifierResult(ClassifierModel Model, int Training, int Calibrating, IReadOnlyList<int> HeldOut, ClassifierScores Raw, ClassifierScores Scores, ClassifierScores? Before)
{
    /// <summary>True if the new model is better than the old one on the held-out squares: the mean squared error of its probabilities is smaller by more than the standard error of the difference.
    /// True too where there was none.</summary>
    public bool IsBetter
    {
        get
        {
            if (Before is null)
                return true;
            (double gain, double error) = Scores.GainOver(Before);
            return gain > error;
        }
    }
}
