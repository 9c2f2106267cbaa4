using Bridge.Torch.Kernels;

namespace Bridge.Torch.Tests.Kernels;

[TestClass]
public sealed class PoolingTests
{
    [TestMethod]
    public void MaxAndAverage_AnySizes_AreTheSlowOnes()
    {
        var random = new System.Random(6);
        for (int round = 0; round < 60; round++)
        {
            int kernel = random.Next(1, 4), stride = random.Next(1, 4), pad = random.Next(0, kernel / 2 + 1), height = random.Next(4, 9), width = random.Next(4, 9);
            bool ceil = random.Next(2) == 0, countPad = random.Next(2) == 0;
            var s = new PoolSize(3, height, width, PoolSize.Outputs(height, kernel, stride, pad, 1, ceil), PoolSize.Outputs(width, kernel, stride, pad, 1, ceil))
            {
                KernelHeight = kernel, KernelWidth = kernel, StrideY = stride, StrideX = stride, PadY = pad, PadX = pad,
            };
            float[] x = Slow.Random(random, 3 * height * width);
            int outputs = 3 * s.OutHeight * s.OutWidth;
            float[] max = new float[outputs], mean = new float[outputs];
            var index = new int[outputs];

            Pooling.Max(s, x, max, index);
            Pooling.Average(s, countPad, x, mean);

            for (int at = 0; at < outputs; at++)
            {
                int plane = at / (s.OutHeight * s.OutWidth), i = at / s.OutWidth % s.OutHeight, j = at % s.OutWidth, inside = 0, padded = 0;
                double most = double.NegativeInfinity, sum = 0;
                for (int y = i * stride - pad; y < i * stride - pad + kernel; y++)
                    for (int z = j * stride - pad; z < j * stride - pad + kernel; z++)
                    {
                        padded += y < height + pad && z < width + pad ? 1 : 0;
                        if (y < 0 || z < 0 || y >= height || z >= width)
                            continue;
                        double value = x[(plane * height + y) * width + z];
                        most = Math.Max(most, value);
                        sum += value;
                        inside++;
                    }
                Assert.AreEqual((float)most, max[at], $"{s}, output {at}");
                Assert.AreEqual(max[at], x[plane * height * width + index[at]], $"{s}, index {at}");
                Assert.AreEqual(sum / (countPad ? padded : inside), mean[at], 1e-6, $"{s}, mean {at}");
            }
        }
    }

    [TestMethod]
    public void Max_NaN_Wins()
    {
        var s = new PoolSize(1, 2, 2, 1, 1) { KernelHeight = 2, KernelWidth = 2, StrideY = 2, StrideX = 2 };
        var y = new float[1];
        var index = new int[1];

        Pooling.Max(s, [1, float.NaN, 3, 2], y, index);

        Assert.IsTrue(float.IsNaN(y[0]));
    }
}
