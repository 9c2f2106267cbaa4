using System.CommandLine;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Contracts;

namespace Bridge.AgentHost.Commands;

/// <summary>How long and how a planner learns: for <c>train planner</c> and <c>evaluate planner --train</c>.</summary>
internal sealed class TrainingOptions
{
    /// <summary>Most simulated grids to learn on.</summary>
    public const int MaxGrids = 1000;

    /// <summary>Simulated grids to learn on, unless another number is asked for.</summary>
    public const int DefaultGrids = 150;

    private readonly Option<int> _epochs = new("--epochs") { Description = "Epochs to learn.", DefaultValueFactory = _ => 20 };
    private readonly Option<int> _steps = new("--steps") { Description = "Moves of one epoch.", DefaultValueFactory = _ => 2500 };
    private readonly Option<int> _episodeMinutes = new("--episode-minutes") { Description = "Minutes of one collection while learning.", DefaultValueFactory = _ => (int)PlannerTraining.DefaultBudgetMinutes };
    private readonly Option<double?> _learningRate = new("--learning-rate") { Description = "Learning rate at the beginning; default: the learner's own." };
    private readonly Option<double?> _lastShare = new("--last-learning-rate-share") { Description = "Share of it that is left at the end; 1 keeps it." };
    private readonly Option<bool> _noElimination = new("--no-elimination") { Description = "Every hole is a candidate, not only those of the best patches." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_epochs, _steps, _episodeMinutes, _learningRate, _lastShare, _noElimination])
            command.Options.Add(option);
    }

    /// <exception cref="ContractException">A value is out of range, or there is no such learner.</exception>
    public PlannerTraining Read(ParseResult parsed, string learner, TrainingSet grids)
    {
        LearnerSettings settings = Learners.Settings(learner);
        return new PlannerTraining(settings with
        {
            LearningRate = Share("--learning-rate", parsed.GetValue(_learningRate)) ?? settings.LearningRate,
            LastLearningRateShare = Share("--last-learning-rate-share", parsed.GetValue(_lastShare)) ?? settings.LastLearningRateShare,
        }, grids.Learn)
        {
            ScoreGrids = grids.Score,
            Epochs = CommonOptions.InRange("--epochs", parsed.GetValue(_epochs), 1, 10_000),
            StepsPerEpoch = CommonOptions.InRange("--steps", parsed.GetValue(_steps), 1, 10_000_000),
            BudgetMinutes = CommonOptions.InRange("--episode-minutes", parsed.GetValue(_episodeMinutes), 1, 100_000),
            Elimination = !parsed.GetValue(_noElimination),
        };
    }

    /// <summary>What to learn on: parts of one recorded table with simulated grids beside them, or simulated grids alone, of all sizes.</summary>
    public static TrainingSet Grids(string data, string split, int seed, int simulated)
    {
        int set = CommonOptions.InRange("--seed", seed, 0, 9_999);
        return data == DataSource.Simulated
            ? TrainingSet.Simulated(set, CommonOptions.InRange("--grids", simulated, 1, MaxGrids))
            : TrainingSet.Recorded(DataSource.Read(data, split, seed), set, simulated);
    }

    private static double? Share(string option, double? value) => value is null or (> 0 and <= 1)
        ? value
        : throw new ContractException(FaultCode.BadField, $"{option} must be above 0 and at most 1, got {value}");
}
