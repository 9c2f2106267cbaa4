using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>Takes the images of all patches first, those of a square and grid-level image together; then plans as <c>bayes</c> does. CryoRL needs this.</summary>
public sealed class SurveyFirst : IHierarchyPlanner
{
    private BayesPlanner? _planner;
    private int _told;

    public string Name => "survey-first";

    public HierarchyAction Next(SurveyState state)
    {
        if (NextPatch(state) is var patch and >= 0)
            return new HierarchyAction.Survey(patch, AdaptiveSurvey.LevelTo(state, patch), "every patch is surveyed before the first hole");
        _planner ??= new BayesPlanner(state.Known);
        for (; _told < state.Results.Count; _told++)
            _planner.Observe(state.State, state.Results[_told]);
        return _planner.Next(state.State) switch
        {
            PlanResult.Planned planned => new HierarchyAction.Shoot(planned.Hole, AdaptiveSurvey.LevelTo(state, state.Known.Holes[planned.Hole].Patch), planned.Why),
            PlanResult result => new HierarchyAction.Stop(((PlanResult.Stop)result).Why),
        };
    }

    /// <summary>The unsurveyed patch that costs least, or -1.</summary>
    private static int NextPatch(SurveyState state)
    {
        (int best, double least) = (-1, double.PositiveInfinity);
        for (int patch = 0; patch < state.Known.Patches.Count; patch++)
        {
            if (!state.IsSurveyed(patch) && state.MinutesToSurvey(patch) is double minutes && minutes < least && minutes <= state.State.MinutesLeft)
                (best, least) = (patch, minutes);
        }
        return best;
    }
}
