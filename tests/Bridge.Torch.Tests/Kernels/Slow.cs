using Bridge.Torch.Kernels;

namespace Bridge.Torch.Tests.Kernels;

/// <summary>The kernels written plainly, in double: the judges of the fast ones.</summary>
internal static class Slow
{
    public static float[] Random(System.Random random, int count)
    {
        var x = new float[count];
        for (int i = 0; i < count; i++)
            x[i] = random.NextSingle() - 0.5f;
        return x;
    }

    public static double[] Multiply(int m, int n, int k, float[] a, MatrixStrides sa, float[] b, MatrixStrides sb, Func<int, int, double> start)
    {
        var c = new double[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = start(i, j);
                for (int p = 0; p < k; p++)
                    sum += (double)a[i * sa.Row + p * sa.Column] * b[p * sb.Row + j * sb.Column];
                c[i * n + j] = sum;
            }
        return c;
    }

    /// <summary>Calls visit(index in x, index in w, index in y) for every product of a convolution.</summary>
    public static void Convolve(ConvSize s, Action<int, int, int> visit)
    {
        for (int n = 0; n < s.Batch; n++)
            for (int o = 0; o < s.OutChannels; o++)
                for (int i = 0; i < s.OutHeight; i++)
                    for (int j = 0; j < s.OutWidth; j++)
                        for (int c = 0; c < s.GroupIn; c++)
                            for (int u = 0; u < s.KernelHeight; u++)
                                for (int v = 0; v < s.KernelWidth; v++)
                                {
                                    int y = i * s.StrideY + u * s.DilationY - s.PadY, x = j * s.StrideX + v * s.DilationX - s.PadX;
                                    if (y >= 0 && x >= 0 && y < s.Height && x < s.Width)
                                        visit(((n * s.InChannels + o / s.GroupOut * s.GroupIn + c) * s.Height + y) * s.Width + x, (o * s.GroupIn + c) * s.Taps + u * s.KernelWidth + v,
                                            ((n * s.OutChannels + o) * s.OutHeight + i) * s.OutWidth + j);
                                }
    }

    /// <summary>Fails where two differ by more than float rounding of sums of that many terms below 1.</summary>
    public static void AssertClose(double[] expected, float[] actual, int terms, string what)
    {
        double tolerance = 1e-6 * (1 + Math.Sqrt(terms));
        Assert.AreEqual(expected.Length, actual.Length, what);
        for (int i = 0; i < expected.Length; i++)
            Assert.IsTrue(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{what}: element {i} is {actual[i]}, not {expected[i]}");
    }
}
