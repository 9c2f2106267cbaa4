using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Bayes;

/// <summary>
/// One view of the predictions with what the session adds to it: random effects of specimen, grid-level image, square, and of each part
/// with its neighbourhoods. A hole is good with probability σ(flattened log odds + effects). Each result is taken in once, as the Gaussian that
/// touches its likelihood at the most probable effect (Laplace); then sums go up the tree and beliefs come down. O(m²) a result of m in the part.
/// </summary>
internal sealed class EffectTree
{
    private const double MaxLogit = 6;

    private readonly Parts _parts;
    private readonly BayesSettings _settings;
    private readonly ClassifierView _view;
    private readonly double[] _logits; // by hole
    private readonly PartEffect?[] _effects;
    private readonly Evidence[] _squares, _gridImages;
    private readonly double _imageVariance, _squareVariance, _usualVariance, _oddVariance, _usualFlattening, _oddFlattening;
    private Evidence _specimen;

    public EffectTree(Parts parts, HoleContext context, CtfCalibration calibration, BayesSettings settings, ClassifierView view)
    {
        (_parts, _settings, _view) = (parts, settings, view);
        _logits = Logits(parts.Grid, context, calibration, view);
        _effects = new PartEffect?[parts.Count];
        (_squares, _gridImages) = (new Evidence[parts.Grid.Squares.Count], new Evidence[parts.Grid.GridImages.Count]);
        (_imageVariance, _squareVariance) = (view.EffectScale * settings.GridImageVariance, view.EffectScale * settings.SquareVariance);
        double above = settings.SpecimenVariance + _imageVariance + _squareVariance, neighbour = view.EffectScale * settings.NeighbourVariance;
        SquareSd = Math.Sqrt(above);
        (_usualVariance, _oddVariance) = (view.EffectScale * settings.PatchVariance + neighbour, settings.OddPatchVariance + neighbour);
        (_usualFlattening, _oddFlattening) = (Belief.Flattening(above + _usualVariance), Belief.Flattening(above + _oddVariance));
    }

    /// <summary>Takes over other predictions of the holes of some squares, and forgets all results.</summary>
    public void See(Grid known, HoleContext context, CtfCalibration calibration, IEnumerable<int> squares)
    {
        foreach (int square in squares)
        {
            foreach (int patch in known.Squares[square].Patches)
            {
                foreach (int hole in known.Patches[patch].Holes)
                    _logits[hole] = Logit(known, hole, context, calibration, _view);
            }
        }
        Array.Clear(_effects);
        Array.Clear(_squares);
        Array.Clear(_gridImages);
        _specimen = default;
    }

    /// <summary>Standard deviation of a square's effect before any result.</summary>
    public double SquareSd { get; }

    /// <summary>Log odds of a hole before the first result.</summary>
    public double Logit(int hole) => _logits[hole];

    /// <summary>Belief about the effect of a square with all above it.</summary>
    public Belief OfSquare(int square)
    {
        int image = _parts.Grid.Squares[square].GridImage;
        Belief specimen = _specimen.Under(default, _settings.SpecimenVariance);
        return _squares[square].Under(_gridImages[image].Under(specimen, _imageVariance), _squareVariance);
    }

    /// <summary>Probability that a hole is good.</summary>
    /// <param name="square">Of the hole: <see cref="OfSquare"/>, or that rounded.</param>
    public double Probability(int hole, Belief square)
    {
        (Belief usual, Belief odd, double share) = Effects(hole, square);
        double logit = Logit(hole), p = usual.Probability(logit * _usualFlattening);
        return p + share * (odd.Probability(logit * _oddFlattening) - p);
    }

    /// <summary><see cref="Probability"/> of several holes of one square: what untouched parts have in common is worked out once.</summary>
    public void Write(ReadOnlySpan<int> holes, Belief square, Span<double> probabilities)
    {
        double usual = Belief.Flattening(square.Variance + _usualVariance), odd = Belief.Flattening(square.Variance + _oddVariance);
        for (int i = 0; i < holes.Length; i++)
        {
            if (_effects[_parts.PartOf(holes[i])] is not null)
            {
                probabilities[i] = Probability(holes[i], square);
                continue;
            }
            double logit = Logit(holes[i]), p = CtfCalibration.Logistic((logit * _usualFlattening + square.Mean) / usual);
            probabilities[i] = p + _settings.OddPatchShare * (CtfCalibration.Logistic((logit * _oddFlattening + square.Mean) / odd) - p);
        }
    }

    /// <summary>The same for a hole of which only the square and what is above it are known.</summary>
    public double WithoutPart(int hole, Belief square)
    {
        double logit = Logit(hole), p = (square with { Variance = square.Variance + _usualVariance }).Probability(logit * _usualFlattening);
        return p + _settings.OddPatchShare * ((square with { Variance = square.Variance + _oddVariance }).Probability(logit * _oddFlattening) - p);
    }

