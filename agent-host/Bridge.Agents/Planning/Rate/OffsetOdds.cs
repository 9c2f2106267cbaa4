using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Rate;

/// <summary>Log odds known before the session, and <see cref="Beliefs"/> about each patch added to them.</summary>
/// <param name="logits">By hole; infinite where the truth is known.</param>
/// <param name="beliefs">Null: nothing is learned.</param>
internal sealed class OffsetOdds(Grid grid, double[] logits, Beliefs? beliefs) : IPatchOdds
{
    /// <summary>Beliefs are rounded to this, in logits (at most half a percent in probability): a smaller change is not worth new sums, and
    /// rounding, unlike waiting for a large change, gives a resumed session the same answers.</summary>
    private const double OffsetStep = 0.02;

    private readonly double[] _offset = new double[grid.Patches.Count];
    private readonly double[] _then = new double[grid.Patches.Count]; // when it was remembered
    private readonly double[] _new = new double[grid.Patches.Count];
    private readonly long[] _versions = new long[grid.Squares.Count];
    private readonly bool[] _observed = new bool[logits.Length];
    private bool _learned;

    public void Observe(int hole, double ctfA)
    {
        if (beliefs is null || _observed[hole])
            return;
        (_observed[hole], _learned) = (true, true);
        beliefs.Observe(grid.Holes[hole].Patch, logits[hole], CollectionState.IsGood(ctfA));
    }

    public double Probability(int hole) => CtfCalibration.Logistic(logits[hole] + Stamp(grid.Holes[hole].Patch) * OffsetStep);

    public void Refresh()
    {
        if (!_learned)
            return;
        _learned = false;
        beliefs!.WriteOffsets(_new);
        for (int patch = 0; patch < _new.Length; patch++)
        {
            double offset = Math.Round(_new[patch] / OffsetStep) * OffsetStep;
            if (offset == _offset[patch])
                continue;
            _offset[patch] = offset;
            _versions[grid.SquareOfPatch(patch)]++;
        }
    }

    public long Stamp(int patch) => (long)Math.Round(_offset[patch] / OffsetStep);

    public long StampOfSquare(int square) => _versions[square];

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities, Span<double> views)
    {
        if (holes.IsEmpty)
            return;
        double offset = Stamp(grid.Holes[holes[0]].Patch) * OffsetStep;
        for (int i = 0; i < holes.Length; i++)
            probabilities[i] = CtfCalibration.Logistic(logits[holes[i]] + offset);
    }

    public void Remember(int patch) => _then[patch] = _offset[patch];

    public double Most(int patch, ReadOnlySpan<float> views, double all)
        => _offset[patch] == _then[patch] ? all : LogOdds.Raised(all, Math.Exp(-Math.Max(0, _offset[patch] - _then[patch])));
}
