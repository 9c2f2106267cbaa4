using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>A classifier's opinion and the policy that was trained on it: the state of Algorithm 1 between two rounds.</summary>
/// <param name="Split">Which holes have labels.</param>
/// <param name="Probability">f(x), by hole of the set.</param>
/// <param name="Training">L and U with pseudo-rewards, see <see cref="CollectionPolicy.PseudoRewards"/>.</param>
/// <param name="Policy">π, trained on <paramref name="Training"/>.</param>
public sealed record CoupledModel(LabelSplit Split, IReadOnlyList<double> Probability, MeasuredGrid Training, LearnedModel Policy);
