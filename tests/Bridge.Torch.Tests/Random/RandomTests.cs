using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Random;

[TestClass]
public sealed class RandomTests
{
    private static readonly Generator s_generator = new(7);

    [TestMethod]
    public void ManualSeed_TheSame_GivesTheSameNumbers()
    {
        var a = new Generator(42);
        var b = new Generator(0).manual_seed(42);

        Tensor first = randn([100], generator: a);
        Tensor state = a.get_state();
        Tensor second = rand([10], generator: a);
        a.set_state(state);

        Assert.IsTrue(first.Equals(randn([100], generator: b)));
        Assert.IsTrue(second.Equals(rand([10], generator: a)));
        Assert.IsFalse(second.Equals(rand([10], generator: a)));
        Assert.IsFalse(first.Equals(randn([100], generator: new Generator(43))));
        Assert.AreEqual(42, b.initial_seed());
    }

    [TestMethod]
    public void Xoshiro_SeedZero_GivesTheNumbersOfItsAuthors()
    {
        // splitmix64 from 0 gives the state; the first output of xoshiro256++ is rotl(s0 + s3, 23) + s0.
        var source = new Bridge.Torch.Random.Xoshiro(0);
        const ulong s0 = 0xE220A8397B1DCDAF, s3 = 0xF88BB8A8724C81EC;

        Assert.AreEqual(System.Numerics.BitOperations.RotateLeft(unchecked(s0 + s3), 23) + s0, source.Next());
    }

    [TestMethod]
    public void Uniform_AndNormal_HaveTheirMoments()
    {
        const int N = 100_000;
        Tensor u = rand([N], generator: s_generator), z = normal(3, 2, [N], generator: s_generator);

        Assert.IsTrue(u.min().ToSingle() >= 0 && u.max().ToSingle() < 1);
        Assert.AreEqual(0.5, u.mean().ToSingle(), 0.01);
        Assert.AreEqual(1 / 12.0, u.var().ToSingle(), 0.002);
        Assert.AreEqual(3, z.mean().ToSingle(), 0.05);
        Assert.AreEqual(2, z.std().ToSingle(), 0.05);
        Assert.AreEqual(0.6827, ((z - 3).abs() < 2).to_type(float32).mean().ToSingle(), 0.01);
    }

    [TestMethod]
    public void Whole_FromLowToHigh_AllComeUp()
    {
        Tensor x = randint(-2, 3, 5000, generator: s_generator);

        for (long value = -2; value < 3; value++)
            Assert.AreEqual(1000, (x == value).sum().ToInt64(), 150);
        Assert.AreEqual(5000, x.numel());
        Assert.ThrowsExactly<ArgumentException>(() => randint(3, 3, 1));
    }

    [TestMethod]
    public void Permutation_HoldsEachOnce()
    {
        Tensor x = randperm(1000, generator: s_generator);

        CollectionAssert.AreEqual(Enumerable.Range(0, 1000).Select(i => (long)i).ToArray(), x.sort().Values.data<long>().ToArray());
        Assert.IsFalse(x.Equals(arange(1000)));
    }

    [TestMethod]
    public void Multinomial_DrawsInProportion_AndNeverTheImpossible()
    {
        Tensor weights = tensor([1f, 0, 3, 0]);

        Tensor many = weights.multinomial(4000, true, s_generator), both = stack([weights, weights]).multinomial(2, false, s_generator);

        Assert.AreEqual(3000, (many == 2).sum().ToInt64(), 150);
        Assert.AreEqual(1000, (many == 0).sum().ToInt64(), 150);
        CollectionAssert.AreEqual(new long[] { 2, 2 }, both.shape);
        Assert.AreEqual(4, both.sum().ToInt64(), "both possible ones in each row");
        Assert.ThrowsExactly<ArgumentException>(() => weights.multinomial(3));
        Assert.ThrowsExactly<ArgumentException>(() => tensor([-1f, 2]).multinomial(1));
        Assert.ThrowsExactly<ArgumentException>(() => zeros([3]).multinomial(1));
        Assert.ThrowsExactly<ArgumentException>(() => tensor([float.NaN]).multinomial(1));
    }

    [TestMethod]
    public void Dropout_KeepsTheMean_AndIsOffOutsideTraining()
    {
        Tensor x = ones([100_000], requires_grad: true);

        Tensor y = nn.functional.dropout(x, 0.25);
        y.sum().backward();

        Assert.AreEqual(1, y.mean().ToSingle(), 0.02);
        Assert.AreEqual(0.25, (y == 0).to_type(float32).mean().ToSingle(), 0.01);
        Assert.IsTrue(x.grad!.Equals(y.detach()));
        Assert.IsTrue(nn.functional.dropout(x, 0.25, training: false).detach().Equals(x.detach()));
        Assert.IsFalse(nn.functional.dropout(tensor([float.PositiveInfinity]), 1).isnan().any().ToBoolean());
    }

    [TestMethod]
    public void Bernoulli_TakesOnlyProbabilities()
    {
        Tensor p = tensor([0f, 1, 0, 1]);

        Assert.IsTrue(p.bernoulli(s_generator).Equals(p));
        Assert.ThrowsExactly<ArgumentException>(() => tensor([1.5f]).bernoulli());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => zeros([2]).bernoulli_(double.NaN));
    }
}