    /// <summary>The same if the effects lie so many standard deviations above their means.</summary>
    public double Quantile(int hole, Belief square, double deviations)
    {
        (Belief usual, Belief odd, double share) = Effects(hole, square);
        double logit = Logit(hole), p = usual.Quantile(logit * _usualFlattening, deviations);
        return p + share * (odd.Quantile(logit * _oddFlattening, deviations) - p);
    }

    /// <summary>Takes in one result.</summary>
    /// <param name="valueLogit">Log odds that the calibration gives for the measured value.</param>
    public void Observe(int hole, bool good, double valueLogit, ReadOnlySpan<double> closeness)
    {
        int part = _parts.PartOf(hole), place = _parts.PlaceOf(hole), squareIndex = _parts.SquareOfPart[part];
        Belief square = OfSquare(squareIndex);
        PartEffect effect = _effects[part] ??= new PartEffect(_parts.Holes(part).Length, _settings, _view.EffectScale);
        Evidence before = effect.Message;
        double logit = Logit(hole), value = ResultValue.Surprise(valueLogit, logit);
        (Belief usual, Belief odd, _) = Effects(hole, square);
        (double p, double q) = (usual.Probability(logit * _usualFlattening), odd.Probability(logit * _oddFlattening));
        Site(effect.Usual, place, usual, logit * _usualFlattening, good, value, closeness);
        Site(effect.Odd, place, odd, logit * _oddFlattening, good, value, closeness);
        effect.Weigh(good ? p : 1 - p, good ? q : 1 - q);

        int image = _parts.Grid.Squares[squareIndex].GridImage;
        Evidence change = Add(ref _squares[squareIndex], effect.Message - before, _squareVariance);
        change = Add(ref _gridImages[image], change, _imageVariance);
        _specimen += change;
    }

    private static double[] Logits(Grid grid, HoleContext context, CtfCalibration calibration, ClassifierView view)
    {
        double[] logits = new double[grid.Holes.Count];
        for (int i = 0; i < logits.Length; i++)
            logits[i] = Logit(grid, i, context, calibration, view);
        return logits;
    }

    private static double Logit(Grid grid, int index, HoleContext context, CtfCalibration calibration, ClassifierView view)
    {
        double prior = CtfCalibration.Logit(CtfCalibration.PriorProbability);
        Hole hole = grid.Holes[index];
        double own = view.Scale == 1 ? context.Own[index]
            : double.IsNaN(hole.GivenProbability) ? CtfCalibration.Logit(calibration.Probability(hole.PredictedCtfA * view.Scale))
            : context.Own[index] - (calibration.Steepness * Math.Log(view.Scale));
        double logit = prior + (hole.HasPrediction ? view.Shift : 0) + view.Own * (own - prior) + view.Near * (context.Near[index] - prior) + view.Square * (context.Square[grid.SquareOfPatch(hole.Patch)] - prior);
        return Math.Clamp(logit, -MaxLogit, MaxLogit);
    }

    /// <summary>The effect of a hole if its patch is like most, if it is odd, and how probable that is.</summary>
    private (Belief Usual, Belief Odd, double OddShare) Effects(int hole, Belief square)
    {
        if (_effects[_parts.PartOf(hole)] is not { } effect)
            return (square with { Variance = square.Variance + _usualVariance }, square with { Variance = square.Variance + _oddVariance }, _settings.OddPatchShare);
        int place = _parts.PlaceOf(hole);
        return (effect.Usual.At(place, square), effect.Odd.At(place, square), effect.OddShare);
    }

    private void Site(PartField field, int place, Belief now, double logit, bool good, double value, ReadOnlySpan<double> closeness)
    {
        double effect = now.Mean, p = 0;
        for (int i = 0; i < 6; i++) // Newton's steps to the most probable effect
        {
            p = CtfCalibration.Logistic(logit + effect);
            effect += ((now.Mean - effect) / now.Variance + (good ? 1 : 0) - p) / (1 / now.Variance + p * (1 - p));
        }
        p = CtfCalibration.Logistic(logit + effect);
        double precision = Math.Max(p * (1 - p), 1e-4), pull = precision * effect + (good ? 1 : 0) - p;
        double valuePrecision = _settings.ValueWeight * (_view.UsesHoles ? ResultValue.Precision : ResultValue.PrecisionUnpredicted);
        field.Add(place, (pull + valuePrecision * value) / (precision + valuePrecision), precision + valuePrecision, closeness);
    }

    private static Evidence Add(ref Evidence node, Evidence change, double variance)
    {
        Evidence before = node.Upwards(variance);
        node += change;
        return node.Upwards(variance) - before;
    }
}
