using Bridge.Agents.Planning.CryoRL;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>One collection by a planner on a grid whose truth is known, played on a <see cref="GridCollection"/>.</summary>
/// <param name="BudgetMinutes">Minutes for moves.</param>
/// <param name="LastMove">What becomes of the move that runs over it.</param>
public sealed record CollectionRun(MeasuredGrid Truth, MoveMinutes Minutes, double BudgetMinutes, LastMove LastMove)
{
    /// <param name="planner">A fresh one, made for this grid.</param>
    /// <param name="firstHole">Position of the hole to start at; the planner is told its value.</param>
    /// <exception cref="InvalidOperationException">The planner broke its contract: a hole twice, or one that does not fit.</exception>
    public RunResult Play(IPlanner planner, int firstHole)
    {
        double reward = 0;
        var collection = new GridCollection(Truth, Minutes, BudgetMinutes, LastMove);
        collection.Start(firstHole);
        planner.Observe(collection.State, firstHole);
        var visits = new List<RunVisit>();
        while (collection.End == CollectionEnd.None && Ask(collection, planner) is { } planned)
        {
            CollectionStep step = Move(collection, planner, planned.Hole);
            planner.Observe(collection.State, planned.Hole);
            reward += step.Reward;
            visits.Add(new RunVisit(planned.Hole, collection.ElapsedMinutes, step.Good, planned.Probability));
        }
        return new RunResult(firstHole, collection.Good, visits) { Reward = reward };
    }

    /// <summary>
    /// With <see cref="LastMove.Strict"/> the planner sees the minutes left. With <see cref="LastMove.Counted"/> it sees the minutes of one
    /// cheapest move more, because the last move may begin as long as the budget is not exceeded; and where that fits nothing, it is
    /// asked again with room for the longest move, because any move may be the last.
    /// </summary>
    private PlanResult.Planned? Ask(GridCollection collection, IPlanner planner)
    {
        CollectionState state = collection.State;
        double room = state.MinutesLeft;
        if (LastMove == LastMove.Counted)
            state.MinutesLeft = collection.RemainingMinutes + Minutes.SamePatch;
        PlanResult result = planner.Next(state);
        if (result is PlanResult.Stop && LastMove == LastMove.Counted)
        {
            state.MinutesLeft = room;
            result = planner.Next(state);
        }
        return result as PlanResult.Planned;
    }

    private static CollectionStep Move(GridCollection collection, IPlanner planner, int hole)
    {
        try
        {
            return collection.Move(hole);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"planner '{planner.Name}' broke the rules: {e.Message}", e);
        }
    }
}
