using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Memory;

[TestClass]
public sealed class DisposeScopeTests
{
    [TestMethod]
    public void Dispose_TensorsMadeInside_AreGone_MovedOnesStay()
    {
        Tensor inner, moved, detached, outer;
        using (var first = NewDisposeScope())
        {
            using (var second = NewDisposeScope())
            {
                inner = ones([3]);
                moved = (inner * 2).MoveToOuterDisposeScope();
                detached = second.Detach(inner + 1);
                Assert.AreEqual(1, second.DisposablesCount, "only inner");
            }
            outer = ones([1]);
            Assert.IsTrue(inner.IsInvalid);
            Assert.IsFalse(moved.IsInvalid);
        }

        Assert.IsTrue(moved.IsInvalid && outer.IsInvalid);
        CollectionAssert.AreEqual(new float[] { 2, 2, 2 }, detached.data<float>().ToArray());
    }

    [TestMethod]
    public void Use_AfterDispose_NamesTheOperation()
    {
        Tensor x = ones([2, 3]), y = ones([3]);
        x.Dispose();
        x.Dispose();

        foreach ((string name, Action use) in new (string, Action)[]
        {
            ("add", () => _ = x + y), ("mul", () => _ = y * x), ("sum", () => x.sum()), ("tanh", () => x.tanh()), ("view", () => x.view(6)), ("matmul", () => x.matmul(y)),
            ("clone", () => x.clone()), ("index", () => _ = x[0]), ("item", () => x.item<float>()), ("cat", () => cat([x, x])), ("fill_", () => x.fill_(1)), ("copy_", () => x.copy_(y)),
            ("gather", () => x.gather(0, zeros([1, 1], int64))), ("softmax", () => x.softmax(0)), ("linear", () => nn.functional.linear(x, y)), ("dtype", () => _ = x.dtype),
        })
        {
            var thrown = Assert.ThrowsExactly<ObjectDisposedException>(use, name);
            StringAssert.Contains(thrown.Message, "[2, 3]", name);
        }
    }

    [TestMethod]
    public void Dispose_OfAView_LeavesTheOther()
    {
        Tensor x = tensor([1f, 2, 3, 4]);
        Tensor view = x.view(2, 2);

        x.Dispose();
        using (NewDisposeScope())
            for (int i = 0; i < 10; i++)
                _ = full([4], -1f);

        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4 }, view.data<float>().ToArray());
    }

    [TestMethod]
    public void TrainingStep_Repeated_TakesAllMemoryFromThePool()
    {
        Tensor x = randn([32, 16]), target = randn([32, 4]);
        Tensor w1 = randn([64, 16], requires_grad: true), b1 = zeros([64], requires_grad: true), w2 = randn([4, 64], requires_grad: true);
        void Step()
        {
            using var scope = NewDisposeScope();
            foreach (Tensor w in new[] { w1, b1, w2 })
                w.grad?.zero_();
            Tensor y = nn.functional.linear(nn.functional.linear(x, w1, b1).relu(), w2);
            nn.functional.smooth_l1_loss(y, target).backward();
            using (no_grad())
                foreach (Tensor w in new[] { w1, b1, w2 })
                    w.add_(w.grad!, -1e-3f);
        }
        for (int i = 0; i < 5; i++)
            Step();
        long waiting = Bridge.Torch.Memory.BufferPool.WaitingBytes, before = GC.GetAllocatedBytesForCurrentThread();

        const int Steps = 200;
        for (int i = 0; i < Steps; i++)
            Step();

        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Steps;
        Assert.IsLessThan(8_000, each, "bytes a step: objects only, the arrays (20 kB and more) come from the pool");
        Assert.IsLessThan(1_000_000, Math.Abs(Bridge.Torch.Memory.BufferPool.WaitingBytes - waiting), "the pool does not grow");
    }

    [TestMethod]
    public void Scope_ManyDisposedOneByOne_DoesNotGrow()
    {
        using var scope = NewDisposeScope();
        Tensor kept = ones([1]);

        for (int i = 0; i < 10_000; i++)
            ones([1]).Dispose();

        Assert.AreEqual(1, scope.DisposablesCount);
        Assert.IsTrue(scope.Contains(kept));
    }

    [TestMethod]
    public void Pool_SizeClasses_HoldWhatWasAskedFor_WithAQuarterToSpare()
    {
        int last = -1;
        for (int n = 1; n < 5000; n++)
        {
            int sizeClass = Bridge.Torch.Memory.BufferPool.ClassOf(n, out int size);
            Assert.IsTrue(size >= n && (n <= 16 || size <= n * 1.25), $"{n} → {size}");
            Assert.AreEqual(sizeClass, Bridge.Torch.Memory.BufferPool.ClassOf(size, out int same));
            Assert.AreEqual(size, same);
            Assert.IsTrue(sizeClass == last || sizeClass == last + 1);
            last = sizeClass;
        }
    }
}
