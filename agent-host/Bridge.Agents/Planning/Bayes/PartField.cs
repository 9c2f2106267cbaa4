namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// The effects of the holes of one part: square's effect + patch effect ~ N(0, v) + neighbourhood ~ a Gaussian process with covariance
/// n exp(-d / range). Results are Gaussian sites; with B = covariance of the sites + their variances = L Lᵀ, given the square's effect s the
/// effect of a hole with covariances k to the sites is s + kᵀB⁻¹(sites − s). The sums behind it grow by one site in O(m²), and every message is O(1).
/// </summary>
internal sealed class PartField
{
    private readonly double _patchVariance, _neighbourVariance;
    private readonly List<double[]> _rows = [];     // of L, without its diagonal
    private readonly List<double> _diagonal = [];
    private readonly List<int> _places = [];        // of the sites
    private readonly List<double> _ones = [], _values = []; // L⁻¹1, L⁻¹sites
    private readonly double[] _one, _value, _square; // by place: c·L⁻¹1, c·L⁻¹sites, c·c with c = L⁻¹k

    public PartField(int holes, double patchVariance, double neighbourVariance)
    {
        (_patchVariance, _neighbourVariance) = (patchVariance, neighbourVariance);
        (_one, _value, _square) = (new double[holes], new double[holes], new double[holes]);
    }

    /// <summary>What the sites say about the square's effect.</summary>
    public Evidence Message { get; private set; }

    /// <summary>The effect of the hole at a place.</summary>
    /// <param name="square">Belief about the square's effect, all results included.</param>
    public Belief At(int place, Belief square)
    {
        double rest = 1 - _one[place];
        return new Belief(square.Mean * rest + _value[place],
            Math.Max(1e-9, _patchVariance + _neighbourVariance - _square[place]) + square.Variance * rest * rest);
    }

    /// <summary>Takes in a result as a Gaussian in the effect of a hole.</summary>
    /// <param name="closeness">exp(-distance / range) between places, row by row.</param>
    /// <param name="precision">Above 0.</param>
    public void Add(int place, double mean, double precision, ReadOnlySpan<double> closeness)
    {
        int sites = _places.Count;
        Span<double> before = stackalloc double[Parts.MaxHoles];
        double[] row = new double[sites];
        Solve(place, closeness, row);
        double rest = _patchVariance + _neighbourVariance + 1 / precision, one = 1, value = mean;
        for (int i = 0; i < sites; i++)
        {
            rest -= row[i] * row[i];
            one -= row[i] * _ones[i];
            value -= row[i] * _values[i];
        }
        double diagonal = Math.Sqrt(Math.Max(rest, 1e-9));
        (one, value) = (one / diagonal, value / diagonal);
        Message += new Evidence(one * one, one * value);
        for (int other = 0; other < _one.Length; other++)
        {
            if (other == place || _places.Contains(other))
                continue; // never asked for again
            Solve(other, closeness, before);
            double c = Covariance(place, other, closeness);
            for (int i = 0; i < sites; i++)
                c -= row[i] * before[i];
            c /= diagonal;
            _one[other] += c * one;
            _value[other] += c * value;
            _square[other] += c * c;
        }
        _rows.Add(row);
        _diagonal.Add(diagonal);
        _places.Add(place);
        _ones.Add(one);
        _values.Add(value);
    }

    private double Covariance(int a, int b, ReadOnlySpan<double> closeness) => _patchVariance + _neighbourVariance * closeness[a * _one.Length + b];

    /// <summary>c = L⁻¹k for the hole at a place.</summary>
    private void Solve(int place, ReadOnlySpan<double> closeness, Span<double> c)
    {
        for (int i = 0; i < _rows.Count; i++)
        {
            double x = Covariance(_places[i], place, closeness);
            double[] row = _rows[i];
            for (int j = 0; j < row.Length; j++)
                x -= row[j] * c[j];
            c[i] = x / _diagonal[i];
        }
    }
}
