using System.Globalization;
using System.Reflection;
using Bridge.Agents.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>Weights of a soft actor-critic in a safetensors file, with what they were learned on. With the critics it can learn on; the actor alone decides.</summary>
public static class SacFile
{
    /// <summary>Names in the metadata block.</summary>
    public const string PolicyKey = "policy", ObservationsKey = "observations", ActionsKey = "actions", HiddenKey = "hidden", SeedKey = "seed", StepsKey = "steps", DataKey = "data",
        ScoreKey = "score", VersionKey = ModelCard.VersionKey;

    /// <summary>Most bytes that are read; some 0.3 MB are usual.</summary>
    public const long MaxBytes = 16 << 20;

    private const int MostUnits = 4096;

    /// <summary>Writes all that an agent knows, but for its memory of transitions; an old file stays whole until the new one is complete.</summary>
    /// <param name="policy">Name of the policy that the weights are for.</param>
    /// <param name="notes">More metadata: seed, data, score.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <returns>All metadata.</returns>
    public static IReadOnlyDictionary<string, string> Save(string path, string policy, SoftActorCritic agent, IReadOnlyDictionary<string, string>? notes = null)
    {
        var metadata = new Dictionary<string, string>(notes ?? new Dictionary<string, string>())
        {
            [PolicyKey] = policy,
            [ObservationsKey] = Text(agent.Actor.Observations),
            [ActionsKey] = Text(agent.Actor.Actions),
            [HiddenKey] = Text(agent.Settings.Hidden),
            [StepsKey] = Text(agent.Steps),
            [VersionKey] = typeof(SacFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        };
        WeightsFile.Save(path, agent.Weights.state_dict(), metadata);
        return metadata;
    }

    /// <summary>Reads an agent that learns on.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or for another policy or shape, or a weight is no number; the message names file and cause.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static SoftActorCritic Read(string path, string policy, int observations, int actions, SacSettings settings, int seed, IGoalRelabelling? relabelling = null)
    {
        IReadOnlyDictionary<string, string> metadata = WeightsFile.ReadMetadata(path, MaxBytes);
        Expect(path, metadata, PolicyKey, policy);
        Expect(path, metadata, ObservationsKey, Text(observations));
        Expect(path, metadata, ActionsKey, Text(actions));
        if (!int.TryParse(metadata.GetValueOrDefault(HiddenKey), NumberStyles.None, CultureInfo.InvariantCulture, out int hidden) || hidden is < 1 or > MostUnits)
            throw new InvalidDataException($"{path} says '{metadata.GetValueOrDefault(HiddenKey)}' for its '{HiddenKey}', a number of 1 to {MostUnits}; train it again");
        var agent = new SoftActorCritic(settings with { Hidden = hidden }, observations, actions, seed, relabelling);
        try
        {
            WeightsFile.Load(path, agent.Weights, maxBytes: MaxBytes);
            foreach (KeyValuePair<string, Tensor> entry in agent.Weights.state_dict())
            {
                using DisposeScope scope = NewDisposeScope();
                if (!entry.Value.detach().isfinite().all().item<bool>())
                    throw new InvalidDataException($"{path}: tensor '{entry.Key}' holds a value that is no number; train it again");
            }
            agent.BeginWithLoadedWeights();
            return agent;
        }
        catch
        {
            agent.Dispose();
            throw;
        }
    }

    private static void Expect(string path, IReadOnlyDictionary<string, string> metadata, string key, string expected)
    {
        if (!metadata.TryGetValue(key, out string? found))
            throw new InvalidDataException($"{path} does not say its '{key}', so it was not written by 'train alignment'; train one for '{expected}'");
        if (found != expected)
            throw new InvalidDataException($"{path} is for {key} '{found}', this needs '{expected}'; train it again");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
