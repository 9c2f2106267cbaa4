using System.Globalization;
using Bridge.Domain.Sessions;

namespace Bridge.Agents.Planning;

/// <summary>Sentences that several planners say.</summary>
internal static class PlannerTexts
{
    /// <summary>Why a planner stops that would otherwise go on with any hole.</summary>
    public static PlanResult.Stop NothingFits(CollectionState state) => new(state.Unvisited == 0
        ? "every hole has been visited"
        : string.Create(CultureInfo.InvariantCulture, $"no unvisited hole can be reached in the {Math.Max(0, state.MinutesLeft):0.##} min left"));
}
