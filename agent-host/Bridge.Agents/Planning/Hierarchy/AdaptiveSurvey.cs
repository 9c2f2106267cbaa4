using System.Globalization;
using Bridge.Agents.Planning.Bayes;
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
    private int _surveyed = -1, _told;

    public string Name => "adaptive";

    public HierarchyAction Next(SurveyState state)
    {
        if (_planner is null || _surveyed != state.SurveyedPatches)
            Rebuild(state);
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

    /// <summary>New predictions change what the old results say, so all are taken in again.</summary>
    private void Rebuild(SurveyState state)
    {
        Grid known = state.Known;
        var beliefs = new BayesBeliefs(known, BayesSettings.Default, CtfCalibration.Default);
        var profiles = new PatchProfiles(known, state.IsSurveyed, RatePlanner.Logits(known, CtfCalibration.Default));
        bool[] surveyed = [.. Enumerable.Range(0, known.Patches.Count).Select(state.IsSurveyed)];
        _odds = new UnsurveyedOdds(known, patch => surveyed[patch], beliefs, profiles);
        _planner = new RatePlanner(Name, known, _odds) { LeastGoodPerMinute = BayesPlanner.LeastGoodPerMinute, LeastResults = BayesPlanner.LeastResults };
        (_surveyed, _told) = (state.SurveyedPatches, 0);
    }
}
