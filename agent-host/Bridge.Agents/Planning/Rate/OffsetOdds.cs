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
    private readonly double[] _new = new double[grid.Patches.Count];
    private readonly double[] _growth = new double[grid.Patches.Count];
    private readonly bool[] _observed = new bool[logits.Length];

    public void Observe(int hole, double ctfA)
    {
        if (beliefs is null || _observed[hole])
            return;
        _observed[hole] = true;
        beliefs.Observe(grid.Holes[hole].Patch, logits[hole], CollectionState.IsGood(ctfA));
    }

    public double Probability(int hole) => CtfCalibration.Logistic(logits[hole] + Stamp(grid.Holes[hole].Patch) * OffsetStep);

    public void Refresh()
    {
        if (beliefs is null)
            return;
        beliefs.WriteOffsets(_new);
        for (int patch = 0; patch < _new.Length; patch++)
        {
            double offset = Math.Round(_new[patch] / OffsetStep) * OffsetStep;
            _growth[patch] += Math.Max(0, offset - _offset[patch]); // a probability grows by less than its odds
            _offset[patch] = offset;
        }
    }

    public (double Log, double Added) Growth(int patch) => (_growth[patch], 0);

    public long Stamp(int patch) => (long)Math.Round(_offset[patch] / OffsetStep);

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities)
    {
        for (int i = 0; i < holes.Length; i++)
            probabilities[i] = Probability(holes[i]);
    }
}
