using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Rate;

/// <summary>
/// What a hole is worth where good micrographs are not alike: probability times the score that a good one of its patch is expected to have (its particles, for example), as a share of
/// a scale that no patch exceeds. A patch's expected score is the mean of its own, drawn towards its square's, and that towards the mean of all, each as by <see cref="PriorResults"/> results.
/// </summary>
internal sealed class ScoredOdds(Grid grid, IPatchOdds odds) : IPatchOdds
{
    private const double PriorResults = 3;

    /// <summary>Expected scores are rounded to such relative steps: a smaller change is not worth new sums.</summary>
    private const double Step = 0.05;

    private readonly (double Sum, int Count)[] _patches = new (double, int)[grid.Patches.Count], _squares = new (double, int)[grid.Squares.Count];
    private readonly double[] _factor = [.. Enumerable.Repeat(1.0, grid.Patches.Count)], _then = new double[grid.Patches.Count];
    private readonly long[] _versions = new long[grid.Patches.Count], _squareVersions = new long[grid.Squares.Count];
    private readonly HashSet<int> _scored = [];
    private (double Sum, int Count) _all;
    private bool _learned;

    public int Views => odds.Views;

    public void Observe(int hole, double ctfA) => odds.Observe(hole, ctfA);

    /// <summary>Takes in the first score of a good micrograph, 0 or more.</summary>
    public void Score(int hole, double score)
    {
        if (!_scored.Add(hole))
            return;
        _learned = true;
        int patch = grid.Holes[hole].Patch, square = grid.SquareOfPatch(patch);
        _patches[patch] = (_patches[patch].Sum + score, _patches[patch].Count + 1);
        _squares[square] = (_squares[square].Sum + score, _squares[square].Count + 1);
        _all = (_all.Sum + score, _all.Count + 1);
    }

    public double Probability(int hole) => odds.Probability(hole);

    public HoleBelief? Explain(int hole) => odds.Explain(hole);

    public void Refresh()
    {
        odds.Refresh();
        if (!_learned || !(_all.Sum > 0))
            return;
        _learned = false;
        double mean = _all.Sum / _all.Count, most = mean;
        Span<double> ofSquare = _squares.Length <= 1024 ? stackalloc double[_squares.Length] : new double[_squares.Length];
        for (int square = 0; square < _squares.Length; square++)
            ofSquare[square] = (_squares[square].Sum + (PriorResults * mean)) / (_squares[square].Count + PriorResults);
        for (int patch = 0; patch < _patches.Length; patch++)
            most = Math.Max(most, Expected(patch, ofSquare));
        double scale = Math.Pow(2, Math.Ceiling(Math.Log2(most))); // a power of two, so that it seldom changes
        for (int patch = 0; patch < _patches.Length; patch++)
        {
            double factor = Math.Min(1, Math.Exp(Step * Math.Round(Math.Log(Math.Max(1e-6, Expected(patch, ofSquare) / scale)) / Step)));
            if (factor == _factor[patch])
                continue;
            (_factor[patch], _versions[patch]) = (factor, _versions[patch] + 1);
            _squareVersions[grid.SquareOfPatch(patch)]++;
        }
    }

    public long Stamp(int patch) => unchecked((odds.Stamp(patch) * 1_000_003) + _versions[patch]);

    public long StampOfSquare(int square) => unchecked((odds.StampOfSquare(square) * 1_000_003) + _squareVersions[square]);

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities, Span<double> views)
    {
        odds.Write(holes, probabilities, views);
        for (int i = 0; i < holes.Length; i++)
            probabilities[i] *= _factor[grid.Holes[holes[i]].Patch];
    }

    public void Remember(int patch)
    {
        _then[patch] = _factor[patch];
        odds.Remember(patch);
    }

    public double Most(int patch, ReadOnlySpan<float> views, double all) => _factor[patch] * odds.Most(patch, views, Math.Min(1, all / _then[patch]));

    private double Expected(int patch, ReadOnlySpan<double> ofSquare)
        => (_patches[patch].Sum + (PriorResults * ofSquare[grid.SquareOfPatch(patch)])) / (_patches[patch].Count + PriorResults);
}
