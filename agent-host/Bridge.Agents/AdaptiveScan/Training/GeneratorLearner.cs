using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Images;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>Trains a generator on finished scans, each flipped and turned at random: the mean square error of the completion, in units of the target's range -1 to 1
/// (Ede 2021, eq. 12), and for the uncertainty the gamma likelihood of the cell's squared error, of which the image learns nothing.</summary>
public sealed class GeneratorLearner : IDisposable
{
    private readonly GeneratorSettings _settings;
    private readonly Adam _optimiser;
    private readonly ScanInput _input;
    private readonly int _size;
    private readonly float[] _inputs, _targets, _weights, _losses;

    /// <param name="size">Pixels along the square images; a multiple of 8.</param>
    public GeneratorLearner(GeneratorSettings settings, int size, int seed)
    {
        (_settings, _size, _input) = (settings, size, new ScanInput(size, size));
        if (_input.Width != size)
            throw new ArgumentException($"training images have a multiple of {2 * ScanInput.Cell} px along their sides, not {size}");
        using var generator = new Generator((ulong)seed);
        Generator = new GeneratorNetwork(settings.Width, generator);
        _optimiser = optim.Adam(Generator.parameters(), settings.LearningRate);
        _inputs = new float[settings.Batch * _input.Length];
        _targets = new float[settings.Batch * size * size];
        (_weights, _losses) = (new float[settings.Batch], new float[settings.Batch]);
    }

    public GeneratorNetwork Generator { get; }

    /// <summary>Steps done.</summary>
    public int Steps { get; private set; }

    /// <summary>Mean square error of the last step's batch, before the step.</summary>
    public double Loss { get; private set; }

    /// <summary>(batch): the same for each scan.</summary>
    public ReadOnlySpan<float> Losses => _losses;

    /// <summary>One step of gradient descent on a batch of scans.</summary>
    public void Step(Func<ScanHistory> next, Random random)
    {
        for (int i = 0; i < _settings.Batch; i++)
            Put(i, next(), new Symmetry(random.Next(Symmetry.Count)));
        foreach (var group in _optimiser.ParamGroups)
            group.LearningRate = Rate(Steps);
        using DisposeScope scope = NewDisposeScope();
        Tensor inputs = tensor(_inputs, [_settings.Batch, ScanInput.Channels, _input.CellRows, _input.CellColumns]);
        Tensor targets = tensor(_targets, [_settings.Batch, ScanInput.CellPixels, _input.CellRows, _input.CellColumns]);
        Tensor weights = tensor(_weights, [_settings.Batch, 1, 1, 1]);
        Tensor outputs = Generator.call(inputs);
        Tensor error = inputs.narrow(1, 0, ScanInput.CellPixels) + outputs.narrow(1, 0, ScanInput.CellPixels) - targets;
        Tensor squared = error * error;
        Tensor ofScans = (squared * weights).mean([1, 2, 3]), loss = ofScans.mean();
        Tensor logarithm = outputs.narrow(1, ScanInput.CellPixels, 1).clamp(-12, 12);
        Tensor likelihood = (logarithm + (squared.detach().mean([1], keepdim: true) + 1e-4f) * exp(-logarithm)).mean();
        _optimiser.zero_grad();
        (loss + 0.01f * likelihood).backward();
        nn.utils.clip_grad_norm_(Generator.parameters(), _settings.MostGradient);
        _optimiser.step();
        Loss = loss.item<float>();
        ofScans.detach().data<float>().CopyTo(_losses);
        Steps++;
    }

    public void Dispose() => _optimiser.Dispose();

    private double Rate(int step)
    {
        double done = (double)step / _settings.Steps, warm = Math.Max(1, 0.03 * _settings.Steps);
        if (_settings.Schedule == LearningRateSchedule.Cyclic)
        {
            double cycle = done * 9 / 2 % 1; // down and up again
            return _settings.LearningRate * Math.Pow(0.75, 5 * done) * (0.2 + 0.8 * Math.Abs(2 * cycle - 1));
        }
        return _settings.LearningRate * (step < warm ? (step + 1) / warm : 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (step - warm) / Math.Max(1, _settings.Steps - warm)))));
    }

    /// <summary>Writes a scan into the batch, turned. The network works in units of the reads' deviation, so the target is brought there and the loss back.</summary>
    private void Put(int row, ScanHistory history, Symmetry symmetry)
    {
        (double mean, double deviation) = history.Reads.Moments();
        ScanImage image = history.Image;
        deviation = Math.Max(deviation, 0.02 * image.HalfRange);
        int[] pixels = new int[history.Reads.Pixels.Length];
        float[] values = new float[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = symmetry.Map(history.Reads.Pixels[i], _size);
            values[i] = (float)((history.Reads.Values[i] - mean) / deviation);
        }
        _input.Fill(pixels, values, history.Reads.Run, _inputs.AsSpan(row * _input.Length, _input.Length));
        float scale = (float)(image.HalfRange / deviation), shift = (float)((image.Offset - mean) / deviation);
        int cells = _input.CellColumns * _input.CellRows;
        Span<float> target = _targets.AsSpan(row * _size * _size, _size * _size);
        for (int pixel = 0; pixel < image.Target.Length; pixel++)
        {
            int to = symmetry.Map(pixel, _size), x = to % _size, y = to / _size;
            target[(y % ScanInput.Cell * ScanInput.Cell + x % ScanInput.Cell) * cells + y / ScanInput.Cell * _input.CellColumns + x / ScanInput.Cell] = image.Target[pixel] * scale + shift;
        }
        _weights[row] = 1 / (scale * scale);
    }
}
