using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>Patch after patch in the grid's order: its image, then every hole that is called good; as lists are walked today.</summary>
public sealed class FixedOrder : IHierarchyPlanner
{
    public string Name => "fixed-order";

    public HierarchyAction Next(SurveyState state)
    {
        for (int patch = 0; patch < state.Known.Patches.Count; patch++)
        {
            MoveLevel leaves = AdaptiveSurvey.LevelTo(state, patch);
            if (!state.IsSurveyed(patch))
            {
                if (state.MinutesToSurvey(patch) <= state.State.MinutesLeft)
                    return new HierarchyAction.Survey(patch, leaves, "the next patch of the list");
                continue;
            }
            foreach (int hole in state.Known.Patches[patch].Holes)
            {
                if (!state.State.IsVisited(hole) && CtfCalibration.Default.Probability(state.Known.Holes[hole]) >= 0.5 && state.State.MinutesTo(hole) <= state.State.MinutesLeft)
                    return new HierarchyAction.Shoot(hole, leaves, "the next hole called good");
            }
        }
        return new HierarchyAction.Stop("the list is done, or nothing on it fits into the time left");
    }
}
