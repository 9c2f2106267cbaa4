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

    /// <summary>More deviations than a draw is ever away from the mean.</summary>
    private const double MostDeviations = 8;

    /// <summary>Standard deviations on either side that hold nine tenths of a normal.</summary>
    private const double Interval = 1.645;

    /// <summary>Least log weight that a view can get from the predictions alone.</summary>
    private const double MostDoubt = -4;

    private Grid _grid;
    private readonly HoleContext _context;
    private readonly Parts _parts;
    private readonly CtfCalibration _calibration;
    private readonly BayesSettings _settings;
    private readonly EffectTree[] _trees;
    private readonly double[] _logWeights;      // by view
    private readonly double[] _weights;         // by view, rounded; add up to 1
    private readonly Belief[] _squares;         // by square and view, rounded
    private readonly double[] _planWeights;     // by view: those that the plan is made with, of a draw 1 and 0
    private readonly int[] _versions;           // by square: how often its beliefs, or the weights, have moved
    private readonly BeliefSnapshot?[] _now;    // by square: its beliefs as they are, once a patch was remembered with them
    private readonly BeliefSnapshot?[] _then;   // by patch: those with which it was remembered
    private readonly double[]?[] _closeness;    // by part
    private readonly int[] _results;            // by patch
    private readonly HashSet<int> _observed = [];
    private int _drawNumber;

    public BayesBeliefs(Grid grid, BayesSettings settings, CtfCalibration calibration)
    {
        (_grid, _settings, _calibration) = (grid, settings, calibration);
        _parts = new Parts(grid);
        _context = new HoleContext(_parts, calibration);
        _trees = [.. settings.Views.Select(view => new EffectTree(_parts, _context, calibration, settings, view))];
        _logWeights = [.. settings.Views.Select(LogWeight)];
        (_weights, _planWeights) = (new double[_trees.Length], new double[_trees.Length]);
        _squares = new Belief[grid.Squares.Count * _trees.Length];
        (_versions, _now, _then) = (new int[grid.Squares.Count], new BeliefSnapshot?[grid.Squares.Count], new BeliefSnapshot?[grid.Patches.Count]);
        _closeness = new double[]?[_parts.Count];
        _results = new int[grid.Patches.Count];
        Refresh();
    }

    private double LogWeight(ClassifierView view) => Math.Log(view.Prior) + Plausibility(view, _context.Smoothness);

    /// <summary>Takes over other predictions of the holes of some patches. New predictions change what the old results say, so these are taken in again, in their order: all is as if made
    /// anew, but the cost is that of the squares and the results, not that of the grid.</summary>
    /// <param name="known">The grid with them.</param>
    /// <param name="results">Holes and their CTF values in Å.</param>
    public void See(Grid known, IReadOnlyList<int> patches, IEnumerable<(int Hole, double CtfA)> results)
    {
        _grid = known;
        int[] squares = [.. patches.Select(known.SquareOfPatch).Distinct()];
        _context.See(known, _calibration, squares);
        for (int view = 0; view < _trees.Length; view++)
        {
            _trees[view].See(known, _context, _calibration, squares);
            _logWeights[view] = LogWeight(_settings.Views[view]);
        }
        foreach (int square in squares)
        {
            Moved(square);
            foreach (int patch in known.Squares[square].Patches)
                _then[patch] = null; // no bound goes back to other predictions
        }
        _observed.Clear();
        Array.Clear(_results);
        foreach ((int hole, double ctfA) in results)
            TakeIn(hole, ctfA);
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
    public Choice Choice
    {
        get;
        init
        {
            field = value;
            PlanWeights();
        }
    } = new Choice.Expected();

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
        if (TakeIn(hole, ctfA))
            Refresh();
    }

    /// <returns>False for a second result of a hole.</returns>
    private bool TakeIn(int hole, double ctfA)
    {
        if (!_observed.Add(hole))
            return false;
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
        Moved(_parts.SquareOfPart[part]);
        return true;
    }

    public void Refresh()
    {
        double[] weights = Weights();
        bool changed = DrawAgain();
        double sum = 0;
        for (int view = 0; view < weights.Length; view++)
            sum += weights[view] = Math.Round(weights[view] / WeightStep) * WeightStep;
        for (int view = 0; view < weights.Length; view++)
        {
            double weight = weights[view] / sum;
            changed |= weight != _weights[view];
            _weights[view] = weight;
        }
        if (changed)
            PlanWeights();
        for (int square = 0, at = 0; square < _grid.Squares.Count; square++)
        {
            bool moved = changed;
            for (int view = 0; view < _trees.Length; view++, at++)
            {
                Belief exact = _trees[view].OfSquare(square), before = _squares[at];
                double sd = _trees[view].SquareSd - Rounded(_trees[view].SquareSd - Math.Sqrt(exact.Variance)); // before any result it is exact
                var now = new Belief(Rounded(exact.Mean), sd * sd);
                if (now == before)
                    continue;
                (_squares[at], moved) = (now, true);
            }
            if (moved)
                Moved(square);
        }
    }

    private void Moved(int square) => (_versions[square], _now[square]) = (_versions[square] + 1, null);

    private void PlanWeights()
    {
        _weights.CopyTo(_planWeights, 0);
        if (Choice is not Choice.Thompson thompson)
            return;
        Array.Clear(_planWeights);
        _planWeights[Draw(thompson).View(_weights)] = 1;
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

    private static double Rounded(double effect) => Math.Round(effect / EffectStep) * EffectStep;

    public int Views => _trees.Length;

    /// <summary>True if a hole of the patch was measured.</summary>
    public bool HasResults(int patch) => _results[patch] > 0;

    public long Stamp(int patch) => _versions[_grid.SquareOfPatch(patch)];

    public long StampOfSquare(int square) => _versions[square];

    public void Remember(int patch)
    {
        int square = _grid.SquareOfPatch(patch);
        _then[patch] = _now[square] ??= new BeliefSnapshot([.. _planWeights], _squares.AsSpan(square * Views, Views).ToArray(), _drawNumber, _versions[square]);
    }

    public double Most(int patch, ReadOnlySpan<float> views, double all)
    {
        if (_then[patch] is not { } then)
            return 1;
        int square = _grid.SquareOfPatch(patch);
        if (then.Version == _versions[square])
            return all;
        if (_results[patch] > 0 || then.DrawNumber != _drawNumber)
            return 1; // its results say more than its square does; another draw is unlike any before
        if (then.ComparedTo != _versions[square])
            then.Compare(_planWeights, _squares.AsSpan(square * Views, Views), Deviations, _versions[square]);
        return then.Most(views, all);
    }

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities, Span<double> views)
    {
        if (holes.IsEmpty)
            return;
        int square = _grid.SquareOfPatch(_grid.Holes[holes[0]].Patch);
        Span<double> one = holes.Length <= Parts.MaxHoles ? stackalloc double[holes.Length] : new double[holes.Length];
        probabilities.Clear();
        for (int view = 0; view < Views; view++)
        {
            if (_planWeights[view] == 0)
                continue;
            Span<double> its = views.IsEmpty ? one : views.Slice(view * holes.Length, holes.Length);
            Write(view, square, holes, its);
            for (int i = 0; i < holes.Length; i++)
                probabilities[i] += _planWeights[view] * its[i];
        }
    }

    /// <summary>Probabilities of holes of one square by one view, to plan with.</summary>
    private void Write(int view, int square, ReadOnlySpan<int> holes, Span<double> probabilities)
    {
        Belief above = _squares[square * Views + view];
        switch (Choice)
        {
            case Choice.Upper upper:
                for (int i = 0; i < holes.Length; i++)
                    probabilities[i] = _trees[view].Quantile(holes[i], above, upper.Deviations);
                break;
            case Choice.Thompson thompson:
                ThompsonDraw draw = Draw(thompson);
                for (int i = 0; i < holes.Length; i++)
                    probabilities[i] = _trees[view].Quantile(holes[i], above, draw.Deviation(square, _parts.PartOf(holes[i])));
                break;
            default:
                _trees[view].Write(holes, above, probabilities);
                break;
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
