using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>The rate planner with the truth in place of beliefs: what a planner could reach at most, nearly.</summary>
public sealed class OraclePlanner : IPlanner
{
    private readonly RatePlanner _planner;

    public OraclePlanner(MeasuredGrid truth)
    {
        double[] logits = [.. truth.CtfA.Select(ctf => CollectionState.IsGood(ctf) ? double.PositiveInfinity : double.NegativeInfinity)];
        _planner = new RatePlanner(Name, truth.Grid, logits, beliefs: null);
    }

    public string Name => "oracle";

    public PlanResult Next(CollectionState state) => _planner.Next(state);

    public void Observe(CollectionState state, int hole)
    {
        // Nothing to learn: it knows the truth.
    }
}
