using System.Diagnostics;
using System.Runtime.InteropServices;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Ranking;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// Trains a planner: plays collections side by side and lets the learner learn after each round of moves. One loop for all learners. The same
/// settings, grids and seed give the same weights, bit for bit, on any number of threads.
/// </summary>
/// <param name="Settings">The learner.</param>
/// <param name="Grids">To learn on, one or more.</param>
public sealed record PlannerTraining(LearnerSettings Settings, IReadOnlyList<MeasuredGrid> Grids)
{
    /// <summary>Minutes of one episode (CryoRL, section 5.1).</summary>
    public const double DefaultBudgetMinutes = 240;

    /// <summary>Sessions by which an epoch is scored, in episodes: 120 to 480 min where an episode has 240. One length alone would choose weights that are good at that length.</summary>
    private static readonly double[] s_scoreEpisodes = [0.5, 1, 1.5, 2];

    public MoveMinutes Minutes { get; init; } = MoveMinutes.Text;

    public double BudgetMinutes { get; init; } = DefaultBudgetMinutes;

    /// <summary>Only holes of the best patches are candidates, while learning and in use.</summary>
    public bool Elimination { get; init; } = true;

    /// <summary>1 or more.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Moves of one epoch, all collections together.</summary>
    public int StepsPerEpoch { get; init; } = 2500;

    /// <summary>Random first holes by which an epoch is scored, on each of <see cref="ScoreGrids"/>.</summary>
    public int ScoreStarts { get; init; } = 1;

    /// <summary>Grids by which an epoch is scored; null: those to learn on.</summary>
    public IReadOnlyList<MeasuredGrid>? ScoreGrids { get; init; }

    public int Seed { get; init; }

    /// <summary>What the weights file says of the data.</summary>
    public string Data { get; init; } = "";

    /// <summary>The chosen epoch: the one that scores best, the first of several.</summary>
    public static TrainingEpoch Best(IReadOnlyList<TrainingEpoch> epochs) => epochs.MaxBy(epoch => epoch.Score)!;

    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="ended">Told every epoch at its end.</param>
    /// <exception cref="ContractException">There is no grid, or one on which no move can be made in the budget; or the loss is no number any more: the learning rate is too high.</exception>
    public IReadOnlyList<TrainingEpoch> Run(IProgress<double>? progress = null, Action<TrainingEpoch>? ended = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StepsPerEpoch, 1);
        TrainingGrid[] grids = [.. Grids.Select(Prepare)];
        if (grids.Length == 0)
            throw new ContractException(FaultCode.NoTargets, "there is no grid to learn on");
        var random = new Random(Seed);
        using Learner learner = Learners.Create(Settings, Seed);
        var episodes = new TrainingEpisode[Settings.Collections];
        for (int i = 0; i < episodes.Length; i++)
            episodes[i] = new TrainingEpisode(grids, Minutes, BudgetMinutes, Settings, random);
        for (int step = 0; step < Settings.WarmUpSteps; step++)
        {
            TrainingEpisode episode = episodes[step % episodes.Length];
            episode.Move(episode.DrawRow(), learner.Add);
        }
        var epochs = new List<TrainingEpoch>();
        long steps = 0, ticks = 0;
        while (epochs.Count < Epochs)
        {
            long began = Stopwatch.GetTimestamp();
            for (; steps < (long)(epochs.Count + 1) * StepsPerEpoch; steps += episodes.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double done = (double)steps / ((long)Epochs * StepsPerEpoch);
                progress?.Report(done);
                learner.Progress(done);
                Play(learner, episodes, Settings.EpsilonAt(done), random);
                learner.Learn(random);
            }
            ticks += Stopwatch.GetTimestamp() - began;
            TrainingEpoch epoch = Snapshot(learner, epochs.Count + 1, (double)ticks / Stopwatch.Frequency);
            epochs.Add(epoch);
            ended?.Invoke(epoch);
        }
        return epochs;
    }

    /// <summary>One move of every collection, all candidates in one forward pass.</summary>
    private static void Play(Learner learner, TrainingEpisode[] episodes, double epsilon, Random random)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        RowBatch batch = RowBatch.Of(Array.ConvertAll(episodes, episode => episode.State));
        learner.Network.DrawNoise();
        ReadOnlySpan<float> scores = MemoryMarshal.Cast<byte, float>(learner.Meaning.Scores(learner.Network.Outputs(batch)).bytes);
        for (int i = 0; i < episodes.Length; i++)
        {
            bool explore = random.NextDouble() < epsilon;
            int row = explore ? episodes[i].DrawRow() : learner.Choose(scores.Slice(batch.StartOf(i), batch.RowsOf(i)), random);
            episodes[i].Move(row, learner.Add);
        }
    }

    private TrainingGrid Prepare(MeasuredGrid truth)
    {
        if (truth.Grid.Holes.Count < 2 || !(BudgetMinutes >= Minutes.OtherGridImage))
            throw new ContractException(FaultCode.NoTargets, $"a grid of {truth.Grid.Holes.Count} holes and a budget of {BudgetMinutes} min leave nothing to learn; give two holes or more, and at least {Minutes.OtherGridImage} min");
        return new TrainingGrid(truth, Elimination
            ? PatchElimination.For(truth.Grid, Minutes, BudgetMinutes, PatchElimination.BetaInTraining)
            : PatchElimination.None(truth.Grid));
    }

    private TrainingEpoch Snapshot(Learner learner, int number, double seconds)
    {
        LearnedModel model = LearnedModel.Copy(learner, new Dictionary<string, string>
        {
            [LearnedModel.SeedKey] = Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [LearnedModel.DataKey] = Data,
            [LearnedModel.EpochKey] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [LearnedModel.EliminationKey] = Elimination ? "true" : "false",
        });
        double score = Score(model);
        model.Note(LearnedModel.ScoreKey, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{score:0.##} good holes on the grids it is chosen by, mean of {string.Join(", ", s_scoreEpisodes.Select(episodes => episodes * BudgetMinutes))} min"));
        return new TrainingEpoch(number, score, learner.Loss, seconds, model);
    }

    private double Score(LearnedModel model)
    {
        IReadOnlyList<MeasuredGrid> grids = ScoreGrids ?? Grids;
        int good = 0;
        Parallel.For(0, grids.Count * ScoreStarts, run =>
        {
            MeasuredGrid truth = grids[run / ScoreStarts];
            int first = new Random(unchecked(Seed * 7919 + run)).Next(truth.Grid.Holes.Count);
            foreach (double episodes in s_scoreEpisodes)
            {
                double budget = episodes * BudgetMinutes;
                IPlanner planner = model.Create(new PlannerSetup(truth.Grid, Seed) { Minutes = Minutes, BudgetMinutes = budget });
                Interlocked.Add(ref good, new CollectionRun(truth, Minutes, budget, LastMove.Strict).Play(planner, first).Good);
            }
        });
        return (double)good / (grids.Count * ScoreStarts * s_scoreEpisodes.Length);
    }
}
