using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Images;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>
/// Trains the error model by regression: scans are completed, and for a moment in the middle of each the squared errors that its cells will have at the end are to be
/// told from what was read until then and from each cell's distance from the finished path. The loss is Poisson's deviance in units of the target, whose best answer is the
/// mean, and in which an error counts as it does in the mean square error of the whole.
/// </summary>
public sealed class ErrorLearner(int seed)
{
    private const int MomentsPerScan = 3, Batch = 24;
    private const float Least = 1e-4f;

    private readonly List<(float[] Features, float[] Distance, float[] Error, float Weight)> _moments = [];
    private readonly Random _random = new(seed);

    /// <summary>Moments collected.</summary>
    public int Count => _moments.Count;

    /// <summary>Takes a finished scan.</summary>
    public void Add(ScanImage image, PartialScan scan, ScanCompletion completion)
    {
        CompletedScan completed = completion.Complete(scan);
        ScanGeometry geometry = scan.Geometry;
        var end = new CellField(geometry);
        foreach (ScanSegment segment in scan.Segments)
            end.Pass(segment);
        double[] errors = Errors(image, completed.Image, end);
        for (int moment = 0; moment < MomentsPerScan; moment++)
        {
            int until = 2 + _random.Next(scan.Segments.Count - 2);
            var field = new CellField(geometry);
            for (int s = 0; s < until; s++)
                field.Read(scan.Segments[s], scan.ValuesOf(s));
            double unit = Math.Max(field.Deviation, 0.01 * image.HalfRange);
            float[] features = new float[CellField.Features * field.Length], rows = new float[field.Count * CellField.Features], error = new float[field.Count];
            field.WriteFeatures(features);
            for (int cell = 0; cell < field.Count; cell++)
            {
                for (int f = 0; f < CellField.Features; f++)
                    rows[cell * CellField.Features + f] = features[f * field.Length + cell];
                error[cell] = (float)(errors[cell] / (unit * unit)) + Least;
            }
            _moments.Add((rows, end.NearestSquared[..field.Count], error, (float)(unit * unit / (image.HalfRange * image.HalfRange))));
        }
    }

    /// <summary>Learns from all that was taken.</summary>
    /// <returns>Mean loss of the last tenth of the steps.</returns>
    public double Learn(ErrorNetwork network, int steps, CancellationToken cancellationToken = default)
    {
        using Adam optimiser = optim.Adam(network.parameters(), 3e-3);
        double sum = 0;
        int last = Math.Max(1, steps / 10);
        for (int step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var group in optimiser.ParamGroups)
                group.LearningRate = 3e-3 * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
            using DisposeScope scope = NewDisposeScope();
            int cells = _moments[0].Error.Length;
            float[] features = new float[Batch * cells * CellField.Features], distance = new float[Batch * cells], error = new float[Batch * cells], weight = new float[Batch * cells];
            for (int i = 0; i < Batch; i++)
            {
                (float[] fromFeatures, float[] fromDistance, float[] fromError, float ofImage) = _moments[_random.Next(_moments.Count)];
                fromFeatures.CopyTo(features, i * fromFeatures.Length);
                fromDistance.CopyTo(distance, i * cells);
                fromError.CopyTo(error, i * cells);
                weight.AsSpan(i * cells, cells).Fill(ofImage);
            }
            Tensor expected = ErrorNetwork.Expected(network.call(tensor(features, [Batch * cells, CellField.Features])), tensor(distance)) + Least;
            Tensor loss = (tensor(weight) * (expected - tensor(error) * log(expected))).mean();
            optimiser.zero_grad();
            loss.backward();
            nn.utils.clip_grad_norm_(network.parameters(), 1);
            optimiser.step();
            if (step >= steps - last)
                sum += loss.item<float>();
        }
        return sum / last;
    }

    /// <summary>Mean squared error of each cell, in the detector's unit, squared.</summary>
    private static double[] Errors(ScanImage image, float[] completed, CellField field)
    {
        double[] errors = new double[field.Count];
        int[] pixels = new int[field.Count];
        for (int i = 0; i < completed.Length; i++)
        {
            int cell = i / image.Width * field.Rows / image.Height * field.Columns + i % image.Width * field.Columns / image.Width;
            double error = completed[i] - (image.Target[i] * image.HalfRange + image.Offset);
            errors[cell] += error * error;
            pixels[cell]++;
        }
        for (int cell = 0; cell < errors.Length; cell++)
            errors[cell] /= Math.Max(1, pixels[cell]);
        return errors;
    }
}
