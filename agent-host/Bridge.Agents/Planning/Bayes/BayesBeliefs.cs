using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// What is believed of every hole: several views of the predictions (<see cref="ClassifierView"/>), each with its own effects
/// (<see cref="EffectTree"/>), weighted by how well each foretold the results (Bayesian model averaging).
/// </summary>
internal sealed class BayesBeliefs : IPatchOdds
{
    /// <summary>Means and standard deviations of squares, in logits, and the views' weights are rounded to these before they are used, so that a
    /// small change costs nothing, and a resumed session answers the same.</summary>
    private const double EffectStep = 0.02, WeightStep = 0.01;

    /// <summary>Of <see cref="ClassifierView.Smoothness"/> between classifiers and specimens.</summary>
    private const double SmoothnessSpread = 0.04;

    /// <summary>A view with less weight can gain many times that, which says little of the sum.</summary>
    private const double GreatWeight = 0.2;

    /// <summary>A growth that no bound survives.</summary>
    private const double Unbounded = 100;

    /// <summary>More deviations than a draw is ever away from the mean.</summary>
    private const double MostDeviations = 8;

    /// <summary>Standard deviations on either side that hold nine tenths of a normal.</summary>
    private const double Interval = 1.645;

    /// <summary>Least log weight that a view can get from the predictions alone.</summary>
    private const double MostDoubt = -4;

    private readonly Grid _grid;
    private readonly Parts _parts;
    private readonly CtfCalibration _calibration;
    private readonly BayesSettings _settings;
    private readonly EffectTree[] _trees;
    private readonly double[] _logWeights;      // by view
    private readonly double[] _weights;         // by view, rounded; add up to 1
    private readonly Belief[] _squares;         // by square and view, rounded
    private readonly int[] _versions;           // by square: how often its beliefs, or the weights, have moved
    private readonly double[] _growth;          // by square: see Growth
    private readonly double[]?[] _closeness;    // by part
    private readonly int[] _results;            // by patch
    private readonly HashSet<int> _observed = [];
    private int _drawNumber;
    private double _added; // weights that views gained

    public BayesBeliefs(Grid grid, BayesSettings settings, CtfCalibration calibration)
    {
        (_grid, _settings, _calibration) = (grid, settings, calibration);
        _parts = new Parts(grid);
        var context = new HoleContext(_parts, calibration);
        _trees = [.. settings.Views.Select(view => new EffectTree(_parts, context, calibration, settings, view))];
        _logWeights = [.. settings.Views.Select(view => Math.Log(view.Prior) + Plausibility(view, context.Smoothness))];
        _weights = new double[_trees.Length];
        _squares = new Belief[grid.Squares.Count * _trees.Length];
        (_versions, _growth) = (new int[grid.Squares.Count], new double[grid.Squares.Count]);
        _closeness = new double[]?[_parts.Count];
        _results = new int[grid.Patches.Count];
        Refresh();
    }

    /// <summary>Log likelihood of a view in what the predictions alone show, up to a constant; bounded, so that results have the last word.</summary>
    private static double Plausibility(ClassifierView view, (double Slope, double Error) smoothness)
    {
        if (!double.IsFinite(smoothness.Error))
            return 0;
        double spread = view.Smoothness > 0 ? SmoothnessSpread : 0, variance = spread * spread + smoothness.Error * smoothness.Error;
        double off = Math.Min(smoothness.Slope - view.Smoothness, view.Smoothness > 0 ? 0 : double.PositiveInfinity); // smoother than usual is no fault
        return Math.Max(MostDoubt, -off * off / (2 * variance));
    }

