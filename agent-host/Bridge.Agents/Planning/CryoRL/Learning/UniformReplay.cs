namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>All transitions alike (Mnih et al. 2013).</summary>
internal sealed class UniformReplay(int capacity) : IReplay
{
    private readonly Ring _ring = new(capacity);

    public int Count => _ring.Count;

    public void Add(Transition transition) => _ring.Add(transition);

    public void Sample(Transition[] batch, float[] weights, Random random)
    {
        for (int i = 0; i < batch.Length; i++)
            (batch[i], weights[i]) = (_ring[random.Next(_ring.Count)], 1);
    }

    public void Learned(ReadOnlySpan<float> errors)
    {
        // Errors do not matter here.
    }
}
