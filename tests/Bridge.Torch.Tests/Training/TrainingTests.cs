using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Training;

/// <summary>Networks that learn, the same to the last bit from the same seed.</summary>
[TestClass]
[DoNotParallelize]   // the number of threads and the seed are the process's
public sealed class TrainingTests
{
    [TestMethod]
    public void Convolutions_MadeTask_IsSolved()
    {
        manual_seed(1);
        using var network = Bars.Network();
        double before = Bars.Accuracy(network, 300, seed: 99);

        float loss = Bars.Train(network, steps: 80, batch: 32, seed: 2);

        Assert.IsLessThan(0.6, before, "it knows nothing at first");
        Assert.IsLessThan(0.2f, loss);
        Assert.IsGreaterThan(0.97, Bars.Accuracy(network, 300, seed: 99));
    }

    [TestMethod]
    public void Lstm_MadeTask_IsSolved()
    {
        manual_seed(1);
        using var network = new Recall();
        double before = network.Accuracy(300, seed: 99);

        network.Train(steps: 250, batch: 32, seed: 2);

        Assert.IsLessThan(0.6, before, "it knows nothing at first");
        Assert.IsGreaterThan(0.97, network.Accuracy(300, seed: 99));
    }

    [TestMethod]
    public void Training_SameSeed_GivesTheSameBits_Twice_AndWithOneOrTwoThreads()
    {
        byte[] once = ConvolutionBits(threads: 1, seed: 7), twice = ConvolutionBits(threads: 1, seed: 7), wide = ConvolutionBits(threads: 2, seed: 7);
        byte[] other = ConvolutionBits(threads: 1, seed: 8);

        CollectionAssert.AreEqual(once, twice, "twice");
        CollectionAssert.AreEqual(once, wide, "two threads");
        CollectionAssert.AreNotEqual(once, other, "another seed");
    }

    [TestMethod]
    public void Training_Lstm_SameSeed_GivesTheSameBits_Twice_AndWithOneOrTwoThreads()
    {
        byte[] once = LstmBits(threads: 1), twice = LstmBits(threads: 1), wide = LstmBits(threads: 2);

        CollectionAssert.AreEqual(once, twice, "twice");
        CollectionAssert.AreEqual(once, wide, "two threads");
    }

    [TestMethod]
    public void Training_InAScope_AllocatesNothingThatGrows()
    {
        manual_seed(1);
        using var network = Bars.Network();
        Bars.Train(network, steps: 5, batch: 32, seed: 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Bars.Train(network, steps: 10, batch: 32, seed: 1);
        long perStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 10;

        // The first layer's output alone takes 147 kB a step; the made images take 30 kB, and the optimiser's fresh state 15 kB once.
        Assert.IsLessThan(100_000, perStep, $"{perStep} bytes a step");
    }

    private static byte[] ConvolutionBits(int threads, int seed) => With(threads, seed, () =>
    {
        using var network = Bars.Network(channels: 32);
        Bars.Train(network, steps: 4, batch: 32, seed: 3);
        return Bits(network);
    });

    private static byte[] LstmBits(int threads) => With(threads, seed: 7, () =>
    {
        using var network = new Recall();
        network.Train(steps: 6, batch: 128, seed: 3);
        return Bits(network);
    });

    private static byte[] With(int threads, int seed, Func<byte[]> work)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            manual_seed(seed);
            return work();
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static byte[] Bits(nn.Module network)
        => [.. network.parameters().SelectMany(parameter => MemoryMarshal.AsBytes<float>(parameter.data<float>().ToArray()).ToArray())];
}
