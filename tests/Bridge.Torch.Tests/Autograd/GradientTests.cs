using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Autograd;

/// <summary>The gradient of each operation against central differences.</summary>
[TestClass]
public sealed class GradientTests
{
    private static readonly Tensor s_index = tensor([2L, 0, 2, 1], [4]);
    private static readonly Tensor s_places = tensor([0L, 2, 1, 1, 2, 0], [2, 3]);
    private static readonly Tensor s_weights = tensor([0.3f, 0.9f, 0.1f, 0.6f], [4]);
    private static readonly Tensor s_mask = tensor([true, false, true, true, false, false, true, false, true, true, false, true], [3, 4]);

    /// <summary>Functions of one tensor (3, 4) with elements from 0.3 to 2.9.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_unary = new()
    {
        ["exp"] = x => x.exp(), ["log"] = x => x.log(), ["sqrt"] = x => x.sqrt(), ["rsqrt"] = x => x.rsqrt(), ["square"] = x => x.square(),
        ["log1p"] = x => x.log1p(), ["expm1"] = x => x.expm1(), ["erf"] = x => x.erf(), ["sin"] = x => x.sin(), ["cos"] = x => x.cos(), ["atan"] = x => x.atan(),
        ["tanh"] = x => x.tanh(), ["sigmoid"] = x => x.sigmoid(), ["relu"] = x => (x - 1.51f).relu(), ["leaky_relu"] = x => (x - 1.51f).leaky_relu(0.2f),
        ["elu"] = x => (x - 1.51f).elu(1.3f), ["silu"] = x => (x - 1.5f).silu(), ["gelu"] = x => (x - 1.5f).gelu(), ["softplus"] = x => (x - 1.5f).softplus(2),
        ["reciprocal"] = x => x.reciprocal(), ["pow 3"] = x => x.pow(3), ["pow -0.5"] = x => x.pow(-0.5), ["abs"] = x => (x - 1.51f).abs(), ["neg"] = x => -x,
        ["clamp"] = x => x.clamp((Scalar)0.51f, (Scalar)2.03f), ["clamp_min"] = x => x.clamp_min(1.01f), ["logit"] = x => (x / 4).logit(),
        ["scalars"] = x => (2 - x * 3 + 1) / 4 - 2 / x,
        ["sum dim"] = x => x.sum(dim: 0), ["sum keep"] = x => x.sum(1, keepdim: true), ["mean"] = x => x.mean(), ["mean dims"] = x => x.mean([0, 1]),
        ["var"] = x => x.var(), ["var dim"] = x => x.var(1L, unbiased: false), ["std"] = x => x.std(0L), ["prod"] = x => x.prod(), ["prod dim"] = x => x.prod(1L),
        ["cumsum"] = x => x.cumsum(1), ["cumsum 0"] = x => x.cumsum(0), ["norm"] = x => x.norm(), ["norm dim"] = x => x.norm(1), ["norm 1"] = x => x.norm(1f), ["norm 3"] = x => x.norm(0, p: 3),
        ["logsumexp"] = x => x.logsumexp(1), ["logsumexp 0"] = x => x.logsumexp(0, true), ["softmax"] = x => x.softmax(1), ["softmax 0"] = x => x.softmax(0),
        ["log_softmax"] = x => x.log_softmax(-1), ["log_softmax 0"] = x => x.log_softmax(0),
        ["max"] = x => x.max(), ["max dim"] = x => x.max(1).values, ["min dim"] = x => x.min(0, true).values, ["amax"] = x => x.amax([0]),
        ["topk"] = x => x.topk(2).values, ["sort"] = x => x.sort(0).Values,
        ["view"] = x => x.view(2, 6), ["reshape of t"] = x => x.t().reshape(6, 2), ["permute"] = x => x.reshape(3, 2, 2).permute(2, 0, 1), ["transpose"] = x => x.transpose(0, 1) * 2,
        ["squeeze"] = x => x.unsqueeze(1).squeeze(1), ["expand"] = x => x.unsqueeze(1).expand(3, 5, 4), ["repeat"] = x => x.repeat(2, 1, 3), ["narrow"] = x => x.narrow(1, 1, 2),
        ["select"] = x => x.select(0, 2), ["slice"] = x => x.slice(1, 0, 4, 2), ["split"] = x => cat(x.split(3, 1).Reverse().ToArray(), 1), ["chunk"] = x => x.chunk(2, 1)[1],
        ["unbind"] = x => stack(x.unbind(1), 0), ["flatten"] = x => x.flatten(), ["contiguous"] = x => x.t().contiguous(), ["clone"] = x => x.clone(), ["alias"] = x => x.alias(),
        ["index"] = x => x[1], ["index range"] = x => x[.., 1..3], ["index ellipsis"] = x => x[TensorIndex.Ellipsis, TensorIndex.None, 2], ["index step"] = x => x[TensorIndex.Slice(null, null, 2)],
        ["index tensor"] = x => x[TensorIndex.Tensor(s_index)], ["index two"] = x => x[TensorIndex.Tensor(s_index), TensorIndex.Tensor(s_index)], ["index mask"] = x => x[TensorIndex.Tensor(s_mask)],
        ["index column"] = x => x[TensorIndex.Colon, TensorIndex.Tensor(s_index)], ["index_select"] = x => x.index_select(1, s_index), ["gather"] = x => x.gather(1, s_places), ["gather 0"] = x => x.gather(0, s_places),
        ["masked_fill"] = x => x.masked_fill(s_mask, 7f), ["masked_select"] = x => x.masked_select(s_mask), ["to_type"] = x => x.to_type(float32),
        ["normalize"] = x => F.normalize(x), ["logsigmoid"] = x => F.logsigmoid(x - 1), ["fan-out"] = x => x * x + x.sum() * x.exp(),
    };

