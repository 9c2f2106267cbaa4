using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Contracts;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>The learners by name: CryoRL's Table 3, and SSL²-RL's Rainbow (Table 4). What differs from the public code is said in README.md.</summary>
public static class Learners
{
    private static readonly LearnerSettings[] s_all =
    [
        new() { Name = "dqn" },
        new() { Name = "paper-dqn", Evidence = HoleEvidence.Calls, DiscountsMinutes = false, Gamma = 0.9, LearningRate = 0.001, WeightAverage = 0, TargetUpdates = 320 },
        new() { Name = "double-dqn", Double = true },
        new() { Name = "dueling-dqn", Dueling = true },
        new() { Name = "prioritised-dqn", Prioritised = true },
        new() { Name = "c51", Atoms = 51 },
        new() { Name = "a2c", ActorCritic = true, ReturnSteps = 5, WarmUpSteps = 0 },
        new() { Name = "rainbow", Double = true, Dueling = true, Prioritised = true, Noisy = true, Atoms = 51 },
    ];

    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(settings => settings.Name)];

    /// <exception cref="ContractException">There is no learner of this name.</exception>
    public static LearnerSettings Settings(string name) => s_all.FirstOrDefault(settings => settings.Name == name)
        ?? throw new ContractException(FaultCode.BadField, $"there is no learner '{name}'; choose {string.Join(", ", Names)}");

    /// <summary>A learner with fresh weights.</summary>
    internal static Learner Create(LearnerSettings settings, int seed)
    {
        var generator = new Generator((ulong)seed);
        return settings.ActorCritic ? new ActorCriticLearner(settings, generator) : new QLearner(settings, generator);
    }

    /// <summary>The network of a learner, with fresh weights.</summary>
    internal static RowNetwork NewNetwork(LearnerSettings settings, Generator generator) => new(Meaning(settings).Outputs, settings.Dueling, settings.Noisy, generator);

    /// <summary>What the outputs of that network mean.</summary>
    internal static IRowMeaning Meaning(LearnerSettings settings) => settings.ActorCritic ? new PolicyAndValue() : Estimate(settings);

    /// <inheritdoc cref="Meaning"/>
    internal static IReturnEstimate Estimate(LearnerSettings settings) => settings.Atoms > 1
        ? new ReturnDistribution(settings.Atoms, settings.LowestReturn, settings.HighestReturn)
        : new MeanReturn();
}
