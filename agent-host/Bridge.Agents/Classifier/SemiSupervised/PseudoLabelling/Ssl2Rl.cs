using Bridge.Domain.Sessions;

namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>
/// SSL²-RL (Xu et al., Algorithm 1): the policy visits L and U from M random holes, and the first N_C holes of a visit are positive. The paper gives neither M nor N_C;
/// here N_C is the share of good holes among the labels, times all holes.
/// </summary>
/// <param name="Holes">The set.</param>
/// <param name="EpisodeMinutes">τ_max, 120 or 480 min.</param>
/// <param name="Runs">M, 1 or more; odd, so that there are no ties.</param>
/// <param name="Minutes">Of the moves.</param>
public sealed record Ssl2Rl(HoleSet Holes, double EpisodeMinutes, int Runs, MoveMinutes Minutes) : IPseudoLabelling
{
    public PseudoLabels Label(CoupledModel model, int seed, CancellationToken cancellationToken)
    {
        LabelSplit split = model.Split;
        int holes = split.Labelled.Count + split.Unlabelled.Count, cutOff = CutOff(split.Labelled.Count(Holes.IsGood), split.Labelled.Count, holes);
        var random = new Random(seed);
        int[][] heads = [.. Enumerable.Range(0, Runs)
            .Select(_ => VisitingOrder.Head(model.Policy, model.Training.Grid, Minutes, random.Next(holes), cutOff, cancellationToken))];
        var all = PseudoLabels.FromVisits(heads, holes);
        return new PseudoLabels([.. all.Good.Skip(split.Labelled.Count)], [.. all.Confidence.Skip(split.Labelled.Count)]);
    }

    /// <summary>N_C, 1 to the number of holes.</summary>
    internal static int CutOff(int goodLabels, int labels, int holes) => Math.Clamp((int)Math.Round((double)goodLabels / labels * holes), 1, holes);
}
