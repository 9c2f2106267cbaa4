using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// Probability that a hole is good (measured CTF value &lt;= 6 Å), given the CTF value that a classifier predicts:
/// <c>P(good | x) = Floor + (Ceiling - Floor) / (1 + (x / MidpointA)^Steepness)</c>, x in Å. A logistic curve in the logarithm of x that
/// levels off at both ends, because a classifier is sometimes wrong however sure it looks.
/// </summary>
/// <param name="Floor">Probability for very large predictions, 0 to 1.</param>
/// <param name="Ceiling">Probability for very small predictions, Floor to 1.</param>
/// <param name="MidpointA">Prediction in Å at which the probability is halfway.</param>
/// <param name="Steepness">Slope in log Å, &gt; 0.</param>
public sealed record CtfCalibration(double Floor, double Ceiling, double MidpointA, double Steepness)
{
    /// <summary>For a hole of which nothing is known: the share of good holes in Y1 (33.4 %; CryoRL, section 5.1).</summary>
    public const double PriorProbability = 0.33;

    /// <summary>Probabilities are kept this far from 0 and 1, so that no report can be infinitely surprising.</summary>
    private const double Margin = 0.002;

    /// <summary>Fitted on the training half of Y1; the test <c>Fit_Y1Train_GivesTheDefault</c> makes the numbers again.</summary>
    public static CtfCalibration Default { get; } = new(0.0406, 0.9687, 6.306, 8.591);

    /// <param name="predictedA">Predicted CTF value in Å; NaN gives <see cref="PriorProbability"/>.</param>
    public double Probability(double predictedA) => double.IsNaN(predictedA)
        ? PriorProbability
        : Floor + (Ceiling - Floor) / (1 + Math.Pow(Math.Max(predictedA, 0) / MidpointA, Steepness));

    /// <summary>What is believed of a hole before the session: the client's own probability, else the calibrated prediction, else the prior.</summary>
    public double Probability(Hole hole)
        => Math.Clamp(double.IsNaN(hole.GivenProbability) ? Probability(hole.PredictedCtfA) : hole.GivenProbability, Margin, 1 - Margin);

    /// <summary>
    /// The most likely curve for pairs of predicted and measured CTF values in Å, by pattern search. Half a good and half a bad
    /// pseudo-hole at each end keep Floor above 0 and Ceiling below 1.
    /// </summary>
    /// <exception cref="ArgumentException">Fewer than 20 pairs, or lists of unequal length.</exception>
    public static CtfCalibration Fit(IReadOnlyList<double> predictedA, IReadOnlyList<double> measuredA)
    {
        if (predictedA.Count != measuredA.Count || predictedA.Count < 20)
            throw new ArgumentException($"a calibration needs at least 20 pairs of predicted and measured values, got {predictedA.Count} and {measuredA.Count}");
        double[] at = [Logit(0.05), Logit(0.95), Math.Log(6), Math.Log(6)];
        double best = LogLikelihood(Curve(at), predictedA, measuredA);
        for (double step = 0.5; step > 1e-5; step /= 2)
        {
            for (bool moved = true; moved;)
            {
                moved = false;
                for (int i = 0; i < at.Length; i++)
                {
                    foreach (double sign in (ReadOnlySpan<double>)[1, -1])
                    {
                        at[i] += sign * step;
                        double value = LogLikelihood(Curve(at), predictedA, measuredA);
                        if (value > best)
                            (best, moved) = (value, true);
                        else
                            at[i] -= sign * step;
                    }
                }
            }
        }
        return Curve(at);
    }

    private static CtfCalibration Curve(double[] at) => new(Logistic(at[0]), Logistic(at[1]), Math.Exp(at[2]), Math.Exp(at[3]));

    private static double LogLikelihood(CtfCalibration curve, IReadOnlyList<double> predictedA, IReadOnlyList<double> measuredA)
    {
        double sum = 0.5 * Math.Log(curve.Floor * (1 - curve.Floor)) + 0.5 * Math.Log(curve.Ceiling * (1 - curve.Ceiling));
        for (int i = 0; i < predictedA.Count; i++)
        {
            double p = curve.Probability(predictedA[i]);
            sum += Math.Log(CollectionState.IsGood(measuredA[i]) ? p : 1 - p);
        }
        return sum;
    }

    internal static double Logit(double p) => Math.Log(p / (1 - p));

    internal static double Logistic(double logit) => 1 / (1 + Math.Exp(-logit));
}
