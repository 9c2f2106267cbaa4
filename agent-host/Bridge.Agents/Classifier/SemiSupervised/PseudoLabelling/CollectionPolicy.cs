using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>
/// The decision model of SSL²-RL: CryoRL's DQN as published (<c>paper-dqn</c>: Table 1's features, calls and counts, never a measured value), trained offline on grids
/// whose P(good) are the classifier's.
/// </summary>
/// <param name="Holes">All holes; their grid.</param>
/// <param name="Settings">How it learns and is scored.</param>
public sealed record CollectionPolicy(HoleSet Holes, PolicySettings Settings)
{
    /// <summary>
    /// The training holes as the policy learns on them, labelled and unlabelled (SSL²-RL, section 3): a visit is worth the label where there is one, else f(x).
    /// Its holes are those of L, then those of U.
    /// </summary>
    /// <param name="probability">f(x), by hole of the set.</param>
    public MeasuredGrid PseudoRewards(LabelSplit split, IReadOnlyList<double> probability)
    {
        int[] training = [.. split.Labelled, .. split.Unlabelled];
        double[] worth = [.. training.Select((hole, i) => i < split.Labelled.Count ? Holes.IsGood(hole) ? 1.0 : 0.0 : probability[hole])];
        double[] ctfA = [.. training.Select((hole, i) => i < split.Labelled.Count ? Holes.CtfA[hole] : double.NaN)];
        return new MeasuredGrid(PartOf(training, probability), ctfA) { Worth = worth };
    }

    /// <summary>The validation holes, with their truth for scoring.</summary>
    /// <inheritdoc cref="PseudoRewards"/>
    public MeasuredGrid Validation(LabelSplit split, IReadOnlyList<double> probability)
        => new(PartOf(split.Validation, probability), [.. split.Validation.Select(hole => Holes.CtfA[hole])]);

    /// <summary>Learns on a grid with pseudo-rewards.</summary>
    /// <param name="episodeMinutes">τ_max: minutes of one collection while learning.</param>
    public LearnedModel Train(MeasuredGrid grid, double episodeMinutes, int seed, CancellationToken cancellationToken = default)
    {
        var training = new PlannerTraining(Settings.Learner, [grid])
        {
            Minutes = Settings.Minutes,
            BudgetMinutes = episodeMinutes,
            Epochs = 1, // the weights of the end are used: there is no truth to choose others by
            StepsPerEpoch = Settings.Steps,
            ScoreGrids = [],
            Seed = seed,
        };
        return training.Run(cancellationToken: cancellationToken)[^1].Model;
    }

    /// <summary>Plays sessions of <see cref="PolicySettings.ScoreMinutes"/> from random holes, the same ones for one seed.</summary>
    /// <returns>Mean reward and mean number of good holes.</returns>
    public (double Reward, double Good) Score(LearnedModel policy, MeasuredGrid grid, int seed, CancellationToken cancellationToken = default)
    {
        var random = new Random(seed);
        double reward = 0, good = 0;
        for (int start = 0; start < Settings.Starts; start++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IPlanner planner = policy.Create(new PlannerSetup(grid.Grid, seed) { Minutes = Settings.Minutes, BudgetMinutes = Settings.ScoreMinutes });
            RunResult run = new CollectionRun(grid, Settings.Minutes, Settings.ScoreMinutes, LastMove.Strict).Play(planner, random.Next(grid.Grid.Holes.Count));
            (reward, good) = (reward + run.Reward, good + run.Good);
        }
        return (reward / Settings.Starts, good / Settings.Starts);
    }

    private Grid PartOf(IReadOnlyList<int> holes, IReadOnlyList<double> probability)
        => GridBuilder.FromTargets(holes.Select(hole => Holes.Grid.TargetOf(hole) with { Probability = probability[hole] }));
}
