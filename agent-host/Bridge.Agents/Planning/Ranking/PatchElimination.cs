using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Ranking;

/// <summary>
/// Action elimination via patch ranking (CryoRL, section 4.3): only the holes of the best-ranked patches are candidates. N_max is the number
/// of holes that the budget allows if all holes are good and visited in the order of <see cref="PatchRanking"/>; kept is the smallest head
/// of that order with at least β N_max holes called good, or everything if there are not so many. It depends on the grid, the minutes
/// and the budget, never on what was visited, so any planner or learner can use it as a filter and a resumed session keeps it.
/// </summary>
public sealed class PatchElimination
{
    /// <summary>β in use, and the larger one in training, which leaves more to explore (section 4.3).</summary>
    public const double BetaInUse = 1.5, BetaInTraining = 2.5;

    private readonly bool[] _keeps;
    private readonly int[] _patches;

    private PatchElimination(bool[] keeps)
    {
        _keeps = keeps;
        _patches = [.. Enumerable.Range(0, keeps.Length).Where(patch => keeps[patch])];
    }

    /// <summary>The kept patches, rising.</summary>
    public ReadOnlySpan<int> Patches => _patches;

    /// <param name="budgetMinutes">Of the whole session, 0 or more; infinity keeps everything.</param>
    /// <param name="beta">Above 0; the paper finds 1.0 to 2.5 to work alike.</param>
    public static PatchElimination For(Grid grid, MoveMinutes minutes, double budgetMinutes, double beta)
    {
        if (!(beta > 0))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "beta must be above 0");
        if (!(budgetMinutes >= 0))
            throw new ArgumentOutOfRangeException(nameof(budgetMinutes), budgetMinutes, "a budget must be 0 minutes or more");
        var ranking = new PatchRanking(grid);
        double needed = beta * MostHoles(grid, ranking, minutes, budgetMinutes);
        bool[] keeps = new bool[grid.Patches.Count];
        int called = 0;
        foreach (int patch in ranking.Patches)
        {
            keeps[patch] = true;
            called += ranking.Called[patch];
            if (called >= needed)
                break;
        }
        return new PatchElimination(keeps);
    }

    /// <summary>Every patch of a grid: no elimination.</summary>
    public static PatchElimination None(Grid grid)
    {
        bool[] keeps = new bool[grid.Patches.Count];
        Array.Fill(keeps, true);
        return new PatchElimination(keeps);
    }

    /// <summary>These patches of a grid.</summary>
    public static PatchElimination Of(Grid grid, IEnumerable<int> patches)
    {
        bool[] keeps = new bool[grid.Patches.Count];
        foreach (int patch in patches)
            keeps[patch] = true;
        return new PatchElimination(keeps);
    }

    public bool Keeps(int patch) => _keeps[patch];

    /// <summary>N_max. The first hole costs as much as a move from another grid-level image, because nobody knows where the session begins.</summary>
    private static long MostHoles(Grid grid, PatchRanking ranking, MoveMinutes minutes, double budgetMinutes)
    {
        double left = budgetMinutes;
        long holes = 0;
        int last = -1;
        foreach (int patch in ranking.Patches)
        {
            left -= minutes[last < 0 ? MoveLevel.OtherGridImage : grid.LevelBetween(last, patch)];
            if (left < 0)
                break;
            double more = Math.Min(grid.Patches[patch].Holes.Count - 1, Math.Floor(left / minutes.SamePatch));
            holes += 1 + (long)more;
            left -= more * minutes.SamePatch;
            last = patch;
        }
        return holes;
    }
}
