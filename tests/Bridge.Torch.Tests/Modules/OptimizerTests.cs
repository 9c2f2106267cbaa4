using Bridge.Torch.Tests.Kernels;
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
    public void ZeroGrad_ThenStep_CountsTheGradientAsZero()
    {
        Parameter trained = nn.Parameter(ones(2)), idle = nn.Parameter(ones(2));
        using SGD optimiser = optim.SGD([trained, idle], 1, momentum: 0.5);
        (trained.grad, idle.grad) = (ones(2), ones(2));
        optimiser.step();

        optimiser.zero_grad();
        (trained * 3).sum().backward();
        optimiser.step();

        Assert.AreEqual(2 * (1 - 1 - 3.5f), trained.sum().item<float>(), 1e-6f);
        Assert.AreEqual(2 * (1 - 1 - 0.5f), idle.sum().item<float>(), 1e-6f);   // its momentum goes on
    }

    [TestMethod]
    public void ZeroGrad_Gradient_IsReadAsZerosAndAddedTo()
    {
        Parameter x = nn.Parameter(ones(2));
        using SGD optimiser = optim.SGD([x], 1);
        x.grad = ones(2);

        optimiser.zero_grad();
        optimiser.zero_grad();

        CollectionAssert.AreEqual(new float[] { 0, 0 }, x.grad!.data<float>().ToArray());
        for (int i = 0; i < 2; i++)
            (x * 2).sum().backward();
        CollectionAssert.AreEqual(new float[] { 4, 4 }, x.grad!.data<float>().ToArray());
    }

    [TestMethod]
    public void ZeroGrad_GradientThatSomebodyHolds_IsZeroThereToo()
    {
        Parameter x = nn.Parameter(ones(2)), never = nn.Parameter(ones(2));
        using SGD optimiser = optim.SGD([x, never], 1);
        x.grad = ones(2);
        using Tensor held = x.grad!;

        optimiser.zero_grad();
        (x * 2).sum().backward();

        CollectionAssert.AreEqual(new float[] { 2, 2 }, held.data<float>().ToArray());
        Assert.IsNull(never.grad);
    }

    [TestMethod]
    public void Step_ManyParametersOfManyBlocks_IsTheSameForAnyThreadsAndForThePartsAlone()
    {
        long[] sizes = [3, 5000, 0, 1, 4096, 70_000, 2];

        float[][] one = ThreadCount.Run(1, () => StepAll(sizes)), two = ThreadCount.Run(2, () => StepAll(sizes)), alone = [.. sizes.SelectMany(size => StepAll([size]))];

        for (int i = 0; i < sizes.Length; i++)
        {
            CollectionAssert.AreEqual(one[i], two[i]);
            CollectionAssert.AreEqual(one[i], alone[i]);
        }
    }

    /// <summary>Three steps of Adam with AMSGrad; a gradient depends only on its index. The second gradient is not contiguous.</summary>
    private static float[][] StepAll(long[] sizes)
    {
        Parameter[] parameters = [.. sizes.Select(size => nn.Parameter(ones(size)))];
        using Adam optimiser = optim.Adam(parameters, 0.1, amsgrad: true);
        for (int step = 1; step <= 3; step++)
        {
            foreach (Parameter parameter in parameters)
                parameter.grad = step == 2 ? arange(2 * parameter.shape[0]).to(float32)[TensorIndex.Slice(null, null, 2)].sin() : (arange(parameter.shape[0]).to(float32) * step).cos();
            optimiser.step();
        }
        return [.. parameters.Select(parameter => parameter.data<float>().ToArray())];
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
