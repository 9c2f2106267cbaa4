using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Groups;

/// <summary>
/// Worth of whole groups, from beliefs about their holes: the expected good holes among those not visited yet, divided by <see cref="Most"/> so that it is a number from 0 to 1, as plans
/// are made of.
/// </summary>
/// <param name="grid">Of the holes.</param>
/// <param name="groups">By position in the grid of units.</param>
/// <param name="isVisited">Asks for a hole.</param>
internal sealed class GroupOdds(Grid grid, IReadOnlyList<ShiftGroup> groups, IPatchOdds holes, Func<int, bool> isVisited) : IPatchOdds
{
    private readonly long[] _visits = new long[grid.Patches.Count];
    private double[] _buffer = new double[64];
    private int[] _free = new int[64];

    /// <summary>Shots of the largest group.</summary>
    public int Most { get; } = groups.Max(group => group.Members.Sum(hole => grid.Holes[hole].Shots));

    /// <summary>A hole of a patch was visited: its group is worth less.</summary>
    public void Visited(int patch) => _visits[patch]++;

    public void Observe(int hole, double ctfA) => holes.Observe(hole, ctfA);

    public double Probability(int unit)
    {
        Span<double> worth = stackalloc double[1];
        Write([unit], worth);
        return worth[0];
    }

    public void Refresh() => holes.Refresh();

    public long Stamp(int patch) => unchecked((holes.Stamp(patch) * 1_000_003) + _visits[patch]);

    public (double Log, double Added) Growth(int patch) => holes.Growth(patch); // a mean grows no more than what it is a mean of; visits only take away

    public void Write(ReadOnlySpan<int> units, Span<double> probabilities)
    {
        for (int i = 0; i < units.Length; i++)
        {
            IReadOnlyList<int> members = groups[units[i]].Members;
            if (_buffer.Length < members.Count)
                (_buffer, _free) = (new double[2 * members.Count], new int[2 * members.Count]);
            int count = 0;
            for (int j = 0; j < members.Count; j++)
            {
                if (!isVisited(members[j]))
                    _free[count++] = members[j];
            }
            holes.Write(_free.AsSpan(0, count), _buffer.AsSpan(0, count));
            double worth = 0;
            for (int j = 0; j < count; j++)
                worth += _buffer[j] * grid.Holes[_free[j]].Shots;
            probabilities[i] = worth / Most;
        }
    }
}
