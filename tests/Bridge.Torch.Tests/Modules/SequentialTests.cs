using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Modules;

[TestClass]
public sealed class SequentialTests
{
    [TestMethod]
    [DataRow(1, true)]
    [DataRow(3, false)]
    [DataRow(130, true)]
    public void Forward_LinearThenRelu_IsTheTwoAlone(int rows, bool bias)
    {
        manual_seed(1);
        Linear linear = nn.Linear(20, 33, bias);
        Sequential both = nn.Sequential(linear, nn.ReLU(), nn.LeakyReLU(0.1));
        Tensor x = randn([rows, 20], requires_grad: true), gradient = randn(rows, 33);

        var (y, gradients) = Run(both.call);

        var (expectedY, expectedGradients) = Run(input => nn.functional.relu(linear.call(input)).leaky_relu(0.1));

        CollectionAssert.AreEqual(expectedY, y);
        Assert.IsTrue(y.Contains(0) && y.Max() > 0);
        for (int i = 0; i < gradients.Length; i++)
            CollectionAssert.AreEqual(expectedGradients[i], gradients[i]);

        (float[], float[][]) Run(Func<Tensor, Tensor> network)
        {
            (x.grad, linear.weight.grad) = (null, null);
            if (linear.bias is not null)
                linear.bias.grad = null;
            Tensor result = network(x);
            result.backward([gradient]);
            return (Values(result), [Values(x.grad!), Values(linear.weight.grad!), bias ? Values(linear.bias!.grad!) : []]);
        }
    }

    [TestMethod]
    public void Forward_LinearThenReluWithoutGradients_IsTheTwoAlone()
    {
        Linear linear = nn.Linear(20, 33);
        Sequential both = nn.Sequential(linear, nn.ReLU());
        Tensor x = randn(70, 20);
        using IDisposable noGrad = no_grad();

        CollectionAssert.AreEqual(Values(linear.call(x).relu()), Values(both.call(x)));
    }

    [TestMethod]
    public void Backward_RectifiedOutputChangedInPlace_IsRefused()
    {
        Sequential both = nn.Sequential(nn.Linear(2, 3), nn.ReLU());
        Tensor y = both.call(ones(4, 2)), loss = y.sum();
        using (no_grad())
            y.add_(1);

        InvalidOperationException e = Assert.ThrowsExactly<InvalidOperationException>(() => loss.backward());
        Assert.Contains("in place", e.Message);
    }

    private static float[] Values(Tensor x) => x.data<float>().ToArray();
}
