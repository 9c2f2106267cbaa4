using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Kernels;

/// <summary>Functions of one and two numbers against System.Math in double: every element, also near 0 and far out, at lengths that fill no register and at such that are shared between threads.</summary>
[TestClass]
public sealed class ElementwiseTests
{
    private static readonly (string Name, Func<Tensor, Tensor> Fast, Func<double, double> Slow, double Low, double High)[] s_unary =
    [
        ("relu", x => x.relu(), v => Math.Max(v, 0), -100, 100),
        ("leaky_relu", x => x.leaky_relu(0.1), v => v > 0 ? v : v * 0.1f, -100, 100),
        ("tanh", x => x.tanh(), Math.Tanh, -100, 100),
        ("sigmoid", x => x.sigmoid(), v => 1 / (1 + Math.Exp(-v)), -80, 80),
        ("silu", x => nn.functional.silu(x), v => v / (1 + Math.Exp(-v)), -80, 80),
        ("elu", x => nn.functional.elu(x, 1.5), v => v > 0 ? v : 1.5 * Expm1(v), -80, 80),
        ("softplus", x => nn.functional.softplus(x), v => v > 20 ? v : Math.Log(1 + Math.Exp(v)), -10, 80),
        ("exp", x => x.exp(), Math.Exp, -80, 80),
        ("expm1", x => x.expm1(), Expm1, -80, 80),
        ("log", x => x.log(), Math.Log, 1e-30, 1e30),
        ("log1p", x => x.log1p(), v => v < 1e-4 ? v - v * v / 2 : Math.Log(1 + v), 0, 1e30),
        ("sqrt", x => x.sqrt(), Math.Sqrt, 0, 1e30),
        ("rsqrt", x => x.rsqrt(), v => 1 / Math.Sqrt(v), 1e-30, 1e30),
        ("abs", x => x.abs(), Math.Abs, -100, 100),
        ("square", x => x.square(), v => v * v, -100, 100),
    ];

    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Fast, Func<double, double, double> Slow)[] s_binary =
    [
        ("add", (a, b) => a + b, (a, b) => a + b),
        ("sub", (a, b) => a - b, (a, b) => a - b),
        ("mul", (a, b) => a * b, (a, b) => a * b),
        ("div", (a, b) => a / b, (a, b) => a / b),
        ("maximum", (a, b) => maximum(a, b), Math.Max),
        ("minimum", (a, b) => minimum(a, b), Math.Min),
    ];

    [TestMethod]
    public void Unary_AnyLength_IsTheSlowOne()
    {
        var random = new System.Random(1);
        foreach (var (name, fast, slow, low, high) in s_unary)
            foreach (int length in new[] { 1, 7, 16, 37, 300, 40_001 })
            {
                float[] x = [.. Enumerable.Range(0, length).Select(i => Argument(random, i, low, high))];

                float[] y = fast(tensor(x)).data<float>().ToArray();

                for (int i = 0; i < length; i++)
                    AssertRelative(slow(x[i]), y[i], $"{name}({x[i]:R}), element {i} of {length}");
            }
    }

    [TestMethod]
    public void Binary_AnyShapesThatBroadcast_IsTheSlowOne()
    {
        var random = new System.Random(2);
        foreach (var (name, fast, slow) in s_binary)
            foreach (var (rows, columns, sizeA, sizeB) in new (int, int, long[], long[])[]
            {
                (1, 37, [37], [37]), (5, 19, [5, 19], [19]), (19, 5, [19, 1], [1, 5]), (3, 16, [1], [3, 16]), (2, 70_000, [2, 70_000], [2, 70_000]), (9, 3, [9, 3], [9, 1]),
            })
            {
                Tensor a = tensor(Values(random, sizeA), sizeA), b = tensor(Values(random, sizeB), sizeB);

                float[] y = fast(a, b).data<float>().ToArray();

                float[] wideA = a.expand(rows, columns).contiguous().data<float>().ToArray(), wideB = b.expand(rows, columns).contiguous().data<float>().ToArray();
                Assert.HasCount(rows * columns, y);
                for (int i = 0; i < y.Length; i++)
                    AssertRelative(slow(wideA[i], wideB[i]), y[i], $"{name}({wideA[i]:R}, {wideB[i]:R})", tiny: 1e-6);
            }
    }

    private static float[] Values(System.Random random, long[] sizes) => [.. Enumerable.Range(0, (int)sizes.Aggregate((a, b) => a * b)).Select(_ => (random.NextSingle() < 0.5f ? -1 : 1) * (0.1f + random.NextSingle()))];

    // The ends, zero, and numbers of every size between.
    private static float Argument(System.Random random, int index, double low, double high) => index switch
    {
        0 => (float)Math.Clamp(0, low, high),
        1 => (float)low,
        2 => (float)high,
        _ => (float)Math.Clamp((random.Next(2) * 2 - 1) * Math.Pow(10, random.NextDouble() * (Math.Log10(high) + 8) - 8), low, high),
    };

    private static double Expm1(double v) => Math.Abs(v) < 1e-4 ? v + v * v / 2 + v * v * v / 6 : Math.Exp(v) - 1;

    private static void AssertRelative(double expected, float actual, string what, double tiny = 1e-37)
        => Assert.IsTrue(Math.Abs(expected - actual) <= 2e-6 * Math.Abs(expected) + tiny, $"{what} is {actual:R}, not {expected:R}");
}
