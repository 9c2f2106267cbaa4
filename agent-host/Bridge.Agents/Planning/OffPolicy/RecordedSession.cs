using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.OffPolicy;

/// <summary>A collection that took place, as another planner would have met it.</summary>
/// <param name="Start">Where it stood when the first suggestion was asked for, the minutes left included.</param>
/// <param name="End">Where it stood in the end, with all results.</param>
/// <param name="Results">Holes in the order in which their first results came.</param>
public sealed record RecordedSession(CollectionState Start, CollectionState End, IReadOnlyList<int> Results)
{
    /// <summary>Holes that were visited from the start on, in order.</summary>
    public IReadOnlyList<int> Visits { get; } = [.. End.Path.Skip(Start.Path.Count)];

    /// <summary>Good ones among those that were measured from the start on.</summary>
    public int Good => End.Good - Start.Good;

    /// <summary>Minutes of the moves from the start on, by the minutes that the session had learned in the end: what another planner may spend.</summary>
    public double MoveMinutes
    {
        get
        {
            var state = new CollectionState(Start) { Minutes = End.Minutes };
            double minutes = 0;
            foreach (int hole in Visits)
            {
                minutes += state.MinutesTo(hole);
                state.Visit(hole);
            }
            return minutes;
        }
    }

    /// <summary>True if the session knows what this hole is like.</summary>
    public bool IsKnown(int hole) => !double.IsNaN(End.MeasuredCtfA(hole));

    /// <summary>The grid of the session.</summary>
    public Grid Grid => End.Grid;
}
