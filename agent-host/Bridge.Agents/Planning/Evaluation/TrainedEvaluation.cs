using Bridge.Agents.Planning.CryoRL.Learning;
using TorchSharp;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>Trains learners with several seeds each and evaluates what they have learned, beside planners that need no training. Every training has a seed of
/// its own and nothing in common with the others, so the figures do not depend on how many run at a time.</summary>
/// <param name="Evaluation">Where they are evaluated; its catalog has the other planners.</param>
/// <param name="Training">How a learner of a name is trained; the seed is set here.</param>
/// <param name="Seeds">Training seeds from 0, 1 or more.</param>
public sealed record TrainedEvaluation(PlannerEvaluation Evaluation, Func<string, PlannerTraining> Training, int Seeds)
{
    private const double TrainingShare = 0.9; // of the progress

    /// <summary>At most this many trainings at a time; -1 is one for each processor.</summary>
    public int Threads { get; init; } = -1;

    /// <summary>One row for every planner and budget, in the order given; those of learners over all seeds.</summary>
    /// <param name="models">Also told the models of the first seed, by name: for pictures.</param>
    /// <exception cref="Contracts.ContractException">A planner is unknown, or a learner cannot learn on the grids.</exception>
    public IReadOnlyList<PlannerScore> Run(IReadOnlyList<string> planners, IReadOnlyList<double> budgetsMinutes, int starts,
        Action<PlannerCatalog>? models = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        string[] learners = [.. planners.Where(Learners.Names.Contains).Distinct()];
        foreach (string planner in planners.Except(learners))
            Evaluation.Check(planner);
        PlannerCatalog[] catalogs = Train(learners, progress, cancellationToken);
        models?.Invoke(catalogs[0]);
        var bySeed = new IReadOnlyList<PlannerScore>[Seeds];
        for (int seed = 0; seed < Seeds; seed++)
        {
            var share = new Share(progress, TrainingShare + (1 - TrainingShare) * seed / Seeds, (1 - TrainingShare) / Seeds);
            bySeed[seed] = (Evaluation with { Catalog = catalogs[seed] }).Run(seed == 0 ? planners : learners, budgetsMinutes, starts, share, cancellationToken);
        }
        return [.. bySeed[0].Select(row => learners.Contains(row.Planner)
            ? PlannerScore.OverSeeds([.. bySeed.Select(rows => rows.First(other => other.Planner == row.Planner && other.BudgetMinutes == row.BudgetMinutes))])
            : row)];
    }

    /// <summary>Trains every learner with every seed; a catalog for each seed.</summary>
    private PlannerCatalog[] Train(string[] learners, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var trained = new LearnedModel[Seeds * learners.Length];
        double[] done = new double[trained.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellationToken };
        int threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(Math.Max(1, threads / Math.Max(1, trained.Length))); // side by side is faster than one after the other on all processors
            Parallel.For(0, trained.Length, options, job =>
            {
                var share = new Summed(progress, done, job);
                PlannerTraining training = Training(learners[job % learners.Length]) with { Seed = job / learners.Length };
                trained[job] = PlannerTraining.Best(training.Run(share, cancellationToken: cancellationToken)).Model;
                share.Report(1);
            });
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]); // what went wrong first says why; the others are stopped
        }
        finally
        {
            torch.set_num_threads(threads);
        }
        return [.. Enumerable.Range(0, Seeds).Select(seed => Evaluation.Catalog.With(trained.AsSpan(seed * learners.Length, learners.Length).ToArray()))];
    }

    /// <summary>The progress of one part of the whole.</summary>
    private sealed class Share(IProgress<double>? whole, double from, double part) : IProgress<double>
    {
        public void Report(double value) => whole?.Report(from + part * value);
    }

    /// <summary>The progress of one training among those that run side by side.</summary>
    private sealed class Summed(IProgress<double>? whole, double[] done, int job) : IProgress<double>
    {
        public void Report(double value)
        {
            done[job] = value;
            double sum = 0;
            foreach (double other in done)
                sum += other;
            whole?.Report(TrainingShare * sum / done.Length);
        }
    }
}
