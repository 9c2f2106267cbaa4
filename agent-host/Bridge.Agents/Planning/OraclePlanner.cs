using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>The rate planner with the truth in place of beliefs: nearly the most that any planner could reach.</summary>
public sealed class OraclePlanner : IPlanner
{
    private readonly RatePlanner _planner;

    /// <param name="ctfA">Measured CTF value in Å of every hole of the grid, in its order.</param>
    /// <exception cref="ArgumentException">Not one value for each hole.</exception>
    public OraclePlanner(Grid grid, IReadOnlyList<double> ctfA)
    {
        if (ctfA.Count != grid.Holes.Count)
            throw new ArgumentException($"the grid has {grid.Holes.Count} holes, but {ctfA.Count} measured values were given", nameof(ctfA));
        double[] logits = new double[ctfA.Count];
        for (int hole = 0; hole < logits.Length; hole++)
            logits[hole] = CollectionState.IsGood(ctfA[hole]) ? double.PositiveInfinity : double.NegativeInfinity;
        _planner = new RatePlanner(Name, grid, logits, beliefs: null);
    }

    public string Name => "oracle";

    public PlanResult Next(CollectionState state) => _planner.Next(state);

    public void Observe(CollectionState state, int hole)
    {
        // Nothing to learn: it knows the truth.
    }
}