    /// <summary>Functions of two tensors (3, 4) and (4), or (3, 4) and (4, 2) for matrix products.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_binary = new()
    {
        ["add"] = (a, b) => a + b, ["add alpha"] = (a, b) => a.add(b, -2.5f), ["sub"] = (a, b) => b - a, ["mul"] = (a, b) => a * b, ["div"] = (a, b) => b / a, ["pow"] = (a, b) => a.pow(b),
        ["maximum"] = (a, b) => a.maximum(b), ["minimum"] = (a, b) => minimum(b, a), ["atan2"] = (a, b) => a.atan2(b), ["where"] = (a, b) => where(s_mask, a, b), ["lerp"] = (a, b) => a.lerp(b, a),
        ["cat"] = (a, b) => cat([a, b.unsqueeze(0), a], 0), ["stack"] = (a, b) => stack([a[1], b, b], 1), ["addcmul"] = (a, b) => a.addcmul(a, b, 0.5f), ["addcdiv"] = (a, b) => a.addcdiv(b, a, 0.5f),
        ["scatter"] = (a, b) => a.scatter(1, s_places, b.expand(3, 4)), ["scatter_add"] = (a, b) => a.scatter_add(1, s_places, b.expand(3, 4)),
        ["dot"] = (a, b) => a[1].dot(b), ["outer"] = (a, b) => a[1].outer(b), ["mv"] = (a, b) => a.mv(b), ["row"] = (a, b) => b.matmul(a.t()), ["linear"] = (a, b) => F.linear(a, b.unsqueeze(0), b.narrow(0, 1, 1)),
        ["linear 3-D"] = (a, b) => F.linear(a.t().reshape(2, 2, 3), a.narrow(1, 0, 3)), ["mm"] = (a, b) => a.mm(b.view(4, 1)), ["addmm"] = (a, b) => a.addmm(a.narrow(1, 0, 1), b.view(1, 4), 0.5f, 2f),
        ["bmm"] = (a, b) => a.view(3, 2, 2).bmm(a.view(3, 2, 2).transpose(1, 2)), ["matmul broadcast"] = (a, b) => a.view(3, 1, 2, 2).matmul(b.view(2, 2, 1)), ["matmul batch x matrix"] = (a, b) => a.view(3, 2, 2).matmul(b.view(2, 2)),
        ["in place"] = (a, b) => { Tensor y = a * 2; y.add_(b); y.mul_(0.5f); y.tanh_(); return y; },
        ["put"] = (a, b) => { Tensor y = a * 2; y[1] = b; y[TensorIndex.Tensor(s_index.narrow(0, 0, 2)), TensorIndex.Slice(1, 3)] = b.narrow(0, 0, 2); return y; },
        ["put add"] = (a, b) => { Tensor y = a * 2; y.index_add_(0, s_index, b.expand(4, 4), 0.5f); return y; },
        ["mse"] = (a, b) => F.mse_loss(a[0], b), ["mse none"] = (a, b) => F.mse_loss(a[0], b, nn.Reduction.None), ["l1 sum"] = (a, b) => F.l1_loss(a[0], b, nn.Reduction.Sum),
        ["smooth l1"] = (a, b) => F.smooth_l1_loss(a[1], b, beta: 0.5), ["huber"] = (a, b) => F.huber_loss(a[1], b, 0.7), ["bce logits"] = (a, b) => F.binary_cross_entropy_with_logits(a[1], b / 4, s_weights, pos_weights: s_weights * 2),
        ["bce"] = (a, b) => F.binary_cross_entropy(a[1] / 3, s_weights, s_weights),
        ["cross entropy"] = (a, b) => F.cross_entropy(a, s_index.narrow(0, 0, 3), s_weights, label_smoothing: 0.1), ["nll none"] = (a, b) => F.nll_loss(a.log_softmax(1), s_index.narrow(0, 0, 3), ignore_index: 0, reduction: nn.Reduction.None),
        ["cross entropy 3-D"] = (a, b) => F.cross_entropy(a.view(2, 3, 2), s_places.narrow(1, 0, 2), reduction: nn.Reduction.Sum), ["cross entropy of probabilities"] = (a, b) => F.cross_entropy(a, s_weights.expand(3, 4), s_weights, label_smoothing: 0.2),
    };

