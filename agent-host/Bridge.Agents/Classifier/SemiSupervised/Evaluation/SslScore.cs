namespace Bridge.Agents.Classifier.SemiSupervised.Evaluation;

/// <summary>One method at one share of labels, over its runs.</summary>
/// <param name="Runs">How many there were.</param>
/// <param name="Accuracy">Of the chosen round, see <see cref="SslRun.Chosen"/>.</param>
/// <param name="Reward">Likewise.</param>
/// <param name="LastAccuracy">Of the last round: nothing was chosen.</param>
/// <param name="LastReward">Likewise.</param>
/// <param name="Auc">Area under the ROC curve, of the chosen round.</param>
/// <param name="Good">Good holes of a session, of the chosen round.</param>
public sealed record SslScore(string Method, double LabelsPercent, int Runs, Spread Accuracy, Spread Reward, Spread LastAccuracy, Spread LastReward, Spread Auc, Spread Good)
{
    /// <summary>One row for every share of labels and method that there are runs of: shares rising, methods in the order of <see cref="SslMethods.Names"/>.</summary>
    public static IReadOnlyList<SslScore> Of(IEnumerable<SslRun> runs) =>
    [
        .. from run in runs
           group run by (run.LabelsPercent, run.Method) into cell
           orderby cell.Key.LabelsPercent, SslMethods.Names.ToList().IndexOf(cell.Key.Method)
           select Of(cell.Key.Method, cell.Key.LabelsPercent, [.. cell]),
    ];

    private static SslScore Of(string method, double labelsPercent, SslRun[] runs)
    {
        return new SslScore(method, labelsPercent, runs.Length, Over(run => run.Chosen.Accuracy), Over(run => run.Chosen.Reward),
            Over(run => run.Last.Accuracy), Over(run => run.Last.Reward), Over(run => run.Chosen.Auc), Over(run => run.Chosen.Good));

        Spread Over(Func<SslRun, double> value) => Spread.Of([.. runs.Select(value)]);
    }
}
