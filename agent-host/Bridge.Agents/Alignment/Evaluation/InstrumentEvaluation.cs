using Bridge.Agents.Alignment.Instrument;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>
/// One microscope after the other, each with one response, on which alignments follow each other: <c>sac</c> learns from each step of them, begins knowing
/// nothing and is scored while it learns. The other policies align the same beams.
/// </summary>
public sealed class InstrumentEvaluation
{
    /// <summary>Name of the environment.</summary>
    public const string Environment = "instrument";

    /// <summary>Steps on a microscope at which the parts of the table end.</summary>
    private static readonly int[] Parts = [100, 250, 500, 1000, 2000];

    public int Seed { get; init; }

    public int Microscopes { get; init; } = 5;

    /// <summary>After so many steps the microscope reacts in another way than before; 0 never.</summary>
    public int ChangesAt { get; init; }

    public AlignmentEvaluation Usual { get; init; } = new();

    /// <param name="progress">Told 0 to 1.</param>
    /// <exception cref="Contracts.ContractException">No policy of a name.</exception>
    public IReadOnlyList<AlignmentScore> Run(IReadOnlyList<string> policies, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var scores = new List<AlignmentScore>();
        for (int p = 0; p < policies.Count; p++)
        {
            var parts = Parts.Select(_ => new List<AlignmentEpisode>()).ToArray();
            for (int i = 0; i < Microscopes; i++)
            {
                Play(policies[p], unchecked(Seed * 1000 + i), parts, cancellationToken);
                progress?.Report((p + (i + 1.0) / Microscopes) / policies.Count);
            }
            for (int part = 0; part < Parts.Length; part++)
                scores.Add(AlignmentEvaluation.ScoreOf($"{Environment}, steps {(part == 0 ? 0 : Parts[part - 1])} to {Parts[part]}", policies[p], parts[part]));
        }
        return scores;
    }

    private void Play(string policy, int seed, List<AlignmentEpisode>[] parts, CancellationToken cancellationToken)
    {
        DiffractionAlignment first = new(Usual.Microscope, seed), changed = new(Usual.Microscope, ~seed);
        using SacLearner learner = SacLearner.New(Usual.Settings, seed, inBackground: false);
        int steps = 0;
        for (int episode = 0; steps < Parts[^1]; episode++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var microscope = new DiffractionAlignment(Usual.Microscope, unchecked(seed * 7919 + episode), ChangesAt > 0 && steps >= ChangesAt ? changed : first);
            AlignmentSettings settings = Usual.Settings with { Goal = microscope.Goal };
            AlignmentEpisode played = AlignmentEpisode.Play(microscope, AlignmentPolicies.Create(policy, settings, microscope.Response, Usual.FirstSight, learner), settings, Usual.Microscope.MeasuringPx,
                _ => learner.LearnTo(learner.Told));
            parts[Array.FindIndex(Parts, end => steps < end)].Add(played);
            steps += Math.Max(1, played.Steps);
        }
    }
}
