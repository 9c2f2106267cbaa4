using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>Holes with labels, true or pseudo, that are drawn with a probability in proportion to the label's confidence. One thread at a time.</summary>
public sealed class LabelledPool
{
    private readonly int[] _holes;
    private readonly bool[] _good;
    private readonly double[] _upTo; // sums of the weights

    /// <param name="good">Label of each hole.</param>
    /// <param name="weights">Of each hole, 0 or more.</param>
    /// <exception cref="ArgumentException">Nothing can be drawn.</exception>
    public LabelledPool(IReadOnlyList<int> holes, IReadOnlyList<bool> good, IReadOnlyList<double> weights)
    {
        (_holes, _good, _upTo) = ([.. holes], [.. good], new double[holes.Count]);
        double sum = 0;
        for (int i = 0; i < _upTo.Length; i++)
            _upTo[i] = sum += weights[i];
        if (!(sum > 0) || _good.Length != _holes.Length || weights.Count != _holes.Length)
            throw new ArgumentException($"{_holes.Length} holes with {_good.Length} labels and {weights.Count} weights that add up to {sum}: there is nothing to draw", nameof(weights));
    }

    /// <summary>The labelled holes of a split, all alike.</summary>
    public static LabelledPool True(HoleSet holes, LabelSplit split)
        => new(split.Labelled, [.. split.Labelled.Select(holes.IsGood)], [.. split.Labelled.Select(_ => 1.0)]);

    /// <summary>
    /// The labelled holes, and the others with their pseudo-labels and the confidence p for weight: the expected gradient of a draw is that of SSL²-RL's l_sup, the sum of
    /// p CE(f(x), Ȳ) over U and of CE(f(x), y) over L.
    /// </summary>
    /// <param name="labels">By position in <see cref="LabelSplit.Unlabelled"/>.</param>
    public static LabelledPool WithPseudoLabels(HoleSet holes, LabelSplit split, PseudoLabels labels) => new(
        [.. split.Labelled, .. split.Unlabelled],
        [.. split.Labelled.Select(holes.IsGood), .. labels.Good],
        [.. split.Labelled.Select(_ => 1.0), .. labels.Confidence]);

    public (int Hole, bool Good) Draw(Random random)
    {
        int at = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        at = Math.Min(at < 0 ? ~at : at + 1, _holes.Length - 1); // a bound belongs to the next one
        while (at > 0 && _upTo[at] == _upTo[at - 1])
            at--; // of no weight
        return (_holes[at], _good[at]);
    }
}
