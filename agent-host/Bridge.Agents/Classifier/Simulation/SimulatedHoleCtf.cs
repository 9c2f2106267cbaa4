using Bridge.Agents.Planning.Simulation;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>CTF values of simulated holes.</summary>
internal static class SimulatedHoleCtf
{
    // CTF = 2 + 18 / (1 + exp(-B × (badness - b))) in Å, as the simulated grid's; b is where the curve passes 6 Å.
    private const double LowestA = 2, SpanA = 18, B = 1.272;

    /// <param name="shown">(holes): badness that the pictures show, mean 0 and variance 1.</param>
    /// <param name="hidden">Likewise, what they do not show.</param>
    /// <returns>(holes): measured values in Å, from 2 to 20.</returns>
    public static double[] Measure(double[] shown, double[] hidden, HoleSimulatorSettings settings, Random random)
    {
        double[] badness = new double[shown.Length];
        double rest = Math.Sqrt(1 - settings.Shown * settings.Shown);
        for (int i = 0; i < badness.Length; i++)
            badness[i] = settings.Shown * shown[i] + rest * hidden[i];
        double[] sorted = [.. badness.Order()];
        double good = sorted[Math.Clamp((int)(settings.GoodShare * sorted.Length), 0, sorted.Length - 1)], atSix = Math.Log((HoleSet.GoodUpToA - LowestA) / (LowestA + SpanA - HoleSet.GoodUpToA));
        for (int i = 0; i < badness.Length; i++)
        {
            double trueA = LowestA + SpanA / (1 + Math.Exp(-atSix - B * (badness[i] - good))), noise = Math.Exp(settings.CtfNoise * SimulatedCtf.Normal(random));
            badness[i] = random.NextDouble() < settings.FailedFits ? 3 + 17 * random.NextDouble() : Math.Clamp(trueA * noise, LowestA, LowestA + SpanA);
        }
        return badness;
    }
}
