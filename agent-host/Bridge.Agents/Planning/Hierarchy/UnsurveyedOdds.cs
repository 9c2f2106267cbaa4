using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>Beliefs about holes that were seen, and about patches that were not: those get the holes that they are likely to have.</summary>
internal sealed class UnsurveyedOdds(Grid known, Func<int, bool> surveyed, BayesBeliefs beliefs, PatchProfiles profiles) : IPatchOdds
{
    private readonly double[] _then = new double[known.Patches.Count]; // the effect when an unseen patch was remembered

    public int Views => beliefs.Views;

    public void Observe(int hole, double ctfA) => beliefs.Observe(hole, ctfA);

    public double Probability(int hole) => beliefs.Probability(hole);

    public void Refresh() => beliefs.Refresh();

    public long Stamp(int patch) => beliefs.Stamp(patch);

    public long StampOfSquare(int square) => beliefs.StampOfSquare(square);

    public HoleBelief? Explain(int hole) => surveyed(known.Holes[hole].Patch) ? beliefs.Explain(hole) : null;

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities, Span<double> views)
    {
        if (holes.Length == 0 || surveyed(known.Holes[holes[0]].Patch))
        {
            beliefs.Write(holes, probabilities, views);
            return;
        }
        profiles.Write(known.Holes[holes[0]].Patch, probabilities);
        double effect = Effect(holes[0]);
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] = CtfCalibration.Logistic(probabilities[i] + effect);
    }

    public void Remember(int patch)
    {
        if (surveyed(patch))
            beliefs.Remember(patch);
        else
            _then[patch] = Effect(known.Patches[patch].Holes[0]);
    }

    public double Most(int patch, ReadOnlySpan<float> views, double all)
    {
        if (surveyed(patch))
            return beliefs.Most(patch, views, all);
        // Without a prediction and without a result, all its holes have the same effect.
        return beliefs.HasResults(patch) ? 1 : LogOdds.Raised(all, Math.Exp(-Math.Max(0, Effect(known.Patches[patch].Holes[0]) - _then[patch])));
    }

    /// <summary>A hole without a prediction has the prior's log odds and the effects of its square: those are what is added.</summary>
    private double Effect(int hole) => CtfCalibration.Logit(beliefs.Probability(hole)) - CtfCalibration.Logit(CtfCalibration.PriorProbability);
}
