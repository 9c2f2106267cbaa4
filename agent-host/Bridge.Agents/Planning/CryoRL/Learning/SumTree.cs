namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>Numbers of which one is drawn in proportion to its size, in O(log n) (Schaul et al. 2016, appendix B.2.1).</summary>
internal sealed class SumTree
{
    private readonly int _leaves;
    private readonly double[] _sums; // node 1 is the root, node i has children 2i and 2i + 1

    public SumTree(int count)
    {
        _leaves = 1;
        while (_leaves < count)
            _leaves *= 2;
        _sums = new double[2 * _leaves];
    }

    /// <summary>Sum of all numbers.</summary>
    public double Total => _sums[1];

    /// <summary>A number, 0 or more. Sums are made anew from both children, so that rounding does not pile up.</summary>
    public double this[int index]
    {
        get => _sums[_leaves + index];
        set
        {
            int node = _leaves + index;
            _sums[node] = value;
            for (node /= 2; node > 0; node /= 2)
                _sums[node] = _sums[2 * node] + _sums[2 * node + 1];
        }
    }

    /// <summary>The index at which the running sum first exceeds a number.</summary>
    /// <param name="sum">0 or more, below <see cref="Total"/>.</param>
    public int Find(double sum)
    {
        int node = 1;
        while (node < _leaves)
        {
            node *= 2;
            // Never into a branch of zeros, even where rounding has the sum a little too high.
            if (sum >= _sums[node] && _sums[node + 1] > 0)
                sum -= _sums[node++];
        }
        return node - _leaves;
    }
}
