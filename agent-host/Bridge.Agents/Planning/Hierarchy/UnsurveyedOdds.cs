using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>Beliefs about holes that were seen, and about patches that were not: those get the holes that they are likely to have.</summary>
internal sealed class UnsurveyedOdds(Grid known, Func<int, bool> surveyed, BayesBeliefs beliefs, PatchProfiles profiles) : IPatchOdds
{
    public void Observe(int hole, double ctfA) => beliefs.Observe(hole, ctfA);

    public double Probability(int hole) => beliefs.Probability(hole);

    public void Refresh() => beliefs.Refresh();

    public long Stamp(int patch) => beliefs.Stamp(patch);

    public (double Log, double Added) Growth(int patch) => beliefs.Growth(patch);

    public HoleBelief? Explain(int hole) => surveyed(known.Holes[hole].Patch) ? beliefs.Explain(hole) : null;

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities)
    {
        if (holes.Length == 0 || surveyed(known.Holes[holes[0]].Patch))
        {
            beliefs.Write(holes, probabilities);
            return;
        }
        profiles.Write(known.Holes[holes[0]].Patch, probabilities);
        // A hole without a prediction has the prior's log odds and the effects of its square: the effects are what is added here.
        double effect = CtfCalibration.Logit(beliefs.Probability(holes[0])) - CtfCalibration.Logit(CtfCalibration.PriorProbability);
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] = CtfCalibration.Logistic(probabilities[i] + effect);
    }
}
