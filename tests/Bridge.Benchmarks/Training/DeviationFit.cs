using System.Runtime.InteropServices;
using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Benchmarks.Training;

/// <summary>
/// A network that says what a deviation gains, added to <c>rate</c>'s own choice (a residual: its last layer begins at zero, so untrained it plays as <c>rate</c>). Each third of the
/// grids is predicted by a network that learned on the other two.
/// </summary>
internal static class DeviationFit
{
    private const int Hidden = 32, Batch = 128, Passes = 15, Folds = 3;
    private const double LearningRate = 0.001;

    /// <summary>Predicted gain of each deviation, by a network that never saw its grid.</summary>
    public static float[] HeldOut(IReadOnlyList<Deviation> all, int seed)
    {
        float[,] scale = Scale(all);
        float[] predicted = new float[all.Count];
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] test = [.. Enumerable.Range(0, all.Count).Where(i => all[i].Grid % Folds == fold)];
            using Sequential network = Learn([.. all.Where(deviation => deviation.Grid % Folds != fold)], scale, seed);
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGrad = no_grad();
            ReadOnlySpan<float> gains = MemoryMarshal.Cast<byte, float>(network.call(Inputs([.. test.Select(i => all[i])], scale)).bytes);
            for (int i = 0; i < test.Length; i++)
                predicted[test[i]] = gains[i];
        }
        return predicted;
    }

    private static Sequential Learn(Deviation[] data, float[,] scale, int seed)
    {
        Linear last = Linear(Hidden, 1);
        Sequential network = Sequential(Linear(DeviationView.Width, Hidden), ReLU(), Linear(Hidden, Hidden), ReLU(), last);
        var generator = new Generator((ulong)seed);
        foreach (Linear layer in network.modules().OfType<Linear>())
            FreshWeights.Draw(layer, generator);
        using (no_grad())
        {
            last.weight.fill_(0);
            last.bias!.fill_(0);
        }
        using Adam adam = optim.Adam(network.parameters(), LearningRate, 0.9, 0.999);
        var random = new Random(seed);
        int steps = Passes * data.Length / Batch;
        var batch = new Deviation[Batch];
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            foreach (optim.ILearningRateController group in adam.ParamGroups)
                group.LearningRate = LearningRate * (1 + Math.Cos(Math.PI * step / steps)) / 2;
            for (int i = 0; i < Batch; i++)
                batch[i] = data[random.Next(data.Length)];
            Tensor loss = (network.call(Inputs(batch, scale)).view(-1) - tensor(Array.ConvertAll(batch, deviation => deviation.Gain))).square().mean();
            adam.zero_grad();
            loss.backward();
            adam.step();
        }
        return network;
    }

    /// <summary>(rows, width), each column with mean 0 and deviation 1.</summary>
    private static Tensor Inputs(Deviation[] rows, float[,] scale)
    {
        float[] inputs = new float[rows.Length * DeviationView.Width];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = (rows[i / DeviationView.Width].Features[i % DeviationView.Width] - scale[0, i % DeviationView.Width]) / scale[1, i % DeviationView.Width];
        return tensor(inputs, rows.Length, DeviationView.Width);
    }

    /// <summary>Mean and deviation of each column: (2, width).</summary>
    private static float[,] Scale(IReadOnlyList<Deviation> all)
    {
        float[,] scale = new float[2, DeviationView.Width];
        for (int column = 0; column < DeviationView.Width; column++)
        {
            double mean = all.Average(deviation => deviation.Features[column]);
            scale[0, column] = (float)mean;
            scale[1, column] = (float)Math.Max(1e-3, Math.Sqrt(all.Average(deviation => Math.Pow(deviation.Features[column] - mean, 2))));
        }
        return scale;
    }
}
