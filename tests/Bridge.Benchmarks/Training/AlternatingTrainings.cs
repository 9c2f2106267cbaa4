using Bridge.Agents.Planning.CryoRL.Learning;

namespace Bridge.Benchmarks.Training;

/// <summary>Two trainings that take turns, an epoch each, so that whoever else uses the machine hits both alike. Only one of them works at a time.</summary>
internal static class AlternatingTrainings
{
    private static readonly TimeSpan s_longestEpoch = TimeSpan.FromHours(1);

    /// <returns>The epochs of both.</returns>
    /// <exception cref="AggregateException">One of them failed; the other was stopped.</exception>
    public static (IReadOnlyList<TrainingEpoch> First, IReadOnlyList<TrainingEpoch> Second) Run(PlannerTraining first, PlannerTraining second)
    {
        using var stop = new CancellationTokenSource();
        using var firstTurn = new SemaphoreSlim(1);
        using var secondTurn = new SemaphoreSlim(0);
        Task<IReadOnlyList<TrainingEpoch>> one = Start(first, firstTurn, secondTurn, stop), other = Start(second, secondTurn, firstTurn, stop);
        Task.WaitAll(one, other);
        return (one.Result, other.Result);
    }

    private static Task<IReadOnlyList<TrainingEpoch>> Start(PlannerTraining training, SemaphoreSlim own, SemaphoreSlim others, CancellationTokenSource stop) => Task.Factory.StartNew(() =>
    {
        try
        {
            Wait(own, stop.Token);
            IReadOnlyList<TrainingEpoch> epochs = training.Run(ended: epoch =>
            {
                others.Release();
                if (epoch.Number < training.Epochs)
                    Wait(own, stop.Token);
            }, cancellationToken: stop.Token);
            return epochs;
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Wait(SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        if (!turn.Wait(s_longestEpoch, cancellationToken))
            throw new TimeoutException($"the other training took more than {s_longestEpoch.TotalMinutes} min for an epoch");
    }
}
