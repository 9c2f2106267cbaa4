using Bridge.Agents.Planning;

namespace Bridge.AgentHost.Replay;

/// <summary>Where nobody can say from a journal what another planner would have found: a plain reason in place of a number.</summary>
internal static class WhyNoEstimate
{
    /// <param name="asked">The planner that would have been in charge.</param>
    /// <param name="recorded">The one that was.</param>
    /// <returns>Null if an estimate can be made.</returns>
    public static string? Reason(string asked, string recorded) => (asked, recorded) switch
    {
        (Planners.Surveying, _) => $"{asked} chooses which patches to take images of, and what the images of other patches would have shown is not in the journal",
        (Planners.Grouping, _) => $"{asked} takes several shots at a place, and how long those that the session did not take would have taken is not in the journal",
        (_, Planners.Surveying) => $"the session learned its predictions from images on the way, and {asked} would have known them from the start",
        (_, Planners.Grouping) => $"the session took several shots at a place and {asked} takes one, so the minutes of the one are not those of the other",
        _ => null,
    };
}
