namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// Transitions with large errors more often (Schaul et al. 2016, algorithm 1, proportional): drawn with probability p^α / Σ p^α where p is the error
/// last seen, weighted by (1 / (N P))^β over the largest weight of the batch. A new transition gets the largest p so far. α 0.6 and β 0.4 as in CryoRL's public code.
/// </summary>
internal sealed class PrioritisedReplay(int capacity) : IReplay
{
    public const double Alpha = 0.6, Beta = 0.4;

    /// <summary>Added to every error, so that none is never drawn again.</summary>
    private const double Least = 1e-3;

    private readonly Ring _ring = new(capacity);
    private readonly SumTree _priorities = new(capacity);
    private int[] _drawn = [];
    private double _largest = 1;

    public int Count => _ring.Count;

    public void Add(Transition transition) => _priorities[_ring.Add(transition)] = _largest;

    public void Sample(Transition[] batch, float[] weights, Random random)
    {
        if (_drawn.Length != batch.Length)
            _drawn = new int[batch.Length];
        double least = double.PositiveInfinity;
        for (int i = 0; i < batch.Length; i++)
        {
            // One from each of as many equal parts of the sum.
            int place = _priorities.Find((i + random.NextDouble()) / batch.Length * _priorities.Total);
            (_drawn[i], batch[i]) = (place, _ring[place]);
            least = Math.Min(least, _priorities[place]);
        }
        for (int i = 0; i < batch.Length; i++)
            weights[i] = (float)Math.Pow(least / _priorities[_drawn[i]], Beta);
    }

    public void Learned(ReadOnlySpan<float> errors)
    {
        for (int i = 0; i < errors.Length; i++)
        {
            double priority = Math.Pow(errors[i] + Least, Alpha);
            _priorities[_drawn[i]] = priority;
            _largest = Math.Max(_largest, priority);
        }
    }
}
