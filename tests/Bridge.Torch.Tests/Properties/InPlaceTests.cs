using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Properties;

/// <summary>Each operation that changes its tensor gives the bits, and the gradients, of the one that makes a new tensor (which PyTorch's answers stand behind).</summary>
[TestClass]
public sealed class InPlaceTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> InPlace, Func<Tensor, Tensor, Tensor> New)> Pairs = new()
    {
        ["add_"] = ((x, y) => x.add_(y), (x, y) => x.add(y)),
        ["add_ alpha"] = ((x, y) => x.add_(y, 0.5), (x, y) => x.add(y, 0.5)),
        ["add_ scalar"] = ((x, _) => x.add_(1.5), (x, _) => x.add(1.5)),
        ["sub_"] = ((x, y) => x.sub_(y), (x, y) => x.sub(y)),
        ["mul_"] = ((x, y) => x.mul_(y), (x, y) => x.mul(y)),
        ["mul_ scalar"] = ((x, _) => x.mul_(-2), (x, _) => x.mul(-2)),
        ["div_"] = ((x, y) => x.div_(y), (x, y) => x.div(y)),
        ["pow_"] = ((x, _) => x.pow_(3), (x, _) => x.pow(3)),
        ["neg_"] = ((x, _) => x.neg_(), (x, _) => x.neg()),
        ["abs_"] = ((x, _) => x.abs_(), (x, _) => x.abs()),
        ["exp_"] = ((x, _) => x.exp_(), (x, _) => x.exp()),
        ["log_"] = ((x, _) => x.log_(), (x, _) => x.log()),
        ["sqrt_"] = ((x, _) => x.sqrt_(), (x, _) => x.sqrt()),
        ["tanh_"] = ((x, _) => x.tanh_(), (x, _) => x.tanh()),
        ["sigmoid_"] = ((x, _) => x.sigmoid_(), (x, _) => x.sigmoid()),
        ["relu_"] = ((x, _) => x.relu_(), (x, _) => x.relu()),
        ["clamp_"] = ((x, _) => x.clamp_(0.5, 1), (x, _) => x.clamp(0.5, 1)),
        ["clamp_min_"] = ((x, _) => x.clamp_min_(1), (x, _) => x.clamp_min(1)),
        ["clamp_max_"] = ((x, _) => x.clamp_max_(1), (x, _) => x.clamp_max(1)),
        ["lerp_"] = ((x, y) => x.lerp_(y, 0.25), (x, y) => x.lerp(y, 0.25)),
        ["addcmul_"] = ((x, y) => x.addcmul_(y, y, 0.5), (x, y) => x.addcmul(y, y, 0.5)),
        ["addcdiv_"] = ((x, y) => x.addcdiv_(y, y + 1, 0.5), (x, y) => x.addcdiv(y, y + 1, 0.5)),
        ["masked_fill_"] = ((x, y) => x.masked_fill_(y.gt(1), 7), (x, y) => x.masked_fill(y.gt(1), 7)),
        ["scatter_"] = ((x, y) => x.scatter_(1, Places(), y), (x, y) => x.scatter(1, Places(), y)),
        ["scatter_add_"] = ((x, y) => x.scatter_add_(1, Places(), y), (x, y) => x.scatter_add(1, Places(), y)),
        ["index_copy_"] = ((x, y) => x.index_copy_(0, tensor(new long[] { 2, 0 }), y[..2]), (x, y) => stack([y[1], x[1], y[0]])),
    };

    public static IEnumerable<object[]> Names() => Pairs.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void InPlace_ValueAndGradients_AreThoseOfTheNewTensor(string name)
    {
        using DisposeScope scope = NewDisposeScope();

        var (value, first, second) = Run(Pairs[name].InPlace, inPlace: true);
        var (dueValue, dueFirst, dueSecond) = Run(Pairs[name].New, inPlace: false);

        CollectionAssert.AreEqual(dueValue, value);
        CollectionAssert.AreEqual(dueFirst, first, "gradient of the tensor that was changed");
        CollectionAssert.AreEqual(dueSecond, second, "gradient of the other");
    }

    private static (float[] Value, float[]? First, float[]? Second) Run(Func<Tensor, Tensor, Tensor> operation, bool inPlace)
    {
        manual_seed(4);
        Tensor x = rand(3, 4).add(0.2).requires_grad_(), y = rand(3, 4).mul(2).add(0.1).requires_grad_();
        Tensor start = x * 1;

        Tensor result = operation(start, y);
        Tensor answer = inPlace ? start : result;
        (answer * arange(1, 13, dtype: ScalarType.Float32).reshape(3, 4)).sum().backward();

        return (answer.data<float>().ToArray(), x.grad?.data<float>().ToArray(), y.grad?.data<float>().ToArray());
    }

    private static Tensor Places() => tensor(new long[] { 3, 1, 0, 2, 0, 1, 2, 3, 1, 2, 3, 0 }, [3, 4]);
}
