using BenchmarkDotNet.Attributes;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Training;
using TorchSharp;

namespace Bridge.Benchmarks.Micro;

/// <summary>Partial scans of 96 x 96 px, 20 segments of 20 positions: a whole adaptive scan (20 decisions, 10 of them planned), its completion, a training step of the generator.
/// One thread.</summary>
[MemoryDiagnoser]
public class ScanBenchmark
{
    private static readonly ScanGeometry Geometry = ScanGeometry.For(96, 96, ScanTraining.DefaultCoverage, ScanTraining.DefaultPositions);

    private readonly ScanImage _image = ScanImages.Simulate(1, seed: 1)[0];
    private readonly Random _random = new(1);
    private LearnedErrors _errors = null!;
    private ScanCompletion _completion = null!;
    private GeneratorLearner _learner = null!;
    private PartialScan _scan = null!;
    private ScanHistory _history = null!;

    [GlobalSetup]
    public void Make()
    {
        torch.set_num_threads(1);
        using var generator = new torch.Generator(1);
        _errors = new LearnedErrors(new ErrorNetwork(generator));
        _completion = new ScanCompletion(new GeneratorNetwork(new GeneratorSettings().Width, generator));
        _learner = new GeneratorLearner(new GeneratorSettings(), 96, seed: 1);
        _scan = ScanEpisode.Run(new AdaptivePath(Geometry, 1, _errors), Geometry, _image);
        _history = new ScanHistory(_image, ScanReads.Of(_scan));
    }

    /// <summary>What a scan takes before its first segment, the wide spiral most of it.</summary>
    [Benchmark]
    public AdaptivePath Begin() => new(Geometry, 1, _errors);

    /// <summary>Less <see cref="Begin"/>, divided by 10: a planned decision.</summary>
    [Benchmark]
    public PartialScan AdaptiveScan() => ScanEpisode.Run(new AdaptivePath(Geometry, 1, _errors), Geometry, _image);

    [Benchmark]
    public PartialScan SpiralScan() => ScanEpisode.Run(new SpiralPath(Geometry, 1), Geometry, _image);

    [Benchmark]
    public CompletedScan Completion() => _completion.Complete(_scan);

    /// <summary>Eight scans.</summary>
    [Benchmark]
    public void TrainingStep() => _learner.Step(() => _history, _random);
}
