using Bridge.Torch.Kernels;

namespace Bridge.Torch.Tests.Kernels;

[TestClass]
public sealed class WorkersTests
{
    private static int[] s_visits = [];
    private static int s_inner;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    public void For_AnyNumberOfThreads_EveryBlockOnce(int threads)
    {
        s_visits = new int[1_000];

        for (int round = 0; round < 50; round++)
            ThreadCount.Run(threads, () =>
            {
                Workers.For(s_visits.Length, new Visit(), long.MaxValue);
                return 0;
            });

        Assert.IsTrue(s_visits.All(visits => visits == 50));
    }

    [TestMethod]
    public void For_InsideALoop_RunsThere()
    {
        s_inner = 0;

        ThreadCount.Run(3, () =>
        {
            Workers.For(20, new Nested(), long.MaxValue);
            return 0;
        });

        Assert.AreEqual(200, s_inner);
    }

    [TestMethod]
    public void For_FromSeveralThreads_EachGetsItsBlocks()
    {
        s_inner = 0;
        var callers = new Thread[4];
        for (int i = 0; i < callers.Length; i++)
        {
            callers[i] = new Thread(() =>
            {
                for (int round = 0; round < 100; round++)
                    Workers.For(10, new Count(), long.MaxValue);
            });
            callers[i].Start();
        }

        foreach (Thread caller in callers)
            Assert.IsTrue(caller.Join(TimeSpan.FromSeconds(60)));

        Assert.AreEqual(4_000, s_inner);
    }

    [TestMethod]
    public void For_ABlockFails_ThrowsThatAndWorksAgain()
    {
        ThreadCount.Run(2, () =>
        {
            var e = Assert.ThrowsExactly<InvalidOperationException>(() => Workers.For(100, new Failing(), long.MaxValue));
            Assert.AreEqual("block 37", e.Message);
            s_inner = 0;

            Workers.For(10, new Count(), long.MaxValue);

            return 0;
        });
        Assert.AreEqual(10, s_inner);
    }

    [TestMethod]
    public void Threads_Zero_IsRefused() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Workers.Threads = 0);

    private struct Visit : IBlockWork
    {
        public readonly void Run(int block) => Interlocked.Increment(ref s_visits[block]);
    }

    private struct Nested : IBlockWork
    {
        public readonly void Run(int block) => Workers.For(10, new Count(), long.MaxValue);
    }

    private struct Count : IBlockWork
    {
        public readonly void Run(int block) => Interlocked.Increment(ref s_inner);
    }

    private struct Failing : IBlockWork
    {
        public readonly void Run(int block)
        {
            if (block == 37)
                throw new InvalidOperationException("block 37");
        }
    }
}
