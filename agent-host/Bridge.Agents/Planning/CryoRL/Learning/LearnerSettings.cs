using Bridge.Agents.Planning.CryoRL.Features;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// How a learner learns. The defaults are CryoRL's DQN as the paper and its public code have it, as far as they say (section 4.3, section 5.1;
/// <see cref="Learners"/> lists what differs). What a variant adds is a switch here, and a small class behind it.
/// </summary>
public sealed record LearnerSettings
{
    /// <summary>Name of the learner, and of the planner that its weights make.</summary>
    public required string Name { get; init; }

    /// <summary>Learn a policy and a value (A2C, Mnih et al. 2016) in place of Q values.</summary>
    public bool ActorCritic { get; init; }

    /// <summary>The online network chooses the next action, the target network values it (van Hasselt et al. 2016).</summary>
    public bool Double { get; init; }

    /// <summary>A value of the state and an advantage of each candidate (Wang et al. 2016).</summary>
    public bool Dueling { get; init; }

    /// <summary>Transitions with large errors are replayed more often (Schaul et al. 2016).</summary>
    public bool Prioritised { get; init; }

    /// <summary>Learned noise in the last layers explores in place of ε (Fortunato et al. 2018).</summary>
    public bool Noisy { get; init; }

    /// <summary>Atoms of the distribution of returns (Bellemare et al. 2017); 1: only its mean is learned.</summary>
    public int Atoms { get; init; } = 1;

    /// <summary>Returns that the atoms span: 0 to 15, because rewards are 0 to 1 and γ is 0.93. (The public code has -10 to 10, the lower half of it empty.)</summary>
    public double LowestReturn { get; init; }

    /// <inheritdoc cref="LowestReturn"/>
    public double HighestReturn { get; init; } = 15;

    /// <summary>What the features are made of.</summary>
    public HoleEvidence Evidence { get; init; } = HoleEvidence.Probabilities;

    /// <summary>γ, above 0 and at most 1.</summary>
    public double Gamma { get; init; } = 0.93;

    /// <summary>γ is of <see cref="Bridge.Domain.Sessions.MoveMinutes.SamePatch"/> minutes and not of a step: a long move is discounted more (a semi-Markov process; Bradtke and Duff 1994).</summary>
    public bool DiscountsMinutes { get; init; } = true;

    /// <summary>Reward of a good hole, by the move.</summary>
    public MoveRewards Rewards { get; init; } = MoveRewards.Printed;

    /// <summary>n of the n-step returns.</summary>
    public int ReturnSteps { get; init; } = 3;

    /// <summary>Whether something is expected after the time is up. The features do not show the time, and a session may last longer than the episodes of the
    /// training: without it (as in the public code) the network learns that little is to be had once some 110 holes were visited.</summary>
    public bool ExpectsAfterTimeUp { get; init; } = true;

    /// <summary>Learning rate of Adam at the beginning. The public code's default; the paper's 0.01 was tried only without <see cref="ExpectsAfterTimeUp"/>, and then forgot on Y1 after some five epochs.</summary>
    public double LearningRate { get; init; } = 0.0003;

    /// <summary>Share of <see cref="LearningRate"/> that is left at the end; it falls along half a cosine. 1 keeps it, as in the public code, which then does not settle.</summary>
    public double LastLearningRateShare { get; init; } = 0.1;

    /// <summary>The weights that are used and saved are a running average of those that learn, with this share of the old at each update (Polyak and Juditsky 1992); 0: the weights themselves.</summary>
    public double WeightAverage { get; init; } = 0.999;

    /// <summary>Transitions of one update.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Transitions that are kept; the oldest goes first.</summary>
    public int ReplayCapacity { get; init; } = 20_000;

    /// <summary>Transitions by random moves before learning begins; they are not counted as steps.</summary>
    public int WarmUpSteps { get; init; } = 1280;

    /// <summary>Updates after which the target network takes over the online one.</summary>
    public int TargetUpdates { get; init; } = 100;

    /// <summary>Collections played side by side. All of them move once between two updates.</summary>
    public int Collections { get; init; } = 10;

    /// <summary>ε during the first twentieth of the steps; it falls in a line to <see cref="LastEpsilon"/> until a quarter of them.</summary>
    public double FirstEpsilon { get; init; } = 0.1;

    /// <inheritdoc cref="FirstEpsilon"/>
    public double LastEpsilon { get; init; } = 0.01;

    /// <summary>ε after a share of the steps, 0 to 1.</summary>
    public double EpsilonAt(double progress)
        => Noisy || ActorCritic ? 0 : FirstEpsilon + Math.Clamp((progress - 0.05) / 0.2, 0, 1) * (LastEpsilon - FirstEpsilon);

    /// <summary>Learning rate after a share of the steps, 0 to 1.</summary>
    public double LearningRateAt(double progress)
        => LearningRate * (LastLearningRateShare + (1 - LastLearningRateShare) * (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))) / 2);
}
