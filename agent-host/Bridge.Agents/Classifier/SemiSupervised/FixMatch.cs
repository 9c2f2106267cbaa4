using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Classifier.SemiSupervised.Augmentation;
using Bridge.Agents.Classifier.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>
/// FixMatch (Sohn et al. 2020): the network learns from labels, and to say of a strongly augmented crop what it is sure of for the weakly augmented one. The one training
/// loop of all methods: without unlabelled holes it is supervised learning, and with a pool that also has pseudo-labels it is SSL²-RL's fine-tuning, l_sup + λ l_U.
/// </summary>
/// <param name="Holes">The crops.</param>
/// <param name="Settings">How it learns.</param>
public sealed record FixMatch(HoleSet Holes, FixMatchSettings Settings)
{
    /// <summary>Share of the steps from fresh weights that learn from labels alone: until then the running statistics, with which the network says what it is sure of, are not those of the data.</summary>
    private const double WarmUp = 0.1;

    /// <summary>A network with fresh weights.</summary>
    public SmallResNet NewNetwork(int seed)
    {
        using var generator = new Generator((ulong)seed);
        return new SmallResNet(generator, Settings.Width, Settings.Dropout);
    }

    /// <summary>Trains from fresh weights.</summary>
    /// <inheritdoc cref="Learn"/>
    public void Train(nn.Module<Tensor, Tensor> network, LabelledPool labelled, IReadOnlyList<int> unlabelled, int seed, Action<FixMatchStep>? watch = null, CancellationToken cancellationToken = default)
        => Learn(network, labelled, unlabelled, Settings.Steps, (int)(WarmUp * Settings.Steps), Settings.LearningRate, seed, watch, cancellationToken);

    /// <summary>Goes on from weights that were trained (SSL²-RL: a tenth of the learning rate, a fifth of the epochs).</summary>
    /// <inheritdoc cref="Learn"/>
    public void FineTune(nn.Module<Tensor, Tensor> network, LabelledPool labelled, IReadOnlyList<int> unlabelled, int seed, Action<FixMatchStep>? watch = null, CancellationToken cancellationToken = default)
        => Learn(network, labelled, unlabelled, Settings.FineTuningSteps, 0, Settings.FineTuningLearningRate, seed, watch, cancellationToken);

    /// <summary>Learns; the network is left in evaluation mode, also where it was stopped.</summary>
    /// <param name="network">(batch, 1, s, s) to <see cref="HoleOutput"/>.</param>
    /// <param name="labelled">What has a label.</param>
    /// <param name="unlabelled">Holes whose crops are learned from without one; none: no unsupervised loss.</param>
    /// <param name="warmUp">Steps of labels alone, at the beginning.</param>
    /// <param name="seed">Of the batches, the augmentation and the dropout.</param>
    /// <param name="watch">Told every step.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    private void Learn(nn.Module<Tensor, Tensor> network, LabelledPool labelled, IReadOnlyList<int> unlabelled, int steps, int warmUp, double learningRate, int seed, Action<FixMatchStep>? watch, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        manual_seed(seed); // of the dropout
        using var optimiser = optim.SGD(network.parameters(), learningRate, momentum: 0.9, weight_decay: Settings.WeightDecay, nesterov: true);
        var batch = new FixMatchBatch(Holes, Settings, unlabelled.Count == 0 ? 0 : Settings.Batch * Settings.UnlabelledRatio);
        try
        {
            for (int step = 0; step < steps; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var group in optimiser.ParamGroups)
                    group.LearningRate = learningRate * SupervisedTrainer.CosineRate(step, steps);
                using DisposeScope scope = NewDisposeScope();
                batch.Draw(labelled, unlabelled, random);
                (long[] rows, long[] classes) = batch.Unlabelled == 0 || step < warmUp ? ([], []) : Confident(network, batch);
                network.train();
                Tensor loss = FixMatchLoss.Of(HoleOutput.Logits(network.call(batch.Learned(rows, random))), batch.Classes(classes), Settings.Batch, batch.Unlabelled, Settings.UnlabelledWeight);
                optimiser.zero_grad();
                loss.backward();
                optimiser.step();
                watch?.Invoke(new FixMatchStep(step + 1, steps, loss.item<float>(), Array.ConvertAll(rows, batch.UnlabelledHole), Array.ConvertAll(classes, label => label == 1)));
            }
        }
        finally
        {
            network.eval();
        }
    }

    /// <summary>The weakly augmented crops that the network is sure of as it is used: with the running statistics and without dropout.</summary>
    private (long[] Rows, long[] Classes) Confident(nn.Module<Tensor, Tensor> network, FixMatchBatch batch)
    {
        using IDisposable noGrad = no_grad();
        network.eval();
        return FixMatchLoss.Confident(HoleOutput.Logits(network.call(batch.Weak())), Settings.CutOff);
    }
}
