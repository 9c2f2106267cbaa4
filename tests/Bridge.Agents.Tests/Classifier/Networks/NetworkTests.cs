using Bridge.Agents.Classifier.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Tests.Classifier.Networks;

[TestClass]
public sealed class NetworkTests
{
    [TestMethod]
    [DataRow(32)]
    [DataRow(64)]
    public void SmallResNet_AnySize_ThreeColumns(int size)
    {
        using DisposeScope scope = NewDisposeScope();
        var network = new SmallResNet(new Generator(1));

        Tensor output = network.call(randn([4, 1, size, size], generator: new Generator(2)));

        CollectionAssert.AreEqual(new long[] { 4, HoleOutput.Count }, output.shape);
    }

    /// <summary>The numbers of torchvision's resnet18 and resnet50 (11 689 512 and 25 557 032) with one channel in and three classes out.</summary>
    [TestMethod]
    [DataRow(HoleNetworks.ResNet18, 11_689_512 - 2 * 64 * 49 - 513 * 1000 + 513 * 3)]
    [DataRow(HoleNetworks.ResNet50, 25_557_032 - 2 * 64 * 49 - 2049 * 1000 + 2049 * 3)]
    public void ResNet_AsPublished_HasAsManyParameters(string name, long parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> network = HoleNetworks.Create(name, 0, new Generator(1));

        Assert.AreEqual(parameters, network.parameters().Sum(parameter => parameter.numel()));
        network.eval();
        using IDisposable noGrad = no_grad();
        CollectionAssert.AreEqual(new long[] { 2, 3 }, network.call(randn([2, 1, 32, 32], generator: new Generator(2))).shape);
    }

    [TestMethod]
    public void Eval_FoldedNormalisation_IsThePlainOne()
    {
        using DisposeScope scope = NewDisposeScope();
        var layer = new ConvNorm(2, 3, 3, 2, new Generator(1));
        Tensor input = randn([8, 2, 9, 9], generator: new Generator(2)) * 3 + 1;
        for (int i = 0; i < 5; i++)
            layer.call(input); // moves the running statistics
        layer.eval();

        Tensor folded = layer.call(input);

        Dictionary<string, Tensor> state = layer.state_dict();
        Tensor convolved = nn.functional.conv2d(input, state.First(pair => pair.Key.EndsWith("conv.weight", StringComparison.Ordinal)).Value, null, [2, 2], [1, 1]);
        Tensor plain = nn.functional.batch_norm(convolved, Of("running_mean"), Of("running_var"), Of("norm.weight"), Of("norm.bias"), training: false);
        Assert.AreEqual(0, (folded - plain).abs().max().item<float>(), 1e-4);

        Tensor Of(string name) => state.First(pair => pair.Key.EndsWith(name, StringComparison.Ordinal)).Value;
    }

    [TestMethod]
    public void Create_SameSeed_SameWeights()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = randn([2, 1, 32, 32], generator: new Generator(3));
        nn.Module<Tensor, Tensor> first = HoleNetworks.Create(HoleNetworks.Small, 8, new Generator(5)), again = HoleNetworks.Create(HoleNetworks.Small, 8, new Generator(5));
        first.eval();
        again.eval();

        Assert.AreEqual(0, (first.call(input) - again.call(input)).abs().max().item<float>());
        Assert.ThrowsExactly<InvalidDataException>(() => HoleNetworks.Create("vgg", 8, new Generator(5)));
    }

    [TestMethod]
    public void HoleOutput_FromAndToA_AreInverse()
    {
        foreach (double ctf in new[] { 2.5, 6, 20 })
            Assert.AreEqual(ctf, HoleOutput.ToA(HoleOutput.FromA(ctf)), 1e-4);
    }
}
