namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>What is taken for the truth of holes that nobody measured, and how sure that is (SSL²-RL, section 3, "Pseudo Labels for Perception Models").</summary>
/// <param name="Good">The label Ȳ, by hole.</param>
/// <param name="Confidence">p, 0.5 to 1, by hole.</param>
public sealed record PseudoLabels(IReadOnlyList<bool> Good, IReadOnlyList<double> Confidence)
{
    /// <summary>
    /// From the order in which a policy visits the holes: in each run the first N_C are positive, the others negative; the label is what most runs say, and its
    /// confidence their share. As many runs for as against make a negative label (the paper does not say).
    /// </summary>
    /// <param name="heads">Of each of the M runs the first N_C holes, each once.</param>
    /// <param name="holes">Number of all holes.</param>
    /// <exception cref="ArgumentException">There is no run, or a hole is out of range or twice in one run.</exception>
    public static PseudoLabels FromVisits(IReadOnlyList<int[]> heads, int holes)
    {
        if (heads.Count == 0)
            throw new ArgumentException("pseudo-labels need at least one run", nameof(heads));
        int[] positive = new int[holes], seen = new int[holes];
        for (int run = 0; run < heads.Count; run++)
        {
            foreach (int hole in heads[run])
            {
                if ((uint)hole >= (uint)holes || seen[hole] == run + 1)
                    throw new ArgumentException($"run {run} visits hole {hole} of {holes} that is not there, or twice", nameof(heads));
                seen[hole] = run + 1;
                positive[hole]++;
            }
        }
        bool[] good = Array.ConvertAll(positive, runs => 2 * runs > heads.Count);
        return new PseudoLabels(good, [.. positive.Select((runs, hole) => (double)(good[hole] ? runs : heads.Count - runs) / heads.Count)]);
    }

    /// <summary>From the classifier itself: what it thinks more likely, as sure as it is. A probability of one half makes a negative label.</summary>
    /// <param name="probability">P(good), by hole.</param>
    public static PseudoLabels FromClassifier(IReadOnlyList<double> probability)
        => new([.. probability.Select(p => p > 0.5)], [.. probability.Select(p => Math.Max(p, 1 - p))]);
}