    /// <summary>Probability of each view, exact.</summary>
    public double[] Weights()
    {
        double most = _logWeights.Max();
        double[] weights = [.. _logWeights.Select(log => Math.Exp(log - most))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>Which probabilities the plan is made with.</summary>
    public Choice Choice { get; init; } = new Choice.Expected();

    /// <summary>Probability that a hole is good.</summary>
    public double Probability(int hole)
    {
        double probability = 0;
        int square = _grid.SquareOfPatch(_grid.Holes[hole].Patch) * _trees.Length;
        for (int view = 0; view < _trees.Length; view++)
        {
            if (_weights[view] > 0)
                probability += _weights[view] * _trees[view].Probability(hole, _squares[square + view]);
        }
        return probability;
    }

    public HoleBelief Explain(int hole)
    {
        int square = _grid.SquareOfPatch(_grid.Holes[hole].Patch) * _trees.Length, most = 0;
        (double low, double high, double trusted, double inSquare) = (0, 0, 0, 0);
        for (int view = 0; view < _trees.Length; view++)
        {
            if (_weights[view] > _weights[most])
                most = view;
            if (_weights[view] == 0)
                continue;
            low += _weights[view] * _trees[view].Quantile(hole, _squares[square + view], -Interval);
            high += _weights[view] * _trees[view].Quantile(hole, _squares[square + view], Interval);
            trusted += _weights[view] * CtfCalibration.Logistic(_trees[view].Logit(hole));
            inSquare += _weights[view] * _trees[view].WithoutPart(hole, _squares[square + view]);
        }
        double prediction = Before(hole), probability = Probability(hole);
        return new HoleBelief(probability, low, high, prediction, trusted - prediction, inSquare - trusted, probability - inSquare, _settings.Views[most].Name, _weights[most]);
    }

    /// <summary>The calibrated prediction of a hole: its probability for whoever learns nothing.</summary>
    public double Before(int hole) => _calibration.Probability(_grid.Holes[hole]);

    /// <summary>Takes in the first result of a hole; a corrected value is not a second hole.</summary>
    /// <param name="ctfA">Measured, in Å.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such hole, or no possible value; nothing is changed.</exception>
    public void Observe(int hole, double ctfA)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)hole, (uint)_grid.Holes.Count, nameof(hole));
        if (!(ctfA >= 0 && double.IsFinite(ctfA)))
            throw new ArgumentOutOfRangeException(nameof(ctfA), ctfA, $"hole {hole}: a measured CTF value must be a number of Å, 0 or more");
        if (!_observed.Add(hole))
            return;
        int part = _parts.PartOf(hole);
        double[] closeness = _closeness[part] ??= Closeness(part);
        bool good = CollectionState.IsGood(ctfA);
        double valueLogit = CtfCalibration.Logit(_calibration.Probability(ctfA));
        for (int view = 0; view < _trees.Length; view++)
        {
            double p = _trees[view].Probability(hole, _trees[view].OfSquare(_parts.SquareOfPart[part]));
            _logWeights[view] += _settings.ViewTemper * Math.Log(Math.Max(1e-6, good ? p : 1 - p));
            _trees[view].Observe(hole, good, valueLogit, closeness);
        }
        _results[_grid.Holes[hole].Patch]++;
        Refresh();
    }

    public void Refresh()
    {
        double[] weights = Weights();
        bool changed = false;
        double sum = 0, gain = 0, added = 0;
        for (int view = 0; view < weights.Length; view++)
            sum += weights[view] = Math.Round(weights[view] / WeightStep) * WeightStep;
        for (int view = 0; view < weights.Length; view++)
        {
            double weight = weights[view] / sum;
            if (weight > _weights[view] && _weights[view] >= GreatWeight)
                gain = Math.Max(gain, Math.Log(weight / _weights[view]));
            else
                added += Math.Max(0, weight - _weights[view]);
            changed |= weight != _weights[view];
            _weights[view] = weight;
        }
        bool drawn = DrawAgain();
        _added += added;
        for (int square = 0, at = 0; square < _grid.Squares.Count; square++)
        {
            (double growth, bool moved) = (drawn ? Unbounded : 0, changed || drawn);
            for (int view = 0; view < _trees.Length; view++, at++)
            {
                Belief exact = _trees[view].OfSquare(square), before = _squares[at];
                double sd = _trees[view].SquareSd - Rounded(_trees[view].SquareSd - Math.Sqrt(exact.Variance)); // before any result it is exact
                var now = new Belief(Rounded(exact.Mean), sd * sd);
                if (now == before)
                    continue;
                (_squares[at], moved) = (now, true);
                // A mean adds its change to log odds, and a quantile so many deviations; a variance that shrinks sharpens: d log σ(x) / d log x is at most 0.28.
                double change = Math.Max(0, now.Mean - before.Mean) + Deviations * Math.Abs(sd - Math.Sqrt(before.Variance))
                    + (now.Variance <= before.Variance ? 0.3 * Math.Log(Belief.Flattening(before.Variance) / Belief.Flattening(now.Variance)) : Unbounded);
                growth = Math.Max(growth, change);
            }
            _versions[square] += moved ? 1 : 0;
            _growth[square] += gain + growth;
        }
    }

    private double Deviations => Choice switch
    {
        Choice.Upper upper => upper.Deviations,
        Choice.Thompson => MostDeviations,
        _ => 0,
    };

    /// <summary>Whether the plan has another draw since it was last asked.</summary>
    private bool DrawAgain()
    {
        int number = Choice is Choice.Thompson thompson ? Draw(thompson).Number : 0, before = _drawNumber;
        _drawNumber = number;
        return number != before;
    }

    public (double Log, double Added) Growth(int patch) => (_growth[_grid.SquareOfPatch(patch)] + Unbounded * _results[patch], _added);

    private static double Rounded(double effect) => Math.Round(effect / EffectStep) * EffectStep;

    public long Stamp(int patch) => ((long)_versions[_grid.SquareOfPatch(patch)] << 24) + _results[patch];

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities)
    {
        for (int i = 0; i < holes.Length; i++)
            probabilities[i] = Planned(holes[i]);
    }

    private double Planned(int hole)
    {
        int square = _grid.SquareOfPatch(_grid.Holes[hole].Patch);
        switch (Choice)
        {
            case Choice.Upper upper:
                double probability = 0;
                for (int view = 0; view < _trees.Length; view++)
                {
                    if (_weights[view] > 0)
                        probability += _weights[view] * _trees[view].Quantile(hole, _squares[square * _trees.Length + view], upper.Deviations);
                }
                return probability;
            case Choice.Thompson thompson:
                ThompsonDraw draw = Draw(thompson);
                int drawn = draw.View(_weights);
                return _trees[drawn].Quantile(hole, _squares[square * _trees.Length + drawn], draw.Deviation(square, _parts.PartOf(hole)));
            default:
                return Probability(hole);
        }
    }

    private ThompsonDraw Draw(Choice.Thompson thompson) => new(thompson.Seed, _observed.Count / thompson.Results);

    private double[] Closeness(int part)
    {
        ReadOnlySpan<int> holes = _parts.Holes(part);
        double range = _settings.NeighbourRange * _parts.PitchUm(part);
        double[] closeness = new double[holes.Length * holes.Length];
        for (int i = 0, at = 0; i < holes.Length; i++)
        {
            for (int j = 0; j < holes.Length; j++, at++)
                closeness[at] = Math.Exp(-_grid.Holes[holes[i]].Stage.DistanceTo(_grid.Holes[holes[j]].Stage) / range);
        }
        return closeness;
    }
}