    [TestMethod]
    public void Unary_EachFunction_HasTheGradientOfCentralDifferences()
    {
        foreach ((string name, Func<Tensor, Tensor> f) in s_unary)
            CentralDifference.Check(name, x => f(x[0]), [Spread(3, 4)]);
    }

    [TestMethod]
    public void Binary_EachFunction_HasTheGradientOfCentralDifferences()
    {
        foreach ((string name, Func<Tensor, Tensor, Tensor> f) in s_binary)
        {
            Tensor b = (arange(4).to_type(float32) * 0.61f + 0.53f).detach();
            CentralDifference.Check(name, x => f(x[0], x[1]) + (x[0].sum() + x[1].sum()) * 0.1f, [Spread(3, 4), b]);
        }
    }

    [TestMethod]
    public void Prod_OneZero_SendsTheGradientThere()
    {
        Tensor x = tensor([2f, 0, 3], requires_grad: true);

        x.prod().backward();

        CollectionAssert.AreEqual(new float[] { 0, 6, 0 }, x.grad!.data<float>().ToArray());
    }

    [TestMethod]
    public void Extremes_EqualElements_ShareTheGradient()
    {
        Tensor x = tensor([3f, 1, 3], requires_grad: true), y = tensor([1f, 1, 1], requires_grad: true);

        x.max().backward();
        x.maximum(y).sum().backward();

        CollectionAssert.AreEqual(new float[] { 1.5f, 0.5f, 1.5f }, x.grad!.data<float>().ToArray());
        CollectionAssert.AreEqual(new float[] { 0, 0.5f, 0 }, y.grad!.data<float>().ToArray());
    }

    [TestMethod]
    public void Norm_OfZeros_HasTheGradientZero()
    {
        Tensor x = zeros([3], requires_grad: true);

        x.norm().backward();

        CollectionAssert.AreEqual(new float[3], x.grad!.data<float>().ToArray());
    }

    /// <summary>Elements 0.2 and more apart, in no order, so that no kink is near.</summary>
    private static Tensor Spread(long rows, long columns)
    {
        int n = (int)(rows * columns);
        return (tensor(Enumerable.Range(0, n).Select(i => (float)(i * 5 % n)).ToArray(), [rows, columns]) * 0.22f + 0.3f).detach();
    }
}
