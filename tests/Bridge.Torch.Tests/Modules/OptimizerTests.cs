using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Modules;

[TestClass]
public sealed class OptimizerTests
{
    [TestMethod]
    public void ParamGroups_OwnSettings_AreUsed()
    {
        Parameter fast = nn.Parameter(ones(2)), slow = nn.Parameter(ones(2));
        using SGD optimiser = optim.SGD(new[] { new SGD.ParamGroup([fast], new SGD.Options { LearningRate = 1 }), new SGD.ParamGroup([slow]) }, 0.1);
        (fast.grad, slow.grad) = (ones(2), ones(2));

        optimiser.step();

        Assert.AreEqual(0f, fast.sum().item<float>(), 1e-6f);
        Assert.AreEqual(1.8f, slow.sum().item<float>(), 1e-6f);
        CollectionAssert.AreEqual(new[] { 1.0, 0.1 }, optimiser.ParamGroups.Select(group => group.LearningRate).ToArray());
    }

    [TestMethod]
    public void Step_ParameterWithoutGradient_IsLeftAlone()
    {
        Parameter trained = nn.Parameter(ones(2)), idle = nn.Parameter(ones(2));
        using Adam optimiser = optim.Adam([trained, idle], 0.1);
        trained.grad = ones(2);

        optimiser.step();

        Assert.IsLessThan(2, trained.sum().item<float>());
        Assert.AreEqual(2, idle.sum().item<float>());
    }

    [TestMethod]
    public void Step_Closure_IsRunWithGradients()
    {
        Parameter x = nn.Parameter(ones(2));
        using SGD optimiser = optim.SGD([x], 0.1);
        using IDisposable noGrad = no_grad();

        using Tensor? loss = optimiser.step(() =>
        {
            optimiser.zero_grad();
            Tensor square = (x * x).sum();
            square.backward();
            return square;
        });

        Assert.AreEqual(2f, loss!.item<float>());
        Assert.AreEqual(1.6f, x.sum().item<float>(), 1e-6f);
    }

    [TestMethod]
    public void Step_InPlace_IsSeenByASavedTensor()
    {
        Parameter w = nn.Parameter(ones(2));
        using SGD optimiser = optim.SGD([w], 0.1);
        Tensor loss = (w * w).sum();
        w.grad = ones(2);

        optimiser.step();

        InvalidOperationException e = Assert.ThrowsExactly<InvalidOperationException>(() => loss.backward());
        Assert.Contains("in place", e.Message);
    }

    [TestMethod]
    public void New_WrongSettings_AreRefusedByName()
    {
        Parameter[] one = [nn.Parameter(ones(1))];

        Assert.Contains("learning rate", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => optim.SGD(one, -1)).Message);
        Assert.Contains("learning rate", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => optim.Adam(one, double.NaN)).Message);
        Assert.Contains("beta2", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => optim.AdamW(one, beta2: 1)).Message);
        Assert.Contains("nesterov", Assert.ThrowsExactly<ArgumentException>(() => optim.SGD(one, 0.1, nesterov: true)).Message);
        Assert.Contains("alpha", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => optim.RMSProp(one, alpha: 2)).Message);
        Assert.Contains("no parameter", Assert.ThrowsExactly<ArgumentException>(() => optim.Adam(Array.Empty<Parameter>())).Message);
        Assert.Contains("twice", Assert.ThrowsExactly<ArgumentException>(() => optim.Adam([one[0], one[0]])).Message);
    }

    [TestMethod]
    public void ClipGradNorm_NaN_IsTold()
    {
        Parameter x = nn.Parameter(ones(2));
        x.grad = tensor(new[] { float.NaN, 1 });

        Assert.IsTrue(double.IsNaN(nn.utils.clip_grad_norm_([x], 1)));
    }

    [TestMethod]
    public void Schedule_TwoGroups_KeepsTheirRatio()
    {
        using Adam optimiser = optim.Adam(new[] { new Adam.ParamGroup([nn.Parameter(ones(1))], 0.4), new Adam.ParamGroup([nn.Parameter(ones(1))]) }, 0.1);
        optim.lr_scheduler.LRScheduler schedule = optim.lr_scheduler.ExponentialLR(optimiser, 0.5);

        schedule.step();
        schedule.step();

        CollectionAssert.AreEqual(new[] { 0.1, 0.025 }, schedule.get_last_lr().ToArray());
    }
}
