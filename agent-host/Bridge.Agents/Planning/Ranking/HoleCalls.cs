using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Ranking;

/// <summary>What the classifier calls good before any visit: CryoRL's "low-CTF prediction".</summary>
public static class HoleCalls
{
    /// <summary>True for a predicted CTF value of at most 6 Å, or a given probability of at least one half, which comes first. False where
    /// nothing is known.</summary>
    public static bool IsCalledGood(Hole hole)
        => double.IsNaN(hole.GivenProbability) ? CollectionState.IsGood(hole.PredictedCtfA) : hole.GivenProbability >= 0.5;

    /// <summary>Number of holes called good, by patch.</summary>
    public static int[] ByPatch(Grid grid)
    {
        int[] called = new int[grid.Patches.Count];
        for (int hole = 0; hole < grid.Holes.Count; hole++)
        {
            if (IsCalledGood(grid.Holes[hole]))
                called[grid.Holes[hole].Patch]++;
        }
        return called;
    }
}
