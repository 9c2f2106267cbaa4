using Bridge.Torch.Kernels;

namespace Bridge.Torch.Tests.Kernels;

[TestClass]
public sealed class ConvolutionTests
{
    [TestMethod]
    public void Convolution_AnySizes_IsTheSlowOneWithBothGradients()
    {
        var random = new System.Random(4);
        for (int round = 0; round < 60; round++)
        {
            ConvSize s = Sizes(random, round);
            float[] x = Slow.Random(random, s.Batch * s.InChannels * s.Height * s.Width), w = Slow.Random(random, s.OutChannels * s.GroupIn * s.Taps), b = Slow.Random(random, s.OutChannels);
            float[] dy = Slow.Random(random, s.Batch * s.OutChannels * s.OutHeight * s.OutWidth);
            // What was there before must not matter.
            float[] y = Slow.Random(random, dy.Length), dx = Slow.Random(random, x.Length), dw = Slow.Random(random, w.Length), db = Slow.Random(random, b.Length);

            Convolution.Forward(s, x, w, round % 2 == 0 ? b : default, y);
            Convolution.Input(s, dy, w, default, dx);
            Convolution.Weights(s, x, dy, dw);
            Convolution.Bias(s.Batch, s.OutChannels, s.OutHeight * s.OutWidth, dy, db);

            double[] ey = new double[y.Length], ex = new double[x.Length], ew = new double[w.Length], eb = new double[b.Length];
            for (int i = 0; i < ey.Length; i++)
            {
                int o = i / (s.OutHeight * s.OutWidth) % s.OutChannels;
                ey[i] = round % 2 == 0 ? b[o] : 0;
                eb[o] += dy[i];
            }
            Slow.Convolve(s, (i, j, k) =>
            {
                ey[k] += (double)x[i] * w[j];
                ex[i] += (double)dy[k] * w[j];
                ew[j] += (double)dy[k] * x[i];
            });
            Slow.AssertClose(ey, y, s.GroupIn * s.Taps, $"y, {s}");
            Slow.AssertClose(ex, dx, s.GroupOut * s.Taps, $"dx, {s}");
            Slow.AssertClose(ew, dw, s.Batch * s.OutHeight * s.OutWidth, $"dw, {s}");
            Slow.AssertClose(eb, db, s.Batch * s.OutHeight * s.OutWidth, $"db, {s}");
        }
    }

    [TestMethod]
    public void Convolution_AnyNumberOfThreads_SameBits()
    {
        var random = new System.Random(5);
        foreach (int batch in new[] { 1, 9 })
        {
            var s = new ConvSize(batch, 16, 20, 18, 24, 3, 3) { PadY = 1, PadX = 1 };
            float[] x = Slow.Random(random, batch * 16 * 20 * 18), w = Slow.Random(random, 24 * 16 * 9), dy = Slow.Random(random, batch * 24 * 20 * 18);

            float[] one = With(1), two = With(2), three = With(3);

            CollectionAssert.AreEqual(one, two, $"batch {batch}");
            CollectionAssert.AreEqual(one, three, $"batch {batch}");

            float[] With(int threads) => ThreadCount.Run(threads, () =>
            {
                float[] y = new float[dy.Length], dx = new float[x.Length], dw = new float[w.Length];
                Convolution.Forward(s, x, w, default, y);
                Convolution.Input(s, dy, w, default, dx);
                Convolution.Weights(s, x, dy, dw);
                return (float[])[.. y, .. dx, .. dw];
            });
        }
    }

    [TestMethod]
    public void Forward_SpanTooShort_SaysSizes()
    {
        var size = new ConvSize(1, 1, 4, 4, 1, 3, 3);

        var e = Assert.ThrowsExactly<ArgumentException>(() => Convolution.Forward(size, new float[15], new float[9], default, new float[4]));

        StringAssert.Contains(e.Message, "15, 9, 0 and 4 floats");
    }

    private static ConvSize Sizes(System.Random random, int round)
    {
        int groups = random.Next(3) == 0 ? 2 : 1;
        while (true)
        {
            var s = new ConvSize(random.Next(1, 4), groups * random.Next(1, 8), random.Next(1, 10), random.Next(1, 10), groups * random.Next(1, 8), random.Next(1, 5), random.Next(1, 5))
            {
                StrideY = random.Next(1, 4), StrideX = random.Next(1, 4), PadY = random.Next(0, 4), PadX = random.Next(0, 4), DilationY = random.Next(1, 3), DilationX = random.Next(1, 3), Groups = groups,
            };
            if (round % 12 == 0)
                s = s with { InChannels = groups * 17, OutChannels = groups * 35 };
            if (s.Height + 2 * s.PadY > s.DilationY * (s.KernelHeight - 1) && s.Width + 2 * s.PadX > s.DilationX * (s.KernelWidth - 1))
                return s;
        }
    }
}
