using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Kernels;

/// <summary>Sums, extremes, softmax, normalisation and recurrent gates, written plainly in double beside the kernels.</summary>
[TestClass]
public sealed class ReductionTests
{
    private static readonly (int Outer, int Length, int Inner)[] s_sizes = [(1, 1, 1), (3, 17, 1), (5, 64, 1), (4, 33, 7), (2, 5000, 1), (300, 3, 40), (1, 9001, 2)];

    [TestMethod]
    public void Reductions_AnyDimension_AreTheSlowOnes()
    {
        var random = new System.Random(1);
        foreach (var (outer, length, inner) in s_sizes)
        {
            Tensor x = tensor(Slow.Random(random, outer * length * inner), [outer, length, inner]);
            string what = $"({outer}, {length}, {inner})";

            Slow.AssertClose(Each(x, v => [v.Sum()]), Numbers(x.sum(1)), length, "sum " + what);
            Slow.AssertClose(Each(x, v => [v.Average()]), Numbers(x.mean([1])), 1, "mean " + what);
            Slow.AssertClose(Each(x, v => [v.Max()]), Numbers(x.amax([1])), 0, "max " + what);
            Slow.AssertClose(Each(x, v => [v.Min()]), Numbers(x.amin([1])), 0, "min " + what);
            Slow.AssertClose(Each(x, v => [Array.IndexOf(v, v.Max())]), Numbers(x.argmax(1).to(float32)), 0, "argmax " + what);
            if (length > 1)
                Slow.AssertClose(Each(x, v => [Variance(v) * length / (length - 1)]), Numbers(x.var([1])), 1, "var " + what);
        }
    }

    [TestMethod]
    public void Softmax_AnyDimension_IsTheSlowOne()
    {
        var random = new System.Random(2);
        foreach (var (outer, length, inner) in s_sizes)
        {
            Tensor x = tensor(Slow.Random(random, outer * length * inner), [outer, length, inner]) * 30;

            Slow.AssertClose(Each(x, v => Softmax(v)), Numbers(x.softmax(1)), 1, $"softmax ({outer}, {length}, {inner})");
            Slow.AssertClose(Each(x, v => [.. Softmax(v).Select(p => Math.Log(p))]), Numbers(x.log_softmax(1)), 100, $"log_softmax ({outer}, {length}, {inner})");   // numbers up to 40
        }
    }

    [TestMethod]
    public void Normalisation_AnySize_IsTheSlowOne()
    {
        var random = new System.Random(3);
        foreach (var (outer, length, inner) in s_sizes)
        {
            if (length == 1)
                continue;
            Tensor x = tensor(Slow.Random(random, outer * length * inner), [outer, length, inner]), weight = tensor(Slow.Random(random, length)), bias = tensor(Slow.Random(random, length));
            float[] w = Numbers(weight), b = Numbers(bias);
            Tensor rows = x.transpose(1, 2).contiguous();   // (outer, inner, length)

            float[] layer = Numbers(nn.functional.layer_norm(rows, [length], weight, bias));

            Slow.AssertClose(Each(rows.transpose(1, 2), v => LayerNorm(v, w, b)), Numbers(tensor(layer, rows.shape).transpose(1, 2).contiguous()), 16, $"layer_norm {length}");
        }
    }

    [TestMethod]
    public void Lstm_OneStep_IsTheSlowOne()
    {
        foreach (int hidden in new[] { 1, 5, 16, 33 })
        {
            var cell = nn.LSTMCell(3, hidden);
            Tensor x = randn(4, 3), h = randn(4, hidden), c = randn(4, hidden);
            float[] gates = Numbers(nn.functional.linear(x, cell.weight_ih, cell.bias_ih) + nn.functional.linear(h, cell.weight_hh, cell.bias_hh)), before = Numbers(c);

            (Tensor newH, Tensor newC) = cell.call(x, (h, c));

            var (expectedH, expectedC) = (new double[4 * hidden], new double[4 * hidden]);
            for (int at = 0; at < 4 * hidden; at++)   // Hochreiter and Schmidhuber 1997 with a forget gate; PyTorch's order i, f, g, o
            {
                double Gate(int k) => gates[at / hidden * 4 * hidden + k * hidden + at % hidden];
                expectedC[at] = Sigmoid(Gate(1)) * before[at] + Sigmoid(Gate(0)) * Math.Tanh(Gate(2));
                expectedH[at] = Sigmoid(Gate(3)) * Math.Tanh(expectedC[at]);
            }
            Slow.AssertClose(expectedC, Numbers(newC), 4, $"c, hidden {hidden}");
            Slow.AssertClose(expectedH, Numbers(newH), 4, $"h, hidden {hidden}");
        }
    }

    [TestMethod]
    public void Gru_OneStep_IsTheSlowOne()
    {
        foreach (int hidden in new[] { 1, 5, 16, 33 })
        {
            var cell = nn.GRUCell(3, hidden);
            Tensor x = randn(4, 3), h = randn(4, hidden);
            float[] input = Numbers(nn.functional.linear(x, cell.weight_ih, cell.bias_ih)), state = Numbers(nn.functional.linear(h, cell.weight_hh, cell.bias_hh)), before = Numbers(h);

            float[] after = Numbers(cell.call(x, h));

            var expected = new double[4 * hidden];
            for (int at = 0; at < expected.Length; at++)   // Cho et al. 2014 as PyTorch has it, order r, z, n
            {
                int row = at / hidden * 3 * hidden + at % hidden;
                double r = Sigmoid(input[row] + state[row]), z = Sigmoid(input[row + hidden] + state[row + hidden]), n = Math.Tanh(input[row + 2 * hidden] + r * state[row + 2 * hidden]);
                expected[at] = (1 - z) * n + z * before[at];
            }
            Slow.AssertClose(expected, after, 4, $"hidden {hidden}");
        }
    }

    /// <summary>Applies a function to every line along dimension 1 of (outer, length, inner); the results are laid out like that again.</summary>
    private static double[] Each(Tensor x, Func<double[], double[]> function)
    {
        float[] values = Numbers(x.contiguous());
        int outer = (int)x.shape[0], length = (int)x.shape[1], inner = (int)x.shape[2], made = 0;
        double[]? y = null;
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                double[] line = function([.. Enumerable.Range(0, length).Select(l => (double)values[(o * length + l) * inner + i])]);
                y ??= new double[outer * (made = line.Length) * inner];
                for (int l = 0; l < made; l++)
                    y[(o * made + l) * inner + i] = line[l];
            }
        return y!;
    }

    private static double Variance(double[] v)
    {
        double mean = v.Average();
        return v.Average(value => (value - mean) * (value - mean));
    }

    private static double[] LayerNorm(double[] v, float[] weight, float[] bias)
    {
        double mean = v.Average(), deviation = Math.Sqrt(Variance(v) + 1e-5);
        return [.. v.Select((value, i) => (value - mean) / deviation * weight[i] + bias[i])];
    }

    private static double[] Softmax(double[] v)
    {
        double most = v.Max(), sum = v.Sum(value => Math.Exp(value - most));
        return [.. v.Select(value => Math.Exp(value - most) / sum)];
    }

    private static double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));

    private static float[] Numbers(Tensor x) => x.data<float>().ToArray();
}
