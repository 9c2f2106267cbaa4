using Bridge.Agents.Planning.CryoRL.Learning;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>Trains learners with several seeds each and evaluates what they have learned, beside planners that need no training.</summary>
/// <param name="Evaluation">Where they are evaluated; its catalog has the other planners.</param>
/// <param name="Training">How a learner of a name is trained; the seed is set here.</param>
/// <param name="Seeds">Training seeds from 0, 1 or more.</param>
public sealed record TrainedEvaluation(PlannerEvaluation Evaluation, Func<string, PlannerTraining> Training, int Seeds)
{
    /// <summary>One row for every planner and budget, in the order given; those of learners over all seeds.</summary>
    /// <param name="models">Also told the models of the first seed, by name: for pictures.</param>
    public IReadOnlyList<PlannerScore> Run(IReadOnlyList<string> planners, IReadOnlyList<double> budgetsMinutes, int starts,
        Action<PlannerCatalog>? models = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        string[] learners = [.. planners.Where(Learners.Names.Contains).Distinct()];
        var bySeed = new List<IReadOnlyList<PlannerScore>>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            var trained = new List<LearnedModel>();
            foreach (string learner in learners)
            {
                var share = new Share(progress, seed * learners.Length + trained.Count, Seeds * learners.Length);
                trained.Add(PlannerTraining.Best((Training(learner) with { Seed = seed }).Run(share, cancellationToken: cancellationToken)).Model);
            }
            PlannerCatalog catalog = Evaluation.Catalog.With(trained);
            if (seed == 0)
                models?.Invoke(catalog);
            bySeed.Add((Evaluation with { Catalog = catalog }).Run(seed == 0 ? planners : learners, budgetsMinutes, starts, cancellationToken: cancellationToken));
        }
        return [.. bySeed[0].Select(row => learners.Contains(row.Planner)
            ? PlannerScore.OverSeeds([.. bySeed.Select(rows => rows.First(other => other.Planner == row.Planner && other.BudgetMinutes == row.BudgetMinutes))])
            : row)];
    }

    /// <summary>The progress of one part among equal ones.</summary>
    private sealed class Share(IProgress<double>? whole, int part, int parts) : IProgress<double>
    {
        public void Report(double value) => whole?.Report((part + value) / parts);
    }
}
