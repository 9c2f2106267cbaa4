namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>Counts of electrons.</summary>
public static class Poisson
{
    /// <summary>From here the normal distribution is close enough: skewness below 0.16.</summary>
    private const double Many = 40;

    /// <param name="mean">From 0.</param>
    public static int Draw(double mean, Random random)
    {
        if (mean >= Many)
            return (int)Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Gaussian(random)));
        // Knuth: the arrivals of a unit of time.
        double left = Math.Exp(-mean);
        int count = 0;
        for (double product = random.NextDouble(); product > left; product *= random.NextDouble())
            count++;
        return count;
    }

    /// <summary>A standard normal number (Box and Muller).</summary>
    public static double Gaussian(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
