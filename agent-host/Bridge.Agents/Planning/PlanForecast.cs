using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>What a planner expects to do in the time left if every result came as expected, so that nothing new were learned: square by square.</summary>
/// <param name="Squares">In the order of the visits; a square that is left and entered again comes twice.</param>
/// <param name="End">Why it ends.</param>
/// <param name="IsWhole">False if the most moves were reached before the end.</param>
public sealed record PlanForecast(IReadOnlyList<PlannedSquare> Squares, string End, bool IsWhole)
{
    /// <summary>Looks ahead on a copy of the state.</summary>
    /// <param name="planner">In charge; it learns nothing from this.</param>
    /// <param name="state">With infinite minutes left, <see cref="PlannerSetup.OpenEndedMinutes"/> are looked ahead.</param>
    /// <param name="mostMoves">1 or more: the cost is that of so many suggestions.</param>
    public static PlanForecast Make(IPlanner planner, CollectionState state, int mostMoves)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostMoves, 1);
        var ahead = new CollectionState(state);
        double limit = double.IsFinite(state.MinutesLeft) ? state.MinutesLeft : PlannerSetup.OpenEndedMinutes, elapsed = 0;
        var squares = new List<PlannedSquare>();
        int last = -1;
        Grid grid = state.Grid;
        for (int move = 0; move < mostMoves; move++)
        {
            ahead.MinutesLeft = limit - elapsed;
            switch (planner.Next(ahead))
            {
                case PlanResult.Planned planned:
                    int square = grid.SquareOfPatch(grid.Holes[planned.Hole].Patch);
                    if (square != last)
                        squares.Add(new PlannedSquare(grid.Squares[square].Id, elapsed, elapsed, 0, 0));
                    last = square;
                    elapsed += ahead.MinutesTo(planned.Hole);
                    ahead.Visit(planned.Hole);
                    squares[^1] = squares[^1] with { ToMin = elapsed, Holes = squares[^1].Holes + 1, Good = squares[^1].Good + planned.Probability };
                    break;
                case PlanResult.Survey look:
                    return new PlanForecast(squares, $"then an image of patch {grid.Patches[grid.Holes[look.Hole].Patch].Id}, and what it shows decides", IsWhole: false);
                case PlanResult.Stop stop:
                    return new PlanForecast(squares, stop.Why, IsWhole: true);
            }
        }
        return new PlanForecast(squares, $"only the next {mostMoves} moves are looked at", IsWhole: false);
    }
}
