namespace Bridge.Agents.Planning.Bayes;

/// <summary>One draw from the beliefs, made again from its numbers alone: nothing is stored, and a resumed session draws the same.</summary>
internal readonly record struct ThompsonDraw(int Seed, int Number)
{
    /// <summary>The view that holds in this draw.</summary>
    /// <param name="weights">By view; they add up to 1.</param>
    public int View(ReadOnlySpan<double> weights)
    {
        double left = Uniform(Mix(0, 0));
        for (int view = 0; view < weights.Length; view++)
        {
            left -= weights[view];
            if (left < 0)
                return view;
        }
        return weights.Length - 1;
    }

    /// <summary>Standard normal; half of its variance is common to the parts of a square.</summary>
    public double Deviation(int square, int part) => (Normal(Mix(1, square)) + Normal(Mix(2, part))) / Math.Sqrt(2);

    private ulong Mix(int kind, int index) => SplitMix(SplitMix(((ulong)(uint)Seed << 32) | (uint)Number) ^ (((ulong)(uint)kind << 32) | (uint)index));

    private static double Normal(ulong bits) => Math.Sqrt(-2 * Math.Log(1 - Uniform(bits))) * Math.Cos(2 * Math.PI * Uniform(SplitMix(bits)));

    private static double Uniform(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>SplitMix64's step and finaliser (public domain, S. Vigna): the same on every machine.</summary>
    private static ulong SplitMix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
