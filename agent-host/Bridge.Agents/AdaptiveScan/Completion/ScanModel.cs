using System.Globalization;
using System.Reflection;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.Weights;
using Bridge.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>What was learned for partial scans, in one file: the generator that completes them and the error model that leads adaptive paths.</summary>
public sealed class ScanModel
{
    /// <summary>Names in the metadata block.</summary>
    public const string AgentKey = "agent", WidthKey = "width", PathKey = "path", StepsKey = "generator_steps", SeedKey = "seed", DataKey = "data", ScoreKey = "score";

    /// <summary>What the metadata says of the agent.</summary>
    public const string Agent = "scan";

    private const long MaxBytes = 64 << 20;
    private const int MostWidth = 256;

    private readonly GeneratorNetwork _generator;
    private readonly ErrorNetwork _errors;

    /// <param name="generator">Belongs to the model from now on.</param>
    /// <param name="errors">Likewise.</param>
    public ScanModel(GeneratorNetwork generator, ErrorNetwork errors)
    {
        (_generator, _errors) = (generator, errors);
        (Completion, Errors) = (new ScanCompletion(generator), new LearnedErrors(errors));
    }

    /// <summary>Where the weights lie that came with the program.</summary>
    public static string ShippedFile { get; } = Path.Combine(ModelCard.ShippedFolder, "scan.safetensors");

    private static readonly Lazy<ScanModel> LazyShipped = new(() => Read(ShippedFile, needsCard: true));

    public static bool IsShipped => File.Exists(ShippedFile);

    /// <summary>The weights that came with the program.</summary>
    /// <exception cref="ContractException">They cannot be used.</exception>
    public static ScanModel Shipped => LazyShipped.Value;

    public ScanCompletion Completion { get; }

    public LearnedErrors Errors { get; }

    /// <summary>The same error model with another generator.</summary>
    public ScanModel With(GeneratorNetwork generator) => new(generator, _errors);

    /// <param name="needsCard">The file must have a card beside it; where there is one it is checked.</param>
    /// <exception cref="ContractException">The file cannot be used; the message says why.</exception>
    public static ScanModel Read(string path, bool needsCard = false)
    {
        try
        {
            ModelCard.Check(path, needsCard);
            IReadOnlyDictionary<string, string> metadata = WeightsFile.ReadMetadata(path, MaxBytes);
            if (metadata.GetValueOrDefault(AgentKey) != Agent)
                throw new InvalidDataException($"it was not written by 'train scan' (its '{AgentKey}' is '{metadata.GetValueOrDefault(AgentKey)}')");
            if (!int.TryParse(metadata.GetValueOrDefault(WidthKey), NumberStyles.None, CultureInfo.InvariantCulture, out int width) || width is < 1 or > MostWidth)
                throw new InvalidDataException($"its '{WidthKey}' is '{metadata.GetValueOrDefault(WidthKey)}', not a number of 1 to {MostWidth}; train it again");
            using var generator = new Generator(0);
            var parts = new ScanWeights(new GeneratorNetwork(width, generator), new ErrorNetwork(generator));
            WeightsFile.Load(path, parts, maxBytes: MaxBytes);
            foreach (KeyValuePair<string, Tensor> entry in parts.state_dict())
            {
                using DisposeScope scope = NewDisposeScope();
                if (!entry.Value.detach().isfinite().all().item<bool>())
                    throw new InvalidDataException($"tensor '{entry.Key}' holds a value that is no number; train it again");
            }
            return new ScanModel(parts.Generator, parts.Errors);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"the model {path} cannot be used for partial scans: {e.Message}", e);
        }
    }

    /// <summary>Writes the weights; an old file stays whole until the new one is complete.</summary>
    /// <param name="notes">More metadata: seed, data, score, steps.</param>
    /// <returns>All metadata.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public IReadOnlyDictionary<string, string> Save(string path, IReadOnlyDictionary<string, string> notes)
    {
        var metadata = new Dictionary<string, string>(notes)
        {
            [AgentKey] = Agent,
            [WidthKey] = _generator.Width.ToString(CultureInfo.InvariantCulture),
            [ModelCard.VersionKey] = typeof(ScanModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        };
        WeightsFile.Save(path, new ScanWeights(_generator, _errors).state_dict(), metadata);
        return metadata;
    }

    /// <summary>All weights under one roof.</summary>
    private sealed class ScanWeights : nn.Module
    {
        public ScanWeights(GeneratorNetwork generator, ErrorNetwork errors) : base(nameof(ScanWeights))
        {
            (Generator, Errors) = (generator, errors);
            register_module("generator", generator);
            register_module("errors", errors);
        }

        public GeneratorNetwork Generator { get; }

        public ErrorNetwork Errors { get; }
    }
}
