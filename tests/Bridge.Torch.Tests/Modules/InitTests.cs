using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Torch.Tests.Modules;

[TestClass]
public sealed class InitTests
{
    [TestMethod]
    public void Uniform_Bounds_AreKept()
    {
        manual_seed(1);
        using Tensor x = init.uniform_(zeros(10_000), -2, 3);

        Assert.IsGreaterThanOrEqualTo(-2, x.min().item<float>());
        Assert.IsLessThan(3, x.max().item<float>());
        Assert.AreEqual(0.5, x.mean().item<float>(), 0.05);
        Assert.AreEqual(5 / Math.Sqrt(12), x.std().item<float>(), 0.05);
    }

    [TestMethod]
    public void Normal_Moments_AreRight()
    {
        manual_seed(1);
        using Tensor x = init.normal_(zeros(20_000), 1, 2);

        Assert.AreEqual(1, x.mean().item<float>(), 0.05);
        Assert.AreEqual(2, x.std().item<float>(), 0.05);
        Assert.AreEqual(0.0455, (x - 1).abs().gt(4).to(ScalarType.Float32).mean().item<float>(), 0.005, "beyond two deviations");
    }

    [TestMethod]
    public void Kaiming_AndXavier_HaveThePapersDeviation()
    {
        manual_seed(1);

        Assert.AreEqual(Math.Sqrt(2.0 / 300), init.kaiming_normal_(zeros(200, 300), nonlinearity: init.NonlinearityType.ReLU).std().item<float>(), 0.002);
        Assert.AreEqual(Math.Sqrt(2.0 / 200), init.kaiming_uniform_(zeros(200, 300), mode: init.FanInOut.FanOut).std().item<float>(), 0.002);
        Assert.AreEqual(Math.Sqrt(2.0 / 500), init.xavier_uniform_(zeros(200, 300)).std().item<float>(), 0.002);
        Assert.AreEqual(Math.Sqrt(2.0 / 500), init.xavier_normal_(zeros(200, 300)).std().item<float>(), 0.002);
        Assert.AreEqual((27, 36), init.CalculateFanInAndFanOut(zeros(4, 3, 3, 3)));
    }

    [TestMethod]
    [DataRow(20, 50, DisplayName = "more columns")]
    [DataRow(50, 20, DisplayName = "more rows")]
    [DataRow(16, 16, DisplayName = "square")]
    public void Orthogonal_Product_IsTheIdentityTimesGainSquared(int rows, int columns)
    {
        manual_seed(1);
        using Tensor x = init.orthogonal_(zeros(rows, columns), gain: 3);

        using Tensor product = rows <= columns ? x.matmul(x.t()) : x.t().matmul(x);
        using Tensor due = eye(Math.Min(rows, columns)) * 9;

        Assert.IsLessThan(1e-4f, (product - due).abs().max().item<float>());
    }

    [TestMethod]
    public void Linear_Default_IsWithinPyTorchsBound()
    {
        manual_seed(1);
        using var linear = Linear(100, 50);

        float largest = linear.weight.abs().max().item<float>();

        Assert.IsLessThanOrEqualTo(0.1f, largest);
        Assert.IsGreaterThan(0.099f, largest);
        Assert.IsLessThanOrEqualTo(0.1f, linear.bias!.abs().max().item<float>());
    }

    [TestMethod]
    public void ManualSeed_Same_GivesTheSameLayer()
    {
        manual_seed(5);
        using var a = Linear(10, 10);
        manual_seed(5);
        using var b = Linear(10, 10);
        using var c = Linear(10, 10);

        Assert.IsTrue(a.weight.allclose(b.weight, 0, 0));
        Assert.IsFalse(a.weight.allclose(c.weight, 0, 0));
    }
}
