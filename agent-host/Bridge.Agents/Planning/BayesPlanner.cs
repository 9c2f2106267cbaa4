using Bridge.Agents.Planning.Bayes;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// Plans as <c>rate</c> does, with beliefs that follow the session more closely: <see cref="BayesBeliefs"/>. See Bayes/README.md.
/// </summary>
public sealed class BayesPlanner : IPlanner
{
    private readonly RatePlanner _planner;

    public BayesPlanner(Grid grid) : this(grid, BayesSettings.Default)
    {
    }

    internal BayesPlanner(Grid grid, BayesSettings settings)
        => _planner = new RatePlanner(Name, grid, new BayesBeliefs(grid, settings, CtfCalibration.Default));

    public string Name => "bayes";

    public PlanResult Next(CollectionState state) => _planner.Next(state);

    public void Observe(CollectionState state, int hole) => _planner.Observe(state, hole);
}
