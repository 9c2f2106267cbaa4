using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Contracts;
using static TorchSharp.torch;

namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>
/// Trains all that partial scans need. First a generator on a mixture of paths, the adaptive ones among them led by a simple error model; then an error model from this
/// generator's errors; then the generator on adaptive paths that the learned error model leads; and in the end the error model anew, for the finished generator.
/// </summary>
public sealed class ScanTraining
{
    private readonly IReadOnlyList<ScanImage> _images;
    private readonly int _size;

    /// <param name="images">Square, of one size that is a multiple of 8.</param>
    /// <exception cref="ContractException">They are not.</exception>
    public ScanTraining(IReadOnlyList<ScanImage> images)
    {
        if (images.Count == 0)
            throw new ContractException(FaultCode.BadField, "there is no image to train on");
        (_images, _size) = (images, images[0].Width);
        if (images.FirstOrDefault(image => image.Width != _size || image.Height != _size || image.Width % 8 != 0) is { } odd)
            throw new ContractException(FaultCode.BadField, $"images to train on are square, of one size that is a multiple of 8; one is {odd.Width} x {odd.Height}, the first {_size} px wide: crop them");
        // Small images have shorter segments: at most a third of a side.
        Geometry = ScanGeometry.For(_size, _size, DefaultCoverage, Math.Min(DefaultPositions, (int)(_size / (3 * ScanGeometry.Pitch))));
    }

    /// <summary>Positions as a fraction of the pixels (Ede 2021).</summary>
    public const double DefaultCoverage = 1 / 23.04;

    /// <summary>Scans to learn on: for the generator, and for the error model.</summary>
    public const int DefaultHistories = 3000, DefaultErrorScans = 400;

    /// <summary>Positions of a segment (Ede 2021).</summary>
    public const int DefaultPositions = 20;

    public ScanGeometry Geometry { get; init; }

    public GeneratorSettings Generator { get; init; } = new();

    public PathMixture Mixture { get; init; } = PathMixture.Common;

    /// <summary>Scans that the generator learns on; made anew once the error model is learned.</summary>
    public int Histories { get; init; } = DefaultHistories;

    /// <summary>Scans that the error model learns on.</summary>
    public int ErrorScans { get; init; } = DefaultErrorScans;

    public int ErrorSteps { get; init; } = 800;

    public int Seed { get; init; }

    /// <summary>Told the generator's step and loss now and then.</summary>
    public Action<int, double>? Watch { get; init; }

    /// <summary>Learns generator and error model.</summary>
    public ScanModel Run(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var random = new Random(Seed);
        using var draws = new Generator((ulong)Seed);
        using var learner = new GeneratorLearner(Generator, _size, Seed);
        int first = Generator.Steps / 3;
        Learn(learner, Scans(new LocalVariance(), random, cancellationToken), first, random, progress, cancellationToken);
        LearnedErrors errors = LearnErrors(new ErrorNetwork(draws), new ScanCompletion(learner.Generator), new LocalVariance(), random, cancellationToken);
        Learn(learner, Scans(errors, random, cancellationToken), Generator.Steps - first, random, progress, cancellationToken);
        var network = new ErrorNetwork(draws);
        LearnErrors(network, new ScanCompletion(learner.Generator), errors, random, cancellationToken);
        return new ScanModel(learner.Generator, network);
    }

    /// <summary>Learns a generator alone, for paths that are as they are.</summary>
    /// <param name="errors">Leads adaptive paths.</param>
    public GeneratorNetwork RunGenerator(IErrorModel errors, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var random = new Random(Seed);
        using var learner = new GeneratorLearner(Generator, _size, Seed);
        Learn(learner, Scans(errors, random, cancellationToken), Generator.Steps, random, progress, cancellationToken);
        return learner.Generator;
    }

    private ScanHistory[] Scans(IErrorModel errors, Random random, CancellationToken cancellationToken)
    {
        var histories = new ScanHistory[Histories];
        for (int i = 0; i < histories.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            histories[i] = Mixture.Scan(_images[random.Next(_images.Count)], Geometry, errors, random);
        }
        return histories;
    }

    private void Learn(GeneratorLearner learner, ScanHistory[] histories, int steps, Random random, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            learner.Step(() => histories[random.Next(histories.Length)], random);
            sum += learner.Loss;
            progress?.Report((double)learner.Steps / Generator.Steps);
            if (learner.Steps % 100 == 0)
            {
                Watch?.Invoke(learner.Steps, sum / Math.Min(100, step + 1));
                sum = 0;
            }
        }
    }

    private LearnedErrors LearnErrors(ErrorNetwork network, ScanCompletion completion, IErrorModel leading, Random random, CancellationToken cancellationToken)
    {
        var learner = new ErrorLearner(random.Next());
        string[] paths = [ScanPolicies.Adaptive, ScanPolicies.Adaptive, ScanPolicies.Spiral, ScanPolicies.RandomWalk, ScanPolicies.RandomWalk];
        for (int i = 0; i < ErrorScans; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ScanImage image = _images[random.Next(_images.Count)];
            learner.Add(image, ScanEpisode.Run(ScanPolicies.Create(paths[i % paths.Length], Geometry, random.Next(), leading), Geometry, image), completion);
        }
        learner.Learn(network, ErrorSteps, cancellationToken);
        return new LearnedErrors(network);
    }
}
