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
    private const double MaxLogit = 4;

    private readonly Parts _parts;
    private readonly HoleContext _context;
    private readonly BayesSettings _settings;
    private readonly ClassifierView _view;
    private readonly PartEffect?[] _effects;
    private readonly Evidence[] _squares, _gridImages;
    private readonly double _imageVariance, _squareVariance, _usualFlattening, _oddFlattening;
    private Evidence _specimen;

    public EffectTree(Parts parts, HoleContext context, BayesSettings settings, ClassifierView view)
    {
        (_parts, _context, _settings, _view) = (parts, context, settings, view);
        _effects = new PartEffect?[parts.Count];
        (_squares, _gridImages) = (new Evidence[parts.Grid.Squares.Count], new Evidence[parts.Grid.GridImages.Count]);
        (_imageVariance, _squareVariance) = (view.EffectScale * settings.GridImageVariance, view.EffectScale * settings.SquareVariance);
        double above = settings.SpecimenVariance + _imageVariance + _squareVariance, neighbour = view.EffectScale * settings.NeighbourVariance;
        SquareSd = Math.Sqrt(above);
        (UsualVariance, OddVariance) = (view.EffectScale * settings.PatchVariance + neighbour, settings.OddPatchVariance + neighbour);
        (_usualFlattening, _oddFlattening) = (Belief.Flattening(above + UsualVariance), Belief.Flattening(above + OddVariance));
    }

    /// <summary>Standard deviation of a square's effect before any result.</summary>
    public double SquareSd { get; }

    private double UsualVariance { get; }

    private double OddVariance { get; }

    /// <summary>Log odds of a hole before the first result.</summary>
    public double Logit(int hole)
    {
        double prior = CtfCalibration.Logit(CtfCalibration.PriorProbability);
        double logit = prior + _view.Own * (_context.Own[hole] - prior) + _view.Near * (_context.Near[hole] - prior);
        if (_view.Square != 0)
            logit += _view.Square * (_context.Square[_parts.Grid.SquareOfPatch(_parts.Grid.Holes[hole].Patch)] - prior);
        return Math.Clamp(logit, -MaxLogit, MaxLogit);
    }

    /// <summary>Belief about the effect of a square with all above it.</summary>
    public Belief OfSquare(int square)
    {
        int image = _parts.Grid.Squares[square].GridImage;
        Belief specimen = _specimen.Under(default, _settings.SpecimenVariance);
        return _squares[square].Under(_gridImages[image].Under(specimen, _imageVariance), _squareVariance);
    }

    /// <summary>Probability that a hole is good.</summary>
    /// <param name="square">Of the hole: <see cref="OfSquare"/>, or that rounded.</param>
    /// <param name="optimism">Standard deviations by which effects are taken better than their means.</param>
    public double Probability(int hole, Belief square, double optimism = 0)
    {
        (double usual, double odd, double share) = Both(hole, square, optimism);
        return usual + share * (odd - usual);
    }

    /// <summary>Takes in one result.</summary>
    /// <param name="valueLogit">Log odds that the calibration gives for the measured value.</param>
    public void Observe(int hole, bool good, double valueLogit, ReadOnlySpan<double> closeness)
    {
        int part = _parts.PartOf(hole), place = _parts.PlaceOf(hole), squareIndex = _parts.SquareOfPart[part];
        Belief square = OfSquare(squareIndex);
        (double usual, double odd, _) = Both(hole, square, optimism: 0);
        PartEffect effect = _effects[part] ??= new PartEffect(_parts.Holes(part).Length, _settings, _view.EffectScale);
        Evidence before = effect.Message;
        double logit = Logit(hole), value = ResultValue.Surprise(valueLogit, logit);
        Site(effect.Usual, place, effect.Usual.At(place, square), logit * _usualFlattening, good, value, closeness);
        Site(effect.Odd, place, effect.Odd.At(place, square), logit * _oddFlattening, good, value, closeness);
        effect.Weigh(good ? usual : 1 - usual, good ? odd : 1 - odd);

        int image = _parts.Grid.Squares[squareIndex].GridImage;
        Evidence change = Add(ref _squares[squareIndex], effect.Message - before, _squareVariance);
        change = Add(ref _gridImages[image], change, _imageVariance);
        _specimen += change;
    }

    private (double Usual, double Odd, double OddShare) Both(int hole, Belief square, double optimism)
    {
        double logit = Logit(hole);
        if (_effects[_parts.PartOf(hole)] is not { } effect)
        {
            return (new Belief(square.Mean, square.Variance + UsualVariance).Probability(logit * _usualFlattening, optimism),
                new Belief(square.Mean, square.Variance + OddVariance).Probability(logit * _oddFlattening, optimism), _settings.OddPatchShare);
        }
        int place = _parts.PlaceOf(hole);
        return (effect.Usual.At(place, square).Probability(logit * _usualFlattening, optimism), effect.Odd.At(place, square).Probability(logit * _oddFlattening, optimism), effect.OddShare);
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
