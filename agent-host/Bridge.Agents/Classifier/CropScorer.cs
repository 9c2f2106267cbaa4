using Bridge.Agents.Classifier.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier;

/// <summary>Asks a network of crops, a batch at a time.</summary>
public static class CropScorer
{
    /// <summary>Crops a batch: enough to fill the processor, few enough for its memory.</summary>
    public const int Batch = 64;

    /// <summary>The network's raw output for holes of a set, see <see cref="Outputs(nn.Module{Tensor, Tensor}, CropStack, ReadOnlySpan{int}, IProgress{double}?, CancellationToken)"/>.</summary>
    public static float[] Outputs(nn.Module<Tensor, Tensor> network, HoleSet set, ReadOnlySpan<int> holes, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
        => Outputs(network, set.Pictures, holes, progress, cancellationToken);

    /// <summary>The network's raw output for these pictures, (pictures, <see cref="HoleOutput.Count"/>) row by row, in evaluation mode.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static float[] Outputs(nn.Module<Tensor, Tensor> network, CropStack crops, ReadOnlySpan<int> pictures, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        float[] outputs = new float[pictures.Length * HoleOutput.Count];
        bool training = network.training;
        network.eval();
        using IDisposable noGrad = no_grad();
        try
        {
            for (int from = 0; from < pictures.Length; from += Batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<int> some = pictures.Slice(from, Math.Min(Batch, pictures.Length - from));
                using DisposeScope scope = NewDisposeScope();
                network.call(crops.Batch(some)).data<float>().CopyTo(outputs.AsSpan(from * HoleOutput.Count, some.Length * HoleOutput.Count));
                progress?.Report((double)(from + some.Length) / pictures.Length);
            }
            return outputs;
        }
        finally
        {
            network.train(training);
        }
    }

    /// <summary>P(good) of each hole from the two logits, not calibrated.</summary>
    public static double[] Probabilities(ReadOnlySpan<float> outputs)
    {
        double[] probabilities = new double[outputs.Length / HoleOutput.Count];
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] = 1 / (1 + Math.Exp(-LogOdds(outputs, i)));
        return probabilities;
    }

    /// <summary>Logit of good less logit of bad.</summary>
    public static double LogOdds(ReadOnlySpan<float> outputs, int row)
        => (double)outputs[row * HoleOutput.Count + HoleOutput.GoodLogit] - outputs[row * HoleOutput.Count + HoleOutput.BadLogit];
}
