using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Bayes;

/// <summary>Calibrates the hierarchical model on past sessions: the settings under which every result was least surprising when it came.</summary>
internal static class BayesFit
{
    /// <summary>Holes below this calibrated probability are left out: a session hardly visits them.</summary>
    private const double LeastProbability = 0.25;

    /// <summary>What is fitted, each with a reader and a writer; all are positive.</summary>
    private static readonly (Func<BayesSettings, double> Get, Func<BayesSettings, double, BayesSettings> Set)[] Parameters =
    [
        (s => s.SpecimenVariance, (s, x) => s with { SpecimenVariance = x }),
        (s => s.GridImageVariance, (s, x) => s with { GridImageVariance = x }),
        (s => s.SquareVariance, (s, x) => s with { SquareVariance = x }),
        (s => s.PatchVariance, (s, x) => s with { PatchVariance = x }),
        (s => s.OddPatchVariance, (s, x) => s with { OddPatchVariance = x }),
        (s => s.OddPatchShare, (s, x) => s with { OddPatchShare = Math.Min(x, 0.4) }),
        (s => s.NeighbourVariance, (s, x) => s with { NeighbourVariance = x }),
        (s => s.NeighbourRange, (s, x) => s with { NeighbourRange = x }),
        (s => s.ValueWeight, (s, x) => s with { ValueWeight = Math.Min(x, 1) }),
    ];

    /// <summary>Pattern search by factors 2 and then √2 from the given settings.</summary>
    /// <param name="rounds">At most so many passes over all parameters with each factor.</param>
    public static BayesSettings Run(IReadOnlyList<MeasuredGrid> sessions, BayesSettings start, int rounds, CancellationToken cancellationToken = default)
    {
        (BayesSettings best, double loss) = (start, LogLoss(sessions, start));
        foreach (double factor in (ReadOnlySpan<double>)[2, Math.Sqrt(2)])
        {
            bool moved = true;
            for (int round = 0; round < rounds && moved; round++)
            {
                moved = false;
                foreach ((Func<BayesSettings, double> get, Func<BayesSettings, double, BayesSettings> set) in Parameters)
                {
                    foreach (double step in (ReadOnlySpan<double>)[factor, 1 / factor])
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        BayesSettings tried = set(best, get(best) * step);
                        double its = LogLoss(sessions, tried);
                        if (its < loss)
                            (best, loss, moved) = (tried, its, true);
                    }
                }
            }
        }
        return best;
    }

    /// <summary>Mean of -log P(what was seen), in nats, where P is what was believed just before. Each session visits its patches in a random
    /// order that depends on its number only, and of each the holes worth a visit, best first.</summary>
    public static double LogLoss(IReadOnlyList<MeasuredGrid> sessions, BayesSettings settings)
    {
        double[] sums = new double[sessions.Count];
        int[] results = new int[sessions.Count];
        Parallel.For(0, sessions.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            MeasuredGrid session = sessions[i];
            var beliefs = new BayesBeliefs(session.Grid, settings, CtfCalibration.Default);
            int[] patches = [.. Enumerable.Range(0, session.Grid.Patches.Count)];
            new Random(i).Shuffle(patches);
            foreach (int patch in patches)
            {
                foreach (int hole in session.Grid.Patches[patch].Holes.Where(hole => beliefs.Before(hole) >= LeastProbability).OrderByDescending(beliefs.Before))
                {
                    double p = beliefs.Probability(hole);
                    sums[i] -= Math.Log(Math.Max(1e-6, Bridge.Domain.Sessions.CollectionState.IsGood(session.CtfA[hole]) ? p : 1 - p));
                    results[i]++;
                    beliefs.Observe(hole, session.CtfA[hole]);
                }
            }
        });
        return sums.Sum() / Math.Max(1, results.Sum());
    }
}
