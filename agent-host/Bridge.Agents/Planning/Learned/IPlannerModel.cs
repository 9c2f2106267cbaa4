namespace Bridge.Agents.Planning.Learned;

/// <summary>The weights of a learned planner, read once. Not changed afterwards, so all sessions and threads share one.</summary>
public interface IPlannerModel
{
    /// <summary>Name of the planner that it makes.</summary>
    string Name { get; }

    /// <summary>A planner for one collection.</summary>
    IPlanner Create(PlannerSetup setup);
}
