using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Baselines;

/// <summary>
/// What an order of patches is worth (CryoRL, section 5.2): the sum of equation 1, if the patches are scanned in that order within the
/// budget, only holes called good are visited, and every call is right. A visit is worth <c>1 - c(t)</c>; see <see cref="MoveRewards"/>. Only patches
/// with a hole called good take part. The session begins anywhere, so the first move costs as much as one from another grid-level image.
/// </summary>
internal sealed class PatchTour
{
    private readonly double _budgetMinutes;
    private readonly double[] _minutes = new double[4];  // by MoveLevel
    private readonly double[] _worth = new double[4];
    private readonly int[] _squareOfPatch;
    private readonly int[] _imageOfPatch;
    private readonly int[] _called;

    /// <param name="budgetMinutes">Finite.</param>
    public PatchTour(Grid grid, PatchRanking ranking, MoveMinutes minutes, double budgetMinutes)
    {
        _budgetMinutes = budgetMinutes;
        MoveRewards rewards = MoveRewards.At(minutes);
        for (int level = 0; level < 4; level++)
            (_minutes[level], _worth[level]) = (minutes[(MoveLevel)level], rewards[(MoveLevel)level]);
        _squareOfPatch = [.. grid.Patches.Select(patch => patch.Square)];
        _imageOfPatch = [.. _squareOfPatch.Select(square => grid.Squares[square].GridImage)];
        _called = [.. ranking.Called];
        Patches = [.. ranking.Patches.Where(patch => _called[patch] > 0)];
    }

    /// <summary>The patches that can be in a tour, best-ranked first.</summary>
    public IReadOnlyList<int> Patches { get; }

    /// <summary>Good holes less the cost of moves; O(patches that fit into the budget).</summary>
    public double Worth(ReadOnlySpan<int> tour)
    {
        double left = _budgetMinutes, worth = 0;
        int last = -1;
        foreach (int patch in tour)
        {
            int level = last < 0 || _imageOfPatch[last] != _imageOfPatch[patch] ? 3 : _squareOfPatch[last] != _squareOfPatch[patch] ? 2 : 1;
            left -= _minutes[level];
            if (left < 0)
                break;
            double more = Math.Min(_called[patch] - 1, Math.Floor(left / _minutes[0]));
            worth += _worth[level] + more * _worth[0];
            left -= more * _minutes[0];
            last = patch;
        }
        return worth;
    }
}
