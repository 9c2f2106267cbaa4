namespace Bridge.Agents.Classifier.SemiSupervised.Evaluation;

/// <summary>One method, trained and scored with one seed and one share of labels.</summary>
/// <param name="Method">One of <see cref="SslMethods.Names"/>.</param>
/// <param name="LabelsPercent">Share of the training holes that have a label, in percent.</param>
/// <param name="Run">Number of the run, from 0: labels, weights and batches are drawn by it.</param>
/// <param name="Rounds">In order; one where the method has no rounds.</param>
/// <param name="Seconds">That this method took beyond what it shares with those before it.</param>
public sealed record SslRun(string Method, double LabelsPercent, int Run, IReadOnlyList<SslRound> Rounds, double Seconds)
{
    /// <summary>The round with the highest validation reward, the first of several: what SSL²-RL reports. It is chosen on the holes that it is scored on, as in the paper.</summary>
    public SslRound Chosen => Rounds.MaxBy(round => round.Reward)!;

    /// <summary>The last round: nothing was chosen.</summary>
    public SslRound Last => Rounds[^1];

    /// <summary>Share of the unlabelled draws that passed FixMatch's cut-off in the last tenth of its training, and how many of those were taken for what they are; NaN without FixMatch.</summary>
    public double Coverage { get; init; } = double.NaN;

    /// <inheritdoc cref="Coverage"/>
    public double ConfidentAccuracy { get; init; } = double.NaN;
}
