using System.Globalization;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// Any unvisited hole that fits into the time left, each with the same chance. The draw depends on the seed and on how many holes were
/// visited, and on nothing else: asked twice it answers the same, and a session that was resumed goes on as if it had never stopped.
/// </summary>
public sealed class RandomPlanner(Grid grid, int seed) : IPlanner
{
    private const int Tries = 64;

    public string Name => "random";

    public PlanResult Next(CollectionState state)
    {
        var random = new Random(HashCode(seed, grid.Holes.Count - state.Unvisited));
        // Nearly always one of a few draws fits; only near the end is it worth listing what does.
        for (int i = 0; i < Tries; i++)
        {
            int hole = random.Next(grid.Holes.Count);
            if (Fits(state, hole))
                return Go(state, hole);
        }
        int fitting = 0;
        for (int hole = 0; hole < grid.Holes.Count; hole++)
            fitting += Fits(state, hole) ? 1 : 0;
        if (fitting == 0)
            return PlannerTexts.NothingFits(state);
        int chosen = random.Next(fitting);
        for (int hole = 0; ; hole++)
        {
            if (Fits(state, hole) && chosen-- == 0)
                return Go(state, hole);
        }
    }

    public void Observe(CollectionState state, int hole)
    {
        // Learns nothing.
    }

    private static bool Fits(CollectionState state, int hole) => !state.IsVisited(hole) && state.MinutesTo(hole) <= state.MinutesLeft;

    private PlanResult.Planned Go(CollectionState state, int hole)
        => new(hole, CtfCalibration.Default.Probability(grid.Holes[hole]), state.MinutesTo(hole),
            string.Create(CultureInfo.InvariantCulture, $"drawn at random from {state.Unvisited} unvisited holes"));

    /// <summary>Mixes two numbers into a seed, the same on every machine (SplitMix64's finaliser; public domain, S. Vigna).</summary>
    private static int HashCode(int seed, int visited)
    {
        ulong z = ((ulong)(uint)seed << 32 | (uint)visited) + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (int)(z ^ (z >> 31));
    }
}
