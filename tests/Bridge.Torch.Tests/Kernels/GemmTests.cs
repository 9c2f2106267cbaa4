using Bridge.Torch.Kernels;

namespace Bridge.Torch.Tests.Kernels;

[TestClass]
public sealed class GemmTests
{
    [TestMethod]
    public void Multiply_AnySizesAndStrides_IsTheSlowOne()
    {
        var random = new System.Random(1);
        for (int round = 0; round < 300; round++)
        {
            // Mostly small and odd; sometimes so long that k is cut, so wide that A is packed.
            bool large = round % 30 == 0;
            int m = random.Next(1, large ? 90 : 40), n = random.Next(1, large ? 300 : 70), k = random.Next(0, large ? 700 : 40);
            MatrixStrides sa = Strides(random, m, k), sb = Strides(random, k, n);
            float[] a = Slow.Random(random, (int)sa.Extent(m, k)), b = Slow.Random(random, (int)sb.Extent(k, n)), bias = Slow.Random(random, n);
            int rowC = n + random.Next(3), mode = random.Next(5);
            float[] before = Slow.Random(random, m * rowC), c = [.. before];

            if (mode >= 2)
                Gemm.MultiplyAdd(m, n, k, a, sa, b, sb, mode == 4 ? [] : bias, c, rowC, relu: mode > 2);
            else
                Gemm.Multiply(m, n, k, a, sa, b, sb, c, rowC, accumulate: mode == 1);

            double[] expected = Slow.Multiply(m, n, k, a, sa, b, sb, (i, j) => mode is 0 or 4 ? 0 : mode == 1 ? before[i * rowC + j] : bias[j]);
            if (mode > 2)
                expected = [.. expected.Select(x => Math.Max(x, 0))];
            string what = $"[{m}, {k}] {sa} x [{k}, {n}] {sb}, mode {mode}";
            Slow.AssertClose(expected, [.. Enumerable.Range(0, m * n).Select(at => c[at / n * rowC + at % n])], k, what);
            for (int at = 0; at < c.Length; at++)
                Assert.IsTrue(at % rowC < n || c[at] == before[at], what + ": the gap between rows was written");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(30)]
    public void MultiplyAdd_NaNBeforeTheRelu_StaysNaN(int rows)
    {
        float[] a = [.. Enumerable.Repeat(1f, rows * 20)], b = [.. Enumerable.Repeat(-1f, 20 * 40)], c = new float[rows * 40];
        b[3] = float.NaN;

        Gemm.MultiplyAdd(rows, 40, 20, a, MatrixStrides.RowMajor(20), b, MatrixStrides.RowMajor(40), [], c, 40, relu: true);

        for (int at = 0; at < c.Length; at++)
            Assert.AreEqual(at % 40 == 3 ? float.NaN : 0, c[at]);
    }

    [TestMethod]
    public void Multiply_AnyNumberOfThreads_SameBits()
    {
        var random = new System.Random(2);
        foreach ((int m, int n, int k) in new[] { (200, 180, 400), (7, 700, 300), (700, 7, 300), (129, 257, 65) })
        {
            float[] a = Slow.Random(random, m * k), b = Slow.Random(random, k * n);

            float[] one = With(1), two = With(2), five = With(5);

            CollectionAssert.AreEqual(one, two, $"{m}, {n}, {k}");
            CollectionAssert.AreEqual(one, five, $"{m}, {n}, {k}");

            float[] With(int threads) => ThreadCount.Run(threads, () =>
            {
                var c = new float[m * n];
                Gemm.Multiply(m, n, k, a, MatrixStrides.RowMajor(k), b, MatrixStrides.RowMajor(n), c, n);
                return c;
            });
        }
    }

    [TestMethod]
    public unsafe void RunPacked_WideAndLong_IsTheSlowOne()
    {
        var random = new System.Random(3);
        foreach ((int m, int n, int k) in new[] { (3, 70, 20), (5, 40, 700), (2, 4100, 330) })
        {
            float[] a = Slow.Random(random, m * k), b = Slow.Random(random, k * n), packed = new float[Gemm.PackedCount(n, k)], c = new float[m * n];

            fixed (float* pa = a, pb = b, pp = packed, pc = c)
            {
                Gemm.Pack(n, k, pb, new(1, k), pp);
                Gemm.RunPacked(m, n, k, pa, new(k, 1), pp, pc, n, null, 0);
            }

            Slow.AssertClose(Slow.Multiply(m, n, k, a, new(k, 1), b, new(1, k), (_, _) => 0), c, k, $"{m}, {n}, {k}");
        }
    }

    [TestMethod]
    public void Multiply_SpanTooShort_SaysSizes()
    {
        var e = Assert.ThrowsExactly<ArgumentException>(() => Gemm.Multiply(2, 2, 3, new float[5], new(3, 1), new float[6], new(2, 1), new float[4], 2));

        StringAssert.Contains(e.Message, "[2, 3] x [3, 2]");
    }

    private static MatrixStrides Strides(System.Random random, int rows, int columns) => random.Next(4) switch
    {
        0 => new(1, rows),
        1 => new(2, 2 * rows),
        2 => new(columns + 3, 1),
        _ => new(columns, 1),
    };
}
