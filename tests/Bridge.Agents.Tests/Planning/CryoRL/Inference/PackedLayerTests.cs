using Bridge.Agents.Planning.CryoRL.Inference;

namespace Bridge.Agents.Tests.Planning.CryoRL.Inference;

[TestClass]
public sealed class PackedLayerTests
{
    [TestMethod]
    [DataRow(6, 1, 1, false)]
    [DataRow(6, 17, 51, true)]
    [DataRow(48, 128, 256, true)]
    [DataRow(12, 3, 33, false)]
    public void Apply_AnySize_IsThePlainProduct(int rows, int inputs, int outputs, bool relu)
    {
        var random = new Random(1);
        float[] weight = Numbers(random, outputs * inputs), bias = Numbers(random, outputs), x = Numbers(random, rows * (inputs + 2));
        var layer = new PackedLayer(weight, bias);
        float[] y = new float[rows * layer.Stride];

        layer.Apply(rows, x, inputs + 2, layer.Bias, relu, y);

        for (int row = 0; row < rows; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                double sum = bias[output];
                for (int input = 0; input < inputs; input++)
                    sum += (double)weight[output * inputs + input] * x[row * (inputs + 2) + input];
                Assert.AreEqual(relu ? Math.Max(sum, 0) : sum, y[row * layer.Stride + output], 1e-5, $"row {row}, output {output}");
            }
        }
    }

    [TestMethod]
    [DataRow(5, 17, 4)]
    [DataRow(6, 16, 4)]
    [DataRow(6, 17, 3)]
    public void Apply_SizesThatDoNotFit_AreRefused(int rows, int strideX, int outputRows)
    {
        var layer = new PackedLayer(new float[4 * 17], new float[4]);

        Assert.ThrowsExactly<ArgumentException>(() => layer.Apply(rows, new float[6 * 17], strideX, layer.Bias, relu: false, new float[outputRows == 4 ? 6 * layer.Stride : 5 * layer.Stride]));
    }

    private static float[] Numbers(Random random, int count)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)(random.NextDouble() - 0.5);
        return numbers;
    }
}
