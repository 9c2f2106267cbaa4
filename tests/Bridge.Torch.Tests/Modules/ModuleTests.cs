using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Torch.Tests.Modules;

[TestClass]
public sealed class ModuleTests
{
    private sealed class Head : Module<Tensor, Tensor>
    {
        private readonly Linear first = Linear(3, 4);

        [ComponentName(Name = "second")]
        private readonly Linear _second = Linear(4, 2, hasBias: false);

        private readonly Parameter scale = nn.Parameter(ones(2));

        private readonly Tensor offset = zeros(2);

        public Head() : base(nameof(Head)) => RegisterComponents();

        public override Tensor forward(Tensor input) => _second.call(first.call(input)) * scale + offset;
    }

    [TestMethod]
    public void RegisterComponents_Fields_AreInTheStateDictByName()
    {
        using var head = new Head();

        string[] names = [.. head.state_dict().Keys];

        CollectionAssert.AreEquivalent(new[] { "first.weight", "first.bias", "second.weight", "scale", "offset" }, names);
        Assert.HasCount(4, head.parameters());
        Assert.HasCount(1, head.buffers());
        Assert.IsTrue(head.has_parameter("first.weight"));
        Assert.IsFalse(head.has_parameter("offset"));
        Assert.IsTrue(head.has_buffer("offset"));
    }

    [TestMethod]
    public void LoadStateDict_OfAnother_GivesTheSameAnswers()
    {
        using Head head = new(), other = new();
        using Tensor x = randn(5, 3);

        head.load_state_dict(other.state_dict());

        Assert.IsTrue(head.call(x).allclose(other.call(x), 0, 0));
        Assert.AreNotSame(other.get_parameter("scale"), head.get_parameter("scale"), "values are copied");
    }

    [TestMethod]
    public void LoadStateDict_NamesDiffer_IsRefusedUnlessLenient()
    {
        using Linear linear = Linear(3, 4);
        var state = new Dictionary<string, Tensor> { ["weight"] = ones(4, 3), ["gain"] = ones(4) };

        InvalidOperationException e = Assert.ThrowsExactly<InvalidOperationException>(() => linear.load_state_dict(state));
        var (missing, unexpected) = linear.load_state_dict(state, strict: false);

        Assert.Contains("missing [bias], unexpected [gain]", e.Message);
        CollectionAssert.AreEqual(new[] { "bias" }, missing.ToArray());
        CollectionAssert.AreEqual(new[] { "gain" }, unexpected.ToArray());
        Assert.AreEqual(12, linear.weight.sum().item<float>());
    }

    [TestMethod]
    public void LoadStateDict_AShapeDiffers_IsRefusedAndChangesNothing()
    {
        using Linear linear = Linear(3, 4);
        float before = linear.weight.sum().item<float>();

        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(
            () => linear.load_state_dict(new() { ["weight"] = ones(4, 3), ["bias"] = ones(3) }));

        Assert.Contains("'bias'", e.Message);
        Assert.AreEqual(before, linear.weight.sum().item<float>());
    }

    [TestMethod]
    public void Register_WrongName_IsRefused()
    {
        Sequential sequential = Sequential(("a", Linear(1, 1)));

        Assert.ThrowsExactly<InvalidOperationException>(() => sequential.register_module("a", Linear(1, 1)));
        Assert.ThrowsExactly<ArgumentException>(() => sequential.register_module("a.b", Linear(1, 1)));
        Assert.ThrowsExactly<ArgumentException>(() => sequential.register_buffer("", zeros(1)));
    }

    [TestMethod]
    public void TrainAndEval_Nested_ReachEveryPart()
    {
        Sequential inner = Sequential(Dropout(0.5)), outer = Sequential(inner, ReLU());

        outer.eval();
        bool anyTraining = outer.modules().Any(module => module.training);
        outer.train();

        Assert.IsFalse(anyTraining);
        Assert.IsTrue(outer.modules().All(module => module.training));
    }

    [TestMethod]
    public void Parameters_SharedByTwoParts_ComeOnce()
    {
        Linear shared = Linear(2, 2);

        Sequential sequential = Sequential(("a", shared), ("b", shared));

        Assert.HasCount(2, sequential.parameters());
        Assert.HasCount(4, sequential.state_dict());
    }

    [TestMethod]
    public void Parameters_MadeInAScope_OutliveIt()
    {
        Linear linear;
        using (NewDisposeScope())
            linear = Linear(2, 2);

        Assert.AreEqual(2, linear.call(ones(1, 2)).numel());
    }

    [TestMethod]
    public void RequiresGrad_Off_FreezesEveryParameter()
    {
        Sequential network = Sequential(Linear(2, 2), ReLU(), Linear(2, 1));

        network.requires_grad_(false);

        Assert.IsFalse(network.call(ones(1, 2)).requires_grad);
    }

    [TestMethod]
    public void ZeroGrad_ToNoneOrZero_DoesSo()
    {
        using Linear linear = Linear(2, 1);
        linear.call(ones(1, 2)).sum().backward();

        linear.zero_grad(set_to_none: false);
        float zero = linear.weight.grad!.abs().sum().item<float>();
        linear.zero_grad();

        Assert.AreEqual(0, zero);
        Assert.IsNull(linear.weight.grad);
    }

    [TestMethod]
    public void Dropout_InTraining_DropsTheShareAndKeepsTheMean()
    {
        manual_seed(3);
        Dropout dropout = Dropout(0.25);

        using Tensor y = dropout.call(ones(10_000));
        dropout.eval();

        Assert.AreEqual(0.25, y.eq(0).to(ScalarType.Float32).mean().item<float>(), 0.02);
        Assert.AreEqual(1, y.mean().item<float>(), 0.02);
        Assert.AreEqual(10_000, dropout.call(ones(10_000)).sum().item<float>());
    }

    [TestMethod]
    public void Layers_SizesThatMakeNoSense_AreRefusedByName()
    {
        Assert.Contains("inputSize", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Linear(0, 3)).Message);
        Assert.Contains("groups", Assert.ThrowsExactly<ArgumentException>(() => Conv2d(3, 4, 3, groups: 2)).Message);
        Assert.Contains("kernel_size", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Conv2d(3, 4, 0)).Message);
        Assert.Contains("p is a probability", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Dropout(1.5)).Message);
        Assert.Contains("numLayers", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => LSTM(3, 4, 0)).Message);
        Assert.ThrowsExactly<NotSupportedException>(() => Linear(3, 4, dtype: ScalarType.Float64));
        Assert.ThrowsExactly<NotSupportedException>(() => Conv2d(3, 4, 3, padding_mode: PaddingModes.Circular));
    }

    [TestMethod]
    public void Layers_InputThatDoesNotFit_NamesBothShapes()
    {
        Assert.Contains("[2, 3]", Assert.ThrowsExactly<ArgumentException>(() => BatchNorm1d(4).call(ones(2, 3))).Message);
        Assert.Contains("[5, 3]", Assert.ThrowsExactly<ArgumentException>(() => LSTM(4, 2).call(ones(5, 3))).Message);
        Assert.Contains("[1, 9, 2]", Assert.ThrowsExactly<ArgumentException>(() => LSTM(4, 2).call(ones(5, 3, 4), (zeros(1, 9, 2), zeros(1, 9, 2)))).Message);
    }
}
