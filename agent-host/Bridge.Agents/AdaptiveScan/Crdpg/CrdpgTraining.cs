using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Evaluation;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>Cooperative recurrent deterministic policy gradients: Algorithm 1 of Ede 2021, line by line. What differs from the paper: README.md of this folder.</summary>
public sealed class CrdpgTraining : IDisposable
{
    private readonly CrdpgSettings _settings;
    private readonly IReadOnlyList<ScanImage> _images;
    private readonly ScanGeometry _geometry;
    private readonly CrdpgAgent _agent;                                    // mu, Q, mu', Q'
    private readonly GeneratorLearner _generator;                          // G
    private readonly List<ScanRecord> _replay = [];                        // R
    private readonly RunningLoss _running;                                 // L_avg
    private readonly Random _random;
    private readonly int _batch, _view;
    private int _stored;

    /// <param name="images">Square, of one size that is a multiple of 8.</param>
    /// <param name="generator">Its steps are the iterations, its batch that of all updates.</param>
    public CrdpgTraining(IReadOnlyList<ScanImage> images, ScanGeometry geometry, CrdpgSettings settings, GeneratorSettings generator, int seed)
    {
        (_settings, _images, _geometry, _batch, _view) = (settings, images, geometry, generator.Batch, ScanView.Width(geometry));
        _agent = new CrdpgAgent(settings, _view, seed);
        _generator = new GeneratorLearner(generator with { Steps = settings.Iterations, Schedule = LearningRateSchedule.Cyclic, LearningRate = 0.003 }, geometry.Width, seed);
        _running = new RunningLoss(settings);
        _random = new Random(seed);
    }

    /// <summary>The generator that learns along.</summary>
    public GeneratorNetwork Generator => _generator.Generator;

    /// <summary>Learns.</summary>
    /// <returns>Mean generator loss of each tenth of the iterations.</returns>
    public IReadOnlyList<double> Run(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var curve = new List<double>();
        double sum = 0;
        int tenth = Math.Max(1, _settings.Iterations / 10);
        while (_replay.Count < _settings.Warmup)
            Store(Explore(1));
        for (int m = 0; m < _settings.Iterations; m++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Store(Explore(1 - (double)m / _settings.Iterations));
            var minibatch = new ScanRecord[_batch];
            for (int i = 0; i < _batch; i++)
                minibatch[i] = _replay[_random.Next(_replay.Count)];
            int next = 0;
            _generator.Step(() => minibatch[next++].History, _random);     // L_G, eq. 8
            Update(minibatch, _generator.Losses);                          // eq. 4 to 7, 9, 10
            _running.Update(_generator.Losses);                            // eq. 11
            sum += _generator.Loss;
            progress?.Report((m + 1.0) / _settings.Iterations);
            if ((m + 1) % tenth == 0)
            {
                curve.Add(sum / tenth);
                sum = 0;
            }
        }
        return curve;
    }

    /// <summary>Completes test images along the actor's paths, without noise.</summary>
    /// <returns>Mean square error of each image.</returns>
    public IReadOnlyList<double> Evaluate(IReadOnlyList<ScanImage> images)
    {
        var completion = new ScanCompletion(_generator.Generator);
        return [.. images.Select(image =>
        {
            CompletedScan completed = completion.Complete(Scan(image, null).History.Reads);
            return ImageQuality.Of([.. completed.Image.Select(value => (value - image.Offset) / image.HalfRange)], image.Target, image.Width, image.Height).Mse;
        })];
    }

    public void Dispose()
    {
        _agent.Dispose();
        _generator.Dispose();
    }

    /// <summary>One scan of any image with noise.</summary>
    /// <param name="noise">1 at the beginning, 0 at the end.</param>
    private ScanRecord Explore(double noise)
        => Scan(_images[_random.Next(_images.Count)], new OrnsteinUhlenbeck(_settings.NoiseTheta, noise * _settings.NoiseSigma, _random));

    /// <summary>For step t = 1, T: observe o_t, append to h_t, select a_t = mu(h_t), rotated by the noise (eq. 2).</summary>
    private ScanRecord Scan(ScanImage image, OrnsteinUhlenbeck? noise)
    {
        using DisposeScope scope = NewDisposeScope();
        int segments = _geometry.Segments;
        float[] steps = new float[segments * _view], actions = new float[2 * segments], overEdge = new float[segments];
        var scan = new PartialScan(_geometry);
        double[] values = new double[_geometry.Positions];
        float[] view = new float[_view];
        Tensor[] state = _agent.Start();
        double x = (_geometry.Width - 1) / 2.0, y = (_geometry.Height - 1) / 2.0;
        double direction = Math.PI / 4 + Math.PI / 2 * _random.Next(4); // a_0: towards a corner
        for (int t = 0; t < segments; t++)
        {
            var segment = new ScanSegment(x, y, direction);
            ScanEpisode.Read(image, _geometry, segment, values);
            scan.Add(segment, values);
            (actions[2 * t], actions[2 * t + 1]) = ((float)Math.Cos(direction), (float)Math.Sin(direction));
            overEdge[t] = OverEdge.Has(_geometry, segment) ? (float)_settings.OverEdgePenalty : 0;
            ScanView.Write(_geometry, image, segment, values, view);
            view.CopyTo(steps, t * _view);
            if (t == segments - 1)
                break;
            (x, y) = (x + _geometry.SegmentLength * Math.Cos(direction), y + _geometry.SegmentLength * Math.Sin(direction));
            direction = Math.IEEERemainder(_agent.Act(view, ref state) + (noise?.Next() ?? 0), 2 * Math.PI);
        }
        return new ScanRecord(new ScanHistory(image, ScanReads.Of(scan)), steps, actions, overEdge);
    }

    private void Store(ScanRecord record)
    {
        if (_replay.Count < _settings.Replay)
            _replay.Add(record);
        else
            _replay[_stored % _settings.Replay] = record;
        _stored++;
    }

    /// <summary>L_t = E_t + [t = T] clip(L_G) / L_avg, then the updates of actor and critic.</summary>
    private void Update(ScanRecord[] minibatch, ReadOnlySpan<float> generatorLosses)
    {
        int segments = _geometry.Segments;
        float[] steps = new float[_batch * segments * _view], actions = new float[_batch * segments * 2], losses = new float[_batch * (segments - 1)];
        for (int i = 0; i < _batch; i++)
        {
            minibatch[i].Steps.CopyTo(steps, i * segments * _view);
            minibatch[i].Actions.CopyTo(actions, i * segments * 2);
            minibatch[i].OverEdge.AsSpan(1).CopyTo(losses.AsSpan(i * (segments - 1)));
            losses[(i + 1) * (segments - 1) - 1] += _running.Scale(generatorLosses[i]);
        }
        _agent.Update(steps, actions, losses, _batch);
    }
}
