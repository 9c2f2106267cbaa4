using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Torch.Tests.Training;

/// <summary>A made task for a convolutional network: is the bright line in a noisy 12 x 12 image level, upright or slanted?</summary>
internal static class Bars
{
    private const int Size = 12, Kinds = 3;

    public static (Tensor Images, Tensor Labels) Draw(int count, System.Random random)
    {
        float[] images = new float[count * Size * Size];
        long[] labels = new long[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = random.Next(Kinds);
            int start = random.Next(Size);
            for (int row = 0; row < Size; row++)
                for (int column = 0; column < Size; column++)
                {
                    bool bright = labels[n] switch { 0 => row == start, 1 => column == start, _ => (row + column) % Size == start };
                    images[(n * Size + row) * Size + column] = (bright ? 1 : 0) + 0.3f * (float)(random.NextDouble() - 0.5);
                }
        }
        return (tensor(images, [count, 1, Size, Size]), tensor(labels));
    }

    public static Sequential Network(int channels = 8) => Sequential(
        Conv2d(1, channels, 3, padding: 1), BatchNorm2d(channels), ReLU(), MaxPool2d(2),
        Conv2d(channels, 2 * channels, 3, padding: 1), BatchNorm2d(2 * channels), ReLU(), AdaptiveAvgPool2d(1), Flatten(), Linear(2 * channels, Kinds));

    /// <summary>Trains with Adam and gives the last loss.</summary>
    public static float Train(Sequential network, int steps, int batch, int seed)
    {
        var random = new System.Random(seed);
        using optim.Optimizer optimiser = optim.Adam(network.parameters(), 0.01);
        optim.lr_scheduler.LRScheduler schedule = optim.lr_scheduler.CosineAnnealingLR(optimiser, steps);
        float last = 0;
        network.train();
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            var (images, labels) = Draw(batch, random);
            Tensor loss = functional.cross_entropy(network.call(images), labels);
            optimiser.zero_grad();
            loss.backward();
            optimiser.step();
            schedule.step();
            last = loss.item<float>();
        }
        return last;
    }

    /// <summary>The share of fresh images that the network names rightly.</summary>
    public static double Accuracy(Sequential network, int count, int seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        network.eval();
        var (images, labels) = Draw(count, new System.Random(seed));
        return network.call(images).argmax(1).eq(labels).to(ScalarType.Float32).mean().item<float>();
    }
}
