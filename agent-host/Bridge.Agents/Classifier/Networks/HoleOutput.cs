using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>What the columns of a network's output (batch, <see cref="Count"/>) say: two logits, of bad and of good, and the standardised logarithm of the CTF value.</summary>
public static class HoleOutput
{
    public const int Count = 3, BadLogit = 0, GoodLogit = 1, LogCtf = 2;

    /// <summary>Mean and deviation of ln(CTF value / Å) that stand for 0 and 1: nearly those of a set of which a third is good.</summary>
    private const double MeanLog = 1.95, LogDeviation = 0.6;

    /// <summary>The two logits, (batch, 2).</summary>
    public static Tensor Logits(Tensor output) => output.narrow(1, BadLogit, 2);

    /// <summary>The standardised logarithm of the CTF value, (batch).</summary>
    public static Tensor Regression(Tensor output) => output.narrow(1, LogCtf, 1).flatten();

    /// <summary>What the regression should say of a CTF value in Å, above 0.</summary>
    public static float FromA(double ctfA) => (float)((Math.Log(ctfA) - MeanLog) / LogDeviation);

    /// <summary>The CTF value in Å that a regression says, from 1 to 100.</summary>
    public static double ToA(float regression) => Math.Clamp(Math.Exp(MeanLog + LogDeviation * regression), 1, 100);
}
