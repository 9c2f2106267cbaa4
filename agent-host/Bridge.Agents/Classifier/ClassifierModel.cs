using System.Globalization;
using System.Reflection;
using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Weights;
using Bridge.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier;

/// <summary>A trained classifier in one file: the network, what its crops are, and its calibration.</summary>
public sealed class ClassifierModel
{
    /// <summary>Names in the metadata block.</summary>
    public const string AgentKey = "agent", NetworkKey = "network", WidthKey = "width", CropKey = "crop_px", FieldKey = "field_um", CalibrationKey = "calibration", SeedKey = "seed", DataKey = "data", ScoreKey = "score", EpochsKey = "epochs";

    /// <summary>What the metadata says of the agent.</summary>
    public const string Agent = "classifier";

    private const long MaxBytes = 256 << 20;

    /// <param name="network">(batch, 1, s, s) to <see cref="HoleOutput"/>; belongs to the model from now on.</param>
    /// <param name="kind">One of <see cref="HoleNetworks.Names"/>.</param>
    /// <param name="width">Of the small network.</param>
    /// <param name="cropSize">Pixels along a crop.</param>
    /// <param name="fieldUm">What a crop shows along a side, in µm.</param>
    public ClassifierModel(nn.Module<Tensor, Tensor> network, string kind, int width, int cropSize, double fieldUm, ICalibration calibration)
        => (Network, Kind, Width, CropSize, FieldUm, Calibration) = (network, kind, width, cropSize, fieldUm, calibration);

    /// <summary>Where the weights lie that came with the program.</summary>
    public static string ShippedFile { get; } = Path.Combine(ModelCard.ShippedFolder, "classifier.safetensors");

    private static readonly Lazy<ClassifierModel> LazyShipped = new(() => Read(ShippedFile, needsCard: true));

    public static bool IsShipped => File.Exists(ShippedFile);

    /// <summary>The weights that came with the program.</summary>
    /// <exception cref="ContractException">They cannot be used.</exception>
    public static ClassifierModel Shipped => LazyShipped.Value;

    public nn.Module<Tensor, Tensor> Network { get; }

    public string Kind { get; }

    public int Width { get; }

    /// <summary>Pixels along a crop.</summary>
    public int CropSize { get; }

    /// <summary>What a crop shows along a side, in µm.</summary>
    public double FieldUm { get; }

    public ICalibration Calibration { get; }

    /// <summary>The same network with another calibration.</summary>
    public ClassifierModel With(ICalibration calibration) => new(Network, Kind, Width, CropSize, FieldUm, calibration);

    /// <summary>Scores normalised pictures of this model's size.</summary>
    /// <exception cref="ArgumentException">They are of another size.</exception>
    public HoleScore[] Score(CropStack crops, ReadOnlySpan<int> pictures, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (crops.Size != CropSize)
            throw new ArgumentException($"the classifier is for crops of {CropSize} x {CropSize} px, these have {crops.Size} x {crops.Size}");
        float[] outputs = CropScorer.Outputs(Network, crops, pictures, progress, cancellationToken);
        var scores = new HoleScore[pictures.Length];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = new HoleScore(Calibration.Probability(CropScorer.LogOdds(outputs, i)), HoleOutput.ToA(outputs[i * HoleOutput.Count + HoleOutput.LogCtf]));
        return scores;
    }

    /// <param name="needsCard">The file must have a card beside it; where there is one it is checked.</param>
    /// <exception cref="ContractException">The file cannot be used; the message says why.</exception>
    public static ClassifierModel Read(string path, bool needsCard = false)
    {
        try
        {
            ModelCard.Check(path, needsCard);
            IReadOnlyDictionary<string, string> metadata = WeightsFile.ReadMetadata(path, MaxBytes);
            if (metadata.GetValueOrDefault(AgentKey) != Agent)
                throw new InvalidDataException($"it was not written by 'train classifier' (its '{AgentKey}' is '{metadata.GetValueOrDefault(AgentKey)}')");
            string kind = metadata.GetValueOrDefault(NetworkKey, "");
            int width = (int)Number(metadata, WidthKey, 1, 256), cropSize = (int)Number(metadata, CropKey, 16, 256);
            double fieldUm = Number(metadata, FieldKey, 0.01, 1000);
            using var generator = new Generator(0);
            nn.Module<Tensor, Tensor> network = HoleNetworks.Create(kind, width, generator);
            WeightsFile.Load(path, network, maxBytes: MaxBytes);
            foreach (KeyValuePair<string, Tensor> entry in network.state_dict().Where(entry => entry.Value.dtype == ScalarType.Float32))
            {
                using DisposeScope scope = NewDisposeScope();
                if (!entry.Value.detach().isfinite().all().item<bool>())
                    throw new InvalidDataException($"tensor '{entry.Key}' holds a value that is no number; train it again");
            }
            network.eval();
            return new ClassifierModel(network, kind, width, cropSize, fieldUm, Calibrations.Parse(metadata.GetValueOrDefault(CalibrationKey)));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"the model {path} cannot be used to score holes: {e.Message}", e);
        }
    }

    /// <summary>Writes the weights; an old file stays whole until the new one is complete.</summary>
    /// <param name="notes">More metadata: seed, data, score, epochs.</param>
    /// <returns>All metadata.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public IReadOnlyDictionary<string, string> Save(string path, IReadOnlyDictionary<string, string> notes)
    {
        var metadata = new Dictionary<string, string>(notes)
        {
            [AgentKey] = Agent,
            [NetworkKey] = Kind,
            [WidthKey] = Width.ToString(CultureInfo.InvariantCulture),
            [CropKey] = CropSize.ToString(CultureInfo.InvariantCulture),
            [FieldKey] = FieldUm.ToString("R", CultureInfo.InvariantCulture),
            [CalibrationKey] = Calibration.ToText(),
            [ModelCard.VersionKey] = typeof(ClassifierModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        };
        WeightsFile.Save(path, Network.state_dict(), metadata);
        return metadata;
    }

    private static double Number(IReadOnlyDictionary<string, string> metadata, string key, double least, double most)
        => double.TryParse(metadata.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"its '{key}' is '{metadata.GetValueOrDefault(key)}', not a number of {least} to {most}; train it again"));
}
