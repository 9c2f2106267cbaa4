using Bridge.Torch.Kernels;

namespace Bridge.Torch.Tests.Kernels;

[TestClass]
public sealed class DenormalTests
{
    [TestMethod]
    public void Adam_GradientStaysZero_AveragesEndAtZero()
    {
        var step = new AdamStep(0.9f, 0.1f, 0.5f, 0.5f, 0.01f, 1, 1e-8f, 0, 1, 1);
        // 19: with a rest that fills no vector.
        float[] w = new float[19], g = new float[19], m = new float[19], v = new float[19];
        Array.Fill(m, 1);
        Array.Fill(v, 1);

        for (int i = 0; i < 1000; i++)
            step.Run(w, g, m, v, []);

        CollectionAssert.AreEqual(new float[19], m);
        CollectionAssert.AreEqual(new float[19], v);
        Assert.IsTrue(w.All(float.IsFinite));
    }

    [TestMethod]
    public void Flushed_EveryKindOfNumber_OnlyTheTinyBecomeZero()
    {
        float[] kept = [1, -1, 1.17549435e-38f, float.MaxValue, float.NegativeInfinity, float.NaN];

        CollectionAssert.AreEqual(kept, kept.Select(Denormal.Flushed).ToArray());
        Assert.AreEqual(0, Denormal.Flushed(1e-38f));
        Assert.AreEqual(0, Denormal.Flushed(-float.Epsilon));
    }
}
