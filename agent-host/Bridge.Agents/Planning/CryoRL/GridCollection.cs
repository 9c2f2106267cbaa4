using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL;

/// <summary>
/// CryoRL's environment (section 4.3): a grid whose truth is known, collected hole by hole within a budget. State: which holes were visited
/// and where the stage is. Action: any unvisited hole that fits. Reward: <see cref="MoveRewards"/>, times <see cref="MeasuredGrid.Worth"/>. The first hole is visited and its value
/// known, but costs nothing and is not counted; every move's minutes are charged on arrival. Training and scoring play on this one class.
/// </summary>
public sealed class GridCollection
{
    /// <summary>Minutes are compared at this many decimals, so that 0.1 added ten times is 1.</summary>
    private const int Decimals = 6;

    private readonly MeasuredGrid _truth;
    private readonly MoveMinutes _minutes;
    private readonly LastMove _lastMove;

    /// <param name="budgetMinutes">Minutes for moves, 0 or more; infinity ends when every hole was visited.</param>
    /// <exception cref="ArgumentException">The budget is negative or no number, or there is not one measured value for each hole.</exception>
    public GridCollection(MeasuredGrid truth, MoveMinutes minutes, double budgetMinutes, LastMove lastMove)
    {
        if (!(budgetMinutes >= 0))
            throw new ArgumentOutOfRangeException(nameof(budgetMinutes), budgetMinutes, "a budget must be 0 minutes or more");
        if (truth.CtfA.Count != truth.Grid.Holes.Count)
            throw new ArgumentException($"the grid has {truth.Grid.Holes.Count} holes, but {truth.CtfA.Count} measured values were given", nameof(truth));
        if (truth.Worth is { } worths && worths.Count != truth.Grid.Holes.Count)
            throw new ArgumentException($"the grid has {truth.Grid.Holes.Count} holes, but {worths.Count} pseudo-rewards were given", nameof(truth));
        (_truth, _minutes, BudgetMinutes, _lastMove) = (truth, minutes, budgetMinutes, lastMove);
        State = new CollectionState(truth.Grid, minutes);
    }

    public double BudgetMinutes { get; }

    public MoveRewards Rewards { get; init; } = MoveRewards.Printed;

    /// <summary>Where the episode stands; a new one for every <see cref="Start"/>. Its minutes left are those that a move may take now: with
    /// <see cref="LastMove.Counted"/> any move may be the last, so there is always room for the longest.</summary>
    public CollectionState State { get; private set; }

    /// <summary>Minutes charged since the start.</summary>
    public double ElapsedMinutes { get; private set; }

    /// <summary>Budget less elapsed minutes; below 0 after a last move that ran over.</summary>
    public double RemainingMinutes => Math.Round(BudgetMinutes - ElapsedMinutes, Decimals);

    /// <summary>Good holes counted since the start.</summary>
    public int Good { get; private set; }

    public CollectionEnd End { get; private set; } = CollectionEnd.TimeUp;

    /// <summary>Begins an episode at a hole.</summary>
    public void Start(int firstHole)
    {
        State = new CollectionState(_truth.Grid, _minutes);
        (ElapsedMinutes, Good) = (0, 0);
        Arrive(firstHole);
    }

    /// <summary>Goes to a hole.</summary>
    /// <exception cref="InvalidOperationException">The episode is over, or the hole was visited, or it does not fit.</exception>
    public CollectionStep Move(int hole)
    {
        if (End != CollectionEnd.None)
            throw new InvalidOperationException($"hole {hole} was asked for, but the collection is over ({End})");
        if (State.IsVisited(hole))
            throw new InvalidOperationException($"hole {hole} was visited already");
        MoveLevel level = _truth.Grid.LevelBetween(_truth.Grid.Holes[State.Current].Patch, _truth.Grid.Holes[hole].Patch);
        double minutes = _minutes[level], elapsed = Math.Round(ElapsedMinutes + minutes, Decimals);
        if (elapsed > BudgetMinutes && _lastMove == LastMove.Strict)
            throw new InvalidOperationException($"hole {hole} would be reached at {elapsed} of {BudgetMinutes} min");
        ElapsedMinutes = elapsed;
        bool good = CollectionState.IsGood(_truth.CtfA[hole]);
        Good += good ? 1 : 0;
        Arrive(hole);
        double worth = _truth.Worth is { } worths ? worths[hole] : good ? 1 : 0;
        return new CollectionStep(worth * Rewards[level], minutes, good, End);
    }

    private void Arrive(int hole)
    {
        State.Visit(hole);
        if (!double.IsNaN(_truth.CtfA[hole])) // with pseudo-rewards not every hole was measured
            State.Record(hole, _truth.CtfA[hole]);
        double left = RemainingMinutes;
        State.MinutesLeft = _lastMove == LastMove.Strict ? left : left + _minutes.OtherGridImage;
        End = State.Unvisited == 0 ? CollectionEnd.AllVisited
            : left < 0 || (_lastMove == LastMove.Strict && !AnyFits(left)) ? CollectionEnd.TimeUp
            : CollectionEnd.None;
    }

    /// <summary>Looks at holes only in the last minutes, where the longest move does not fit any more.</summary>
    private bool AnyFits(double left)
    {
        if (left >= _minutes.OtherGridImage)
            return true;
        if (left < _minutes.SamePatch)
            return false;
        Grid grid = _truth.Grid;
        foreach (int square in grid.GridImages[grid.GridImageOfPatch(grid.Holes[State.Current].Patch)].Squares)
        {
            foreach (int patch in grid.Squares[square].Patches)
            {
                if (State.MinutesToPatch(patch) > left)
                    continue;
                foreach (int hole in grid.Patches[patch].Holes)
                {
                    if (!State.IsVisited(hole))
                        return true;
                }
            }
        }
        return false;
    }
}
