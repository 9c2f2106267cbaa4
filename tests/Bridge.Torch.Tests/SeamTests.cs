using TorchSharp;

namespace Bridge.Torch.Tests;

[TestClass]
public sealed class SeamTests
{
    [TestMethod]
    public void Linear_OneStep_HasTheGradientOfTheHand()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor([1f, 2, 3, 4], [2, 2]);
        torch.Tensor w = torch.tensor([1f, -1, 2, 1, 0, 1], [3, 2], requires_grad: true);
        torch.Tensor b = torch.tensor([0.5f, 0, 0], [3], requires_grad: true);

        torch.Tensor y = torch.nn.functional.linear(x, w, b).relu();
        (y + y).sum().backward();

        CollectionAssert.AreEqual(new float[] { 0, 4, 2, 0, 10, 4 }, y.Floats.ToArray());
        CollectionAssert.AreEqual(new float[] { 0, 0, 8, 12, 8, 12 }, w.grad!.Floats.ToArray());
        CollectionAssert.AreEqual(new float[] { 0, 4, 4 }, b.grad!.Floats.ToArray());
    }
}
