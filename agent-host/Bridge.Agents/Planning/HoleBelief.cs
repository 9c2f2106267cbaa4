namespace Bridge.Agents.Planning;

/// <summary>What is believed of one hole, and what moved it there.</summary>
/// <param name="Probability">That it is good, 0 to 1.</param>
/// <param name="Low">Of an interval that holds the hole's true probability nine times in ten, as far as the model is right.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Prediction">Probability by the calibrated prediction alone.</param>
/// <param name="ByClassifier">What was added because of how well the classifier has done in this session.</param>
/// <param name="BySquare">What the results in its square and beyond added.</param>
/// <param name="ByPatch">What the results in its patch added.</param>
/// <param name="Classifier">How the predictions look now: right, noisy, inverted ...</param>
/// <param name="ClassifierWeight">Probability of that, 0 to 1.</param>
public sealed record HoleBelief(
    double Probability, double Low, double High, double Prediction, double ByClassifier, double BySquare, double ByPatch, string Classifier, double ClassifierWeight)
{
    /// <summary>The three that add up, with <see cref="Prediction"/>, to <see cref="Probability"/>; in words, and as names of fields.</summary>
    internal IEnumerable<(string What, string Key, double By)> Moved =>
        [("the classifier's record", "classifier", ByClassifier), ("its square", "square", BySquare), ("its patch", "patch", ByPatch)];
}
