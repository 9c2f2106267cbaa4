using System.Reflection;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.CryoRL.Inference;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>The trained weights of one learner, with what is known of them. Not changed once made, so all threads share one.</summary>
public sealed class LearnedModel : IPlannerModel
{
    /// <summary>Names in the metadata block of a weights file.</summary>
    public const string LearnerKey = "learner", FeaturesKey = "features", SeedKey = "seed", DataKey = "data", EpochKey = "epoch", EliminationKey = "elimination",
        ScoreKey = "score", VersionKey = ModelCard.VersionKey;

    /// <summary>Most bytes of a weights file; Rainbow's has under 1 MB.</summary>
    private const long MaxBytes = 16 << 20;

    private readonly LearnerSettings _settings;
    private readonly RowNetwork _network;
    private readonly FusedNetwork _fused;
    private readonly Dictionary<string, string> _metadata;

    private LearnedModel(LearnerSettings settings, RowNetwork network, IReadOnlyDictionary<string, string> metadata)
    {
        (_settings, _network, _metadata) = (settings, network, new Dictionary<string, string>(metadata));
        _network.eval();
        _fused = new FusedNetwork(network, FeatureTable.PastWidth);
    }

    public string Name => _settings.Name;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Whether it was trained with action elimination, and so uses it.</summary>
    public bool Elimination => _metadata.GetValueOrDefault(EliminationKey) != "false";

    public IPlanner Create(PlannerSetup setup) => CreateLearned(setup);

    internal LearnedPlanner CreateLearned(PlannerSetup setup) => new(_settings, _fused, setup, Elimination);

    /// <summary>Reads the weights of a learner.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or for another learner, other features or another shape, or a weight is no number; the message names file and cause.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static LearnedModel Read(string learner, string path)
    {
        LearnerSettings settings = Learners.Settings(learner);
        IReadOnlyDictionary<string, string> metadata = WeightsFile.ReadMetadata(path, MaxBytes);
        Expect(path, metadata, LearnerKey, learner);
        Expect(path, metadata, FeaturesKey, FeatureTable.Version(settings.Evidence));
        RowNetwork network = Learners.NewNetwork(settings, new Generator(0));
        try
        {
            WeightsFile.Load(path, network, maxBytes: MaxBytes);
            foreach (KeyValuePair<string, Tensor> entry in network.state_dict())
            {
                using DisposeScope scope = NewDisposeScope();
                if (!entry.Value.detach().isfinite().all().item<bool>())
                    throw new InvalidDataException($"{path}: tensor '{entry.Key}' holds a value that is no number; train the model again");
            }
            return new LearnedModel(settings, network, metadata);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Writes the weights and the metadata; an old file stays whole until the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => WeightsFile.Save(path, _network.state_dict(), _metadata);

    /// <summary>A copy of what a learner knows now.</summary>
    internal static LearnedModel Copy(Learner learner, IReadOnlyDictionary<string, string> metadata)
    {
        RowNetwork network = Learners.NewNetwork(learner.Settings, new Generator(0));
        network.load_state_dict(learner.Learned.state_dict());
        return new LearnedModel(learner.Settings, network, new Dictionary<string, string>(metadata)
        {
            [LearnerKey] = learner.Settings.Name,
            [FeaturesKey] = FeatureTable.Version(learner.Settings.Evidence),
            [VersionKey] = Version,
        });
    }

    /// <summary>Adds to the metadata, before anybody else has it.</summary>
    internal void Note(string key, string value) => _metadata[key] = value;

    /// <summary>Of this library, with the commit where the build knows it.</summary>
    private static string Version
        => typeof(LearnedModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static void Expect(string path, IReadOnlyDictionary<string, string> metadata, string key, string expected)
    {
        if (!metadata.TryGetValue(key, out string? found))
            throw new InvalidDataException($"{path} does not say its '{key}', so it was not written by 'train planner'; train a model for '{expected}'");
        if (found != expected)
            throw new InvalidDataException($"{path} is for {key} '{found}', this needs '{expected}'; train it again");
    }
}
