namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>Chooses between images of patches and exposures of holes. One instance serves one collection.</summary>
public interface IHierarchyPlanner
{
    string Name { get; }

    /// <summary>The next action; it fits into the time left. Does not change <paramref name="state"/>.</summary>
    HierarchyAction Next(SurveyState state);
}
