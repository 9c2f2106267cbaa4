using System.Globalization;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>
/// Weighs an image of the next patch against the holes it knows: plans as <c>bayes</c> does on the holes that were seen and on those that
/// unseen patches are likely to have. Where the plan goes to an unseen patch, its image is the first step; then everything is weighed again.
/// </summary>
public sealed class AdaptiveSurvey : IHierarchyPlanner
{
    private RatePlanner? _planner;
    private UnsurveyedOdds? _odds;
    private Grid? _known;
    private int _surveyed = -1, _told;

    public string Name => "adaptive";

    public HierarchyAction Next(SurveyState state)
    {
        if (_known != state.Known || _surveyed != state.SurveyedPatches)
            See(state);
        for (; _told < state.Results.Count; _told++)
            _planner!.Observe(state.State, state.Results[_told]);
        PlanResult result = _planner!.Next(state.State);
        if (result is not PlanResult.Planned planned)
            return new HierarchyAction.Stop(((PlanResult.Stop)result).Why);
        int patch = state.Known.Holes[planned.Hole].Patch;
        MoveLevel leaves = LevelTo(state, patch);
        return state.IsSurveyed(patch)
            ? new HierarchyAction.Shoot(planned.Hole, leaves, planned.Why)
            : new HierarchyAction.Survey(patch, leaves, string.Create(CultureInfo.InvariantCulture, $"an image of patch {state.Known.Patches[patch].Id} ({state.MinutesToSurvey(patch):0.#} min) is likely to show more good holes a minute than what is known here"));
    }

    /// <summary>Probability that a hole is good, as believed when last asked for an action.</summary>
    internal double Probability(int hole) => _odds!.Probability(hole);

    /// <inheritdoc cref="IPlanner.Explain"/>
    internal HoleBelief? Explain(int hole) => _odds?.Explain(hole);

    /// <summary>The outermost level between where the stage is and a patch.</summary>
    internal static MoveLevel LevelTo(SurveyState state, int patch) => state.State.Current < 0 ? MoveLevel.OtherGridImage
        : state.Known.LevelBetween(state.Known.Holes[state.State.Current].Patch, patch);

    /// <summary>Takes over what became known; the first time, all of it.</summary>
    private void See(SurveyState state)
    {
        (_known, _surveyed) = (state.Known, state.SurveyedPatches);
        if (_odds is not null)
        {
            _odds.See(state.Known, state.IsSurveyed, state.Results.Select(hole => (hole, state.State.MeasuredCtfA(hole))).Where(result => !double.IsNaN(result.Item2)));
            _told = state.Results.Count;
            return;
        }
        _odds = new UnsurveyedOdds(state.Known, state.IsSurveyed);
        _planner = new RatePlanner(Name, state.Known, _odds) { LeastGoodPerMinute = BayesPlanner.LeastGoodPerMinute, LeastResults = BayesPlanner.LeastResults, LeastResultsOnceGood = BayesPlanner.LeastResultsOnceGood };
    }
}
