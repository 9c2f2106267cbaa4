using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Tensors;

/// <summary>What does not fit is refused with the operation's name and both shapes.</summary>
[TestClass]
public sealed class BadInputTests
{
    [TestMethod]
    public void Shapes_ThatDoNotFit_AreNamed()
    {
        Tensor a = ones([3, 4]), b = ones([5, 6]);

        foreach ((string name, Action use) in new (string, Action)[]
        {
            ("add", () => _ = a + b), ("mul", () => _ = a * b), ("div", () => _ = a / b), ("maximum", () => a.maximum(b)), ("gt", () => _ = a > b), ("where", () => where(a > 0, a, b)),
            ("matmul", () => a.matmul(b)), ("mm", () => a.mm(b)), ("bmm", () => a.bmm(b)), ("mv", () => a.mv(b)), ("dot", () => a.dot(b)), ("linear", () => F.linear(a, b)),
            ("mse_loss", () => F.mse_loss(a, b)), ("smooth_l1_loss", () => F.smooth_l1_loss(a, b)), ("binary_cross_entropy_with_logits", () => F.binary_cross_entropy_with_logits(a, b)),
            ("cross_entropy", () => F.cross_entropy(a, b)), ("cat", () => cat([a, b])), ("stack", () => stack([a, b])), ("masked_fill", () => a.masked_fill(b > 0, 1)),
            ("add_", () => a.add_(b)), ("copy_", () => a.expand(3, 4).copy_(b)), ("scatter", () => a.scatter(0, zeros([5, 6], int64), b)),
        })
        {
            string message = Assert.ThrowsExactly<ArgumentException>(use, name).Message;
            StringAssert.Contains(message, "[3, 4]", name);
            StringAssert.Contains(message, "[5, 6]", name);
            StringAssert.Contains(message, name == "copy_" ? "expand" : name.TrimEnd('_'), name);
        }
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ones([3]).mul_(ones([2, 3]))).Message, "mul_", "broadcasting may not enlarge the target");
    }

    [TestMethod]
    public void Views_ThatDoNotFit_AreNamed()
    {
        Tensor x = ones([2, 3]);

        foreach (Action use in new Action[]
        {
            () => x.view(4), () => x.view(-1, 4), () => x.view(-1, -1), () => x.reshape(7), () => x.permute(0, 0), () => x.permute(0), () => x.expand(2, 2, 2), () => x.expand(3),
            () => x.narrow(1, 2, 2), () => x.split([1L, 1], 1), () => x.repeat(2), () => x.unflatten(1, 2, 2), () => x.flatten(1, 0), () => ones([1, 2, 3]).t(), () => stack([]), () => cat([]),
        })
        {
            var thrown = Assert.Throws<ArgumentException>(use);
            Assert.IsTrue(thrown.Message.Contains(':'), thrown.Message);
        }
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => x.t().view(6)).Message, "reshape");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => x.sum(2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => x.unsqueeze(4));
        Assert.ThrowsExactly<ArgumentException>(() => x.sum([0, 0]));
    }

    [TestMethod]
    public void Types_ThatAreNotHere_AreRefused()
    {
        Tensor whole = ones([2], int64);

        Assert.ThrowsExactly<NotSupportedException>(() => zeros([2], ScalarType.Float64));
        Assert.ThrowsExactly<NotSupportedException>(() => whole.to_type(ScalarType.Int32));
        Assert.ThrowsExactly<NotSupportedException>(() => zeros([2], device: new Device(DeviceType.CUDA)));
        Assert.ThrowsExactly<NotSupportedException>(() => whole.to("cuda"));
        Assert.ThrowsExactly<NotSupportedException>(() => from_array(new double[2]));
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => ones([2, 2]).sum(0)).Message, "dim: 0", "a literal 0 is TorchSharp's Byte");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => whole.matmul(whole)).Message, "Int64");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => whole.mean()).Message, "Float32");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => whole.item<float>()).Message, "Int64");
        Assert.ThrowsExactly<ArgumentException>(() => whole.add_(ones([2])), "a real result does not go into whole numbers");
        Assert.ThrowsExactly<ArgumentException>(() => _ = whole & whole);
        Assert.ThrowsExactly<ArgumentException>(() => where(whole, whole, whole));
        Assert.ThrowsExactly<DivideByZeroException>(() => _ = whole % 0);
    }

    [TestMethod]
    public void Sizes_NegativeOrHuge_AreRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => zeros([-1]));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => zeros([1L << 40, 1L << 40])).Message, "elements");
        Assert.ThrowsExactly<ArgumentException>(() => ones([1]).expand(1L << 33));
        Assert.ThrowsExactly<ArgumentException>(() => zeros(new long[9]));
        Assert.AreEqual(0, zeros([1L << 40, 0]).numel());
        Assert.ThrowsExactly<ArgumentException>(() => arange(0, 1, -1));
        Assert.ThrowsExactly<ArgumentException>(() => tensor([1f, 2], [3]));
    }

    [TestMethod]
    public void Empty_Tensors_GoThrough()
    {
        Tensor none = zeros([0, 3], requires_grad: true);

        Tensor product = none.matmul(ones([3, 2])), sum = (none.tanh() * 2 + ones([3])).sum();
        sum.backward();

        CollectionAssert.AreEqual(new long[] { 0, 2 }, product.shape);
        Assert.AreEqual(0f, sum.ToSingle());
        CollectionAssert.AreEqual(new long[] { 0, 3 }, none.grad!.shape);
        CollectionAssert.AreEqual(new float[] { 0, 0, 0, 0 }, ones([2, 0]).matmul(ones([0, 2])).data<float>().ToArray());
        CollectionAssert.AreEqual(new float[] { 5 }, F.linear(ones([1, 0]), ones([1, 0]), tensor([5f])).data<float>().ToArray());
        CollectionAssert.AreEqual(new float[3], none.sum(dim: 0).data<float>().ToArray());
        Assert.IsTrue(float.IsNaN(none.mean().ToSingle()));
        Assert.AreEqual(1f, none.prod().ToSingle());
        Assert.IsTrue(none.all().ToBoolean() && !none.any().ToBoolean());
        CollectionAssert.AreEqual(new long[] { 0 }, none.argmax(1).shape);
        CollectionAssert.AreEqual(new long[] { 1, 3 }, cat([none, ones([1, 3])]).shape);
        CollectionAssert.AreEqual(new long[] { 0, 3 }, none.softmax(1).shape);
        CollectionAssert.AreEqual(new long[] { 0, 3 }, none.sort().Values.shape);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => none.max()).Message, "no elements");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => none.argmax(0)).Message, "[0, 3]");
    }

    [TestMethod]
    public void NotANumber_StaysVisible()
    {
        Tensor x = tensor([1f, float.NaN, 3, float.PositiveInfinity]);

        CollectionAssert.AreEqual(new[] { false, true, false, false }, x.isnan().data<bool>().ToArray());
        CollectionAssert.AreEqual(new[] { false, false, false, true }, x.isinf().data<bool>().ToArray());
        CollectionAssert.AreEqual(new[] { true, false, true, false }, x.isfinite().data<bool>().ToArray());
        Assert.IsTrue(float.IsNaN(x.sum().ToSingle()) && float.IsNaN(x.max().ToSingle()) && float.IsNaN(x.min().ToSingle()));
        Assert.IsTrue(float.IsNaN(x.relu()[1].ToSingle()) && float.IsNaN(x.clamp((Scalar)0, (Scalar)2)[1].ToSingle()) && float.IsNaN(x.maximum(zeros([4]))[1].ToSingle()));
        Assert.AreEqual(1, x.argmax().ToInt64());
        Assert.AreEqual(1, x.argmin().ToInt64());
        CollectionAssert.AreEqual(new long[] { 0, 2, 3, 1 }, x.argsort().data<long>().ToArray());
        Assert.IsFalse(x.Equals(x));
        Assert.IsTrue(x.allclose(x, equal_nan: true) && !x.allclose(x));
        Assert.IsTrue(x.softmax(0).isnan().all().ToBoolean());
    }

    [TestMethod]
    public void Losses_OfBadTargets_AreRefused()
    {
        Tensor logits = zeros([2, 3]);

        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => F.cross_entropy(logits, tensor([0L, 3]))).Message, "class 3");
        Assert.ThrowsExactly<ArgumentException>(() => F.cross_entropy(logits, tensor([0L])));
        Assert.ThrowsExactly<ArgumentException>(() => F.cross_entropy(logits, tensor([0L, 1]), ones([2])));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => F.cross_entropy(logits, tensor([0L, 1]), label_smoothing: 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => F.one_hot(tensor([-1L])));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => F.dropout(logits, 1.5));
        Assert.ThrowsExactly<ArgumentException>(() => F.binary_cross_entropy(ones([2]) * 2, ones([2])));
        Assert.ThrowsExactly<ArgumentException>(() => F.mse_loss(ones([3]), ones([3, 1])), "no quiet broadcasting");
    }
}
