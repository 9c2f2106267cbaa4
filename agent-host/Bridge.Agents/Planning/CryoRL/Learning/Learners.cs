using Bridge.Contracts;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>The learners by name: CryoRL's Table 3, and SSL²-RL's Rainbow (Table 4). What differs from the public code is said in README.md.</summary>
public static class Learners
{
    private static readonly LearnerSettings[] s_all =
    [
        new() { Name = "dqn" },
        new() { Name = "double-dqn", Double = true },
        new() { Name = "dueling-dqn", Dueling = true },
        new() { Name = "prioritised-dqn", Prioritised = true },
        new() { Name = "c51", Atoms = 51, LearningRate = 0.001 },
        new() { Name = "a2c", ActorCritic = true, LearningRate = 0.001, ReturnSteps = 5, WarmUpSteps = 0 },
        new() { Name = "rainbow", Double = true, Dueling = true, Prioritised = true, Noisy = true, Atoms = 51, LearningRate = 0.001 },
    ];

    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(settings => settings.Name)];

    /// <exception cref="ContractException">There is no learner of this name.</exception>
    public static LearnerSettings Settings(string name) => s_all.FirstOrDefault(settings => settings.Name == name)
        ?? throw new ContractException(FaultCode.BadField, $"there is no learner '{name}'; choose {string.Join(", ", Names)}");

    /// <summary>A learner with fresh weights.</summary>
    internal static Learner Create(LearnerSettings settings, int seed) => settings.ActorCritic ? new ActorCriticLearner(settings, seed) : new QLearner(settings, seed);
}
