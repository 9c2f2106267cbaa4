namespace Bridge.Agents.Alignment.Sac;

/// <summary>How a soft actor-critic learns. Symbols as in Haarnoja et al. 2018b.</summary>
public sealed record SacSettings
{
    /// <summary>Units of each of the two hidden layers, in actor and critics. The published code has 128 (facts/alignment.md); fewer learn as fast
    /// here and cost less (Figure 6 of the paper: 16 to 256).</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Transitions of one update.</summary>
    public int BatchSize { get; init; } = 48;

    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of the learning rate that is left at the end of a training; 1 keeps it, for who may have to learn on.</summary>
    public double LastLearningRateShare { get; init; } = 1;

    /// <summary>Learning rate of the temperature.</summary>
    public double TemperatureRate { get; init; } = 1e-3;

    /// <summary>γ.</summary>
    public double Discount { get; init; } = 0.95;

    /// <summary>τ: what the targets take over from the critics at each update.</summary>
    public double TargetRate { get; init; } = 0.02;

    /// <summary>What the averaged actor, which decides where nothing is explored, takes over from the actor at each update.</summary>
    public double AverageRate { get; init; } = 0.005;

    /// <summary>Entropy aimed at for each component of the action; -1 in the paper (Haarnoja et al., appendix D). With less the mean goes nearer to the
    /// longest steps.</summary>
    public double TargetEntropyPerAction { get; init; } = -2;

    /// <summary>α at the beginning.</summary>
    public double FirstTemperature { get; init; } = 0.05;

    /// <summary>Rewards are multiplied by this for learning only.</summary>
    public double RewardScale { get; init; } = 0.1;

    /// <summary>Share of the transitions of an update that are seen with another goal (<see cref="IGoalRelabelling"/>); 0 is plain SAC.</summary>
    public double Relabelled { get; init; } = 0.8;

    /// <summary>Updates after each step; 1 in the paper. More where steps are dear: on a microscope.</summary>
    public int UpdatesPerStep { get; init; } = 1;

    /// <summary>Random steps before the first update.</summary>
    public int WarmUpSteps { get; init; } = 100;

    /// <summary>Transitions kept.</summary>
    public int ReplayCapacity { get; init; } = 100_000;
}
