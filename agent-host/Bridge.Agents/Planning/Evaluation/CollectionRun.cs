using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>
/// One collection on a grid whose truth is known. The first hole is visited and its value told to the planner, but it costs nothing and is
/// not counted; every move's minutes are charged on arrival.
/// </summary>
/// <param name="BudgetMinutes">Minutes for moves.</param>
/// <param name="LastMove">What becomes of the move that runs over it.</param>
public sealed record CollectionRun(MeasuredGrid Truth, MoveMinutes Minutes, double BudgetMinutes, LastMove LastMove)
{
    /// <summary>Minutes are compared at this many decimals, so that 0.1 added ten times is 1.</summary>
    private const int Decimals = 6;

    /// <param name="planner">A fresh one, made for this grid.</param>
    /// <param name="firstHole">Position of the hole to start at.</param>
    /// <exception cref="InvalidOperationException">The planner broke its contract: a hole twice, or one that does not fit.</exception>
    public RunResult Play(IPlanner planner, int firstHole)
    {
        var state = new CollectionState(Truth.Grid, Minutes);
        Arrive(state, planner, firstHole);
        var visits = new List<RunVisit>();
        double elapsed = 0;
        int good = 0;
        while (elapsed <= BudgetMinutes && Ask(state, planner, elapsed) is { } planned)
        {
            if (state.IsVisited(planned.Hole))
                throw new InvalidOperationException($"planner '{planner.Name}' suggested hole {planned.Hole} again");
            elapsed = Math.Round(elapsed + state.MinutesTo(planned.Hole), Decimals);
            if (elapsed > BudgetMinutes && LastMove == LastMove.Strict)
                throw new InvalidOperationException($"planner '{planner.Name}' suggested hole {planned.Hole}, which ends at {elapsed} of {BudgetMinutes} min");
            Arrive(state, planner, planned.Hole);
            bool isGood = CollectionState.IsGood(Truth.CtfA[planned.Hole]);
            good += isGood ? 1 : 0;
            visits.Add(new RunVisit(planned.Hole, elapsed, isGood));
        }
        return new RunResult(good, visits);
    }

    /// <summary>
    /// With <see cref="LastMove.Strict"/> the planner sees the minutes left. With <see cref="LastMove.Counted"/> it sees the minutes of one
    /// cheapest move more, because the last move may begin as long as the budget is not exceeded; and where that fits nothing, it is
    /// asked again with room for the longest move, because any move may be the last.
    /// </summary>
    private PlanResult.Planned? Ask(CollectionState state, IPlanner planner, double elapsed)
    {
        double left = Math.Round(BudgetMinutes - elapsed, Decimals);
        state.MinutesLeft = LastMove == LastMove.Strict ? left : left + Minutes.SamePatch;
        PlanResult result = planner.Next(state);
        if (result is PlanResult.Stop && LastMove == LastMove.Counted)
        {
            state.MinutesLeft = left + Minutes.OtherGridImage;
            result = planner.Next(state);
        }
        return result as PlanResult.Planned;
    }

    private void Arrive(CollectionState state, IPlanner planner, int hole)
    {
        state.Visit(hole);
        state.Record(hole, Truth.CtfA[hole]);
        planner.Observe(state, hole);
    }
}
