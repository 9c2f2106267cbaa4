using Bridge.Agents.AdaptiveScan.Simulation;

namespace Bridge.Agents.AdaptiveScan.Environment;

/// <summary>Correlated exploration noise (Uhlenbeck and Ornstein 1930): e &lt;- e + theta (0 - e) + sigma W, from e = 0. One for each scan.</summary>
public sealed class OrnsteinUhlenbeck(double theta, double sigma, Random random)
{
    private double _value;

    /// <summary>The next value, rad.</summary>
    public double Next() => _value += -theta * _value + sigma * Poisson.Gaussian(random);
}
