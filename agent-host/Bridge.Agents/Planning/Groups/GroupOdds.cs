using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Groups;

/// <summary>
/// Worth of whole groups, from beliefs about their holes: the expected good holes among those not visited yet, divided by <see cref="MostShots"/> so that it is a number from 0 to 1, as plans
/// are made of.
/// </summary>
/// <param name="grid">Of the holes.</param>
/// <param name="groups">By position in the grid of units.</param>
/// <param name="isVisited">Asks for a hole.</param>
internal sealed class GroupOdds(Grid grid, IReadOnlyList<ShiftGroup> groups, IPatchOdds holes, Func<int, bool> isVisited) : IPatchOdds
{
    private readonly long[] _visits = new long[grid.Patches.Count], _then = new long[grid.Patches.Count], _squareVisits = new long[grid.Squares.Count];
    private double[] _buffer = new double[64], _views = [];
    private int[] _free = new int[64];

    public int Views => holes.Views;

    /// <summary>Shots of the largest group.</summary>
    public int MostShots { get; } = groups.Max(group => group.Members.Sum(hole => grid.Holes[hole].Shots));

    /// <summary>A hole of a patch was visited: its group is worth less.</summary>
    public void Visited(int patch)
    {
        _visits[patch]++;
        _squareVisits[grid.SquareOfPatch(patch)]++;
    }

    public void Observe(int hole, double ctfA) => holes.Observe(hole, ctfA);

    public double Probability(int unit)
    {
        Span<double> worth = stackalloc double[1];
        Write([unit], worth, []);
        return worth[0];
    }

    public void Refresh() => holes.Refresh();

    public long Stamp(int patch) => unchecked((holes.Stamp(patch) * 1_000_003) + _visits[patch]);

    public long StampOfSquare(int square) => unchecked((holes.StampOfSquare(square) * 1_000_003) + _squareVisits[square]);

    public void Remember(int patch)
    {
        _then[patch] = _visits[patch];
        holes.Remember(patch);
    }

    /// <summary>A mean of probabilities grows no more than they do; a hole that was put back is another group.</summary>
    public double Most(int patch, ReadOnlySpan<float> views, double all) => _then[patch] == _visits[patch] ? holes.Most(patch, views, all) : 1;

    public void Write(ReadOnlySpan<int> units, Span<double> probabilities, Span<double> views)
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
            int seen = views.IsEmpty ? 0 : count * Views;
            if (_views.Length < seen)
                _views = new double[2 * seen];
            _views.AsSpan(0, seen).Fill(1);
            holes.Write(_free.AsSpan(0, count), _buffer.AsSpan(0, count), _views.AsSpan(0, seen));
            for (int view = 0; view < Views && seen > 0; view++)
                views[(view * units.Length) + i] = Worth(_views.AsSpan(view * count, count));
            probabilities[i] = Worth(_buffer.AsSpan(0, count));
        }
    }

    /// <param name="probabilities">Of the holes in <see cref="_free"/>.</param>
    private double Worth(ReadOnlySpan<double> probabilities)
    {
        double worth = 0;
        for (int j = 0; j < probabilities.Length; j++)
            worth += probabilities[j] * grid.Holes[_free[j]].Shots;
        return worth / MostShots;
    }
}
