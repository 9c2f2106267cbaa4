using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Autograd;

[TestClass]
public sealed class BackwardTests
{
    private static float[] Grad(Tensor x) => x.grad!.data<float>().ToArray();

    [TestMethod]
    public void Backward_Twice_ThrowsUnlessTheGraphWasKept()
    {
        Tensor x = tensor([1f, 2], requires_grad: true);
        Tensor kept = (x * x).sum(), freed = (x * x).sum();

        kept.backward(retain_graph: true);
        kept.backward();
        freed.backward();

        var thrown = Assert.ThrowsExactly<InvalidOperationException>(() => freed.backward());
        StringAssert.Contains(thrown.Message, "retain_graph");
        CollectionAssert.AreEqual(new float[] { 6, 12 }, Grad(x));
    }

    [TestMethod]
    public void Backward_TwoWays_AddsUp()
    {
        Tensor x = tensor([1f, 2], requires_grad: true);
        Tensor y = x * 3;

        (y.sum() + (y * y).sum() + x[0]).backward();

        CollectionAssert.AreEqual(new float[] { 3 + 18 + 1, 3 + 36 }, Grad(x));
    }

    [TestMethod]
    public void Backward_GraphOfTwoThreads_RunsInOrder()
    {
        Tensor x = tensor([2f], requires_grad: true), y = null!;
        for (int i = 0; i < 5; i++)
            y = (y is null ? x : y) * x;
        var thread = new Thread(() => y = y * y);
        thread.Start();
        Assert.IsTrue(thread.Join(TimeSpan.FromSeconds(20)));

        (y + y).sum().backward();

        Assert.AreEqual(2 * 12 * MathF.Pow(2, 11), Grad(x)[0]);
    }

    [TestMethod]
    public void Backward_OfAVector_NeedsAGradientOfItsShape()
    {
        Tensor x = tensor([1f, 2, 3], requires_grad: true);
        Tensor y = x * 2;

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => y.backward()).Message, "[3]");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => y.backward([ones([2])])).Message, "[2]");
        y.backward([tensor([1f, 10, 100])]);

        CollectionAssert.AreEqual(new float[] { 2, 20, 200 }, Grad(x));
    }

    [TestMethod]
    public void Backward_OfWhatNeedsNone_Throws()
    {
        Assert.ThrowsExactly<InvalidOperationException>(() => ones([1]).backward());
        Assert.ThrowsExactly<NotSupportedException>(() => (ones([1], requires_grad: true) * 2).sum().backward(create_graph: true));
        Assert.ThrowsExactly<InvalidOperationException>(() => ones([2], int64).requires_grad_());
        Assert.ThrowsExactly<InvalidOperationException>(() => (ones([2], requires_grad: true) * 2).requires_grad_(false));
    }

    [TestMethod]
    public void InPlace_SavedTensorChanged_IsNoticed()
    {
        Tensor x = tensor([1f, 2], requires_grad: true), w = tensor([3f, 4]);
        Tensor y = (x * w).sum();

        w.add_(1);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => y.backward()).Message, "in place");
    }

    [TestMethod]
    public void InPlace_ViewOfSavedTensorChanged_IsNoticed()
    {
        Tensor x = tensor([1f, 2], requires_grad: true), w = tensor([3f, 4]);
        Tensor y = (x * w).sum();

        w[0].fill_(9);

        Assert.ThrowsExactly<InvalidOperationException>(() => y.backward());
    }

    [TestMethod]
    public void InPlace_LeafThatRequiresGrad_IsRefusedOutsideNoGrad()
    {
        Tensor x = tensor([1f, 2], requires_grad: true);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => x.mul_(2)).Message, "leaf");
        Assert.ThrowsExactly<InvalidOperationException>(() => x.zero_());
        Assert.ThrowsExactly<InvalidOperationException>(() => x[0] = tensor(1f));
        using (no_grad())
            x.mul_(2);

        CollectionAssert.AreEqual(new float[] { 2, 4 }, x.data<float>().ToArray());
        Assert.IsTrue(x.requires_grad && x.is_leaf);
    }

    [TestMethod]
    public void InPlace_ViewMadeBefore_IsRefusedAfterARecordedChange()
    {
        Tensor x = tensor([1f, 2], requires_grad: true), buffer = zeros([2]);
        Tensor part = buffer[0];

        buffer.add_(x);

        Assert.IsTrue(buffer.requires_grad);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => part * 2).Message, "view");
        Assert.ThrowsExactly<InvalidOperationException>(() => buffer[1].add_(x[0]));
    }

    [TestMethod]
    public void NoGrad_AndDetach_RecordNothing()
    {
        Tensor x = tensor([1f], requires_grad: true);
        Tensor y;
        using (no_grad())
        {
            y = x * 2;
            using (enable_grad())
                Assert.IsTrue((x * 2).requires_grad);
            Assert.IsFalse(is_grad_enabled());
        }
        Tensor z = (x.detach() * x).sum();
        z.backward();

        Assert.IsTrue(is_grad_enabled());
        Assert.IsFalse(y.requires_grad);
        Assert.AreEqual(1f, Grad(x)[0]);
    }

    [TestMethod]
    public void Grad_SetAndCleared_IsAViewOfWhatIsKept()
    {
        Tensor x = tensor([1f, 2], requires_grad: true);
        x.sum().backward();

        using (Tensor view = x.grad!)
            view.mul_(5);
        CollectionAssert.AreEqual(new float[] { 5, 5 }, Grad(x));
        Assert.ThrowsExactly<ArgumentException>(() => x.grad = ones([3]));
        x.grad = null;

        Assert.IsNull(x.grad);
    }

    [TestMethod]
    public void Backward_InputsDisposedAfterForward_StillWorks()
    {
        Tensor x = tensor([1f, 2], requires_grad: true);
        Tensor loss;
        using (var scope = NewDisposeScope())
        {
            Tensor w = tensor([3f, 4]);
            loss = scope.MoveToOuter((x * w).tanh().sum());
        }
        using (NewDisposeScope())
            for (int i = 0; i < 20; i++)
                _ = full([2], i + 0.5f); // takes any memory that was given back too early

        loss.backward();

        Assert.AreEqual(3 * (1 - Math.Pow(Math.Tanh(3), 2)), Grad(x)[0], 1e-5);
    }

    [TestMethod]
    public void Backward_FailedHalfWay_LeavesTheEngineUsable()
    {
        Tensor x = tensor([1f, 2], requires_grad: true), w = tensor([3f, 4]);
        Tensor bad = (x * w).sum() + (x * 2).sum();
        w.add_(1);
        Assert.ThrowsExactly<InvalidOperationException>(() => bad.backward());
        x.grad = null;

        (x * 3).sum().backward();

        CollectionAssert.AreEqual(new float[] { 3, 3 }, Grad(x));
        Assert.IsTrue(is_grad_enabled());
    }
}
