using Bridge.Agents.Classifier.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.Training;

/// <summary>Trains a network on labelled holes: cross entropy of the class and, beside it, squared error of the logarithm of the CTF value, which tells a near miss from a wreck.</summary>
public static class SupervisedTrainer
{
    /// <param name="network">(batch, 1, s, s) to <see cref="HoleOutput"/>; left in evaluation mode.</param>
    /// <param name="holes">Measured holes of the set, see <see cref="HoleSet.Labelled"/>.</param>
    /// <param name="watch">Told after each epoch: its number from 1 and its mean loss.</param>
    /// <exception cref="ArgumentException">Fewer holes than two.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the network is as far as it came.</exception>
    public static void Train(nn.Module<Tensor, Tensor> network, HoleSet set, IReadOnlyList<int> holes, TrainerSettings settings, Action<int, double>? watch = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (holes.Count < 2)
            throw new ArgumentException($"training needs at least two measured holes; got {holes.Count}", nameof(holes));
        var random = new Random(settings.Seed);
        manual_seed(settings.Seed); // of the dropout
        using optim.Optimizer optimiser = settings.Adam
            ? optim.AdamW(network.parameters(), settings.LearningRate, weight_decay: settings.WeightDecay)
            : optim.SGD(network.parameters(), settings.LearningRate, momentum: 0.9, weight_decay: settings.WeightDecay, nesterov: true);
        int[] order = [.. holes];
        int batch = Math.Clamp(settings.Batch, 2, order.Length), steps = order.Length / batch;
        var batches = new LabelledBatch(set, batch, settings.Augment);
        network.train();
        try
        {
            for (int epoch = 0, step = 0; epoch < settings.Epochs; epoch++)
            {
                random.Shuffle(order);
                double sum = 0;
                for (int i = 0; i < steps; i++, step++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    foreach (var group in optimiser.ParamGroups)
                        group.LearningRate = settings.LearningRate * CosineRate(step, steps * settings.Epochs);
                    sum += Step(network, optimiser, batches, order.AsSpan(i * batch, batch), settings.Regression, random);
                    progress?.Report((step + 1.0) / (steps * settings.Epochs));
                }
                watch?.Invoke(epoch + 1, sum / steps);
            }
        }
        finally
        {
            network.eval();
        }
    }

    /// <summary>1 at the first step, falling along a half cosine to 0 after the last.</summary>
    public static double CosineRate(int step, int steps) => 0.5 * (1 + Math.Cos(Math.PI * step / steps));

    private static double Step(nn.Module<Tensor, Tensor> network, optim.Optimizer optimiser, LabelledBatch batches, ReadOnlySpan<int> holes, double regression, Random random)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor crops, Tensor labels, Tensor values) = batches.Make(holes, random);
        Tensor output = network.call(crops);
        Tensor loss = nn.functional.cross_entropy(HoleOutput.Logits(output), labels);
        if (regression > 0)
            loss = loss + nn.functional.mse_loss(HoleOutput.Regression(output), values) * (float)regression;
        optimiser.zero_grad();
        loss.backward();
        optimiser.step();
        return loss.item<float>();
    }
}
