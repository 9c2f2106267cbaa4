using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// Times the moves of a session and gives what they teach to its state. A move begins with the suggestion (or the visit that the client tells) and ends with the result of
/// its hole, or with the next suggestion if that comes first. Once a client tells minutes itself, nothing else is timed.
/// </summary>
internal sealed class MoveTimer(CollectionState state)
{
    private readonly LearnedMinutes _minutes = new(state.Minutes);
    private readonly Dictionary<int, MoveLevel> _levels = [];
    private int _hole = -1;
    private double _sinceMin;
    private bool _isTold;

    /// <summary>Moves that were timed, by level.</summary>
    public int Moves(MoveLevel level) => _minutes.Moves(level);

    /// <summary>The stage is about to go to a hole; called before the state knows. Without a position before, the move teaches nothing.</summary>
    public void Begin(int hole, double atMin)
    {
        if (hole == _hole)
            return; // suggested, and now the client says that it goes there
        Leave(atMin);
        if (state.Current < 0)
            return;
        _levels[hole] = state.Grid.LevelBetween(state.Grid.Holes[state.Current].Patch, state.Grid.Holes[hole].Patch);
        (_hole, _sinceMin) = (hole, atMin);
    }

    /// <summary>The result of a hole is there.</summary>
    public void End(int hole, double atMin)
    {
        if (hole != _hole)
            return;
        _hole = -1;
        if (!_isTold && _minutes.Observe(_levels[hole], atMin - _sinceMin))
            state.Minutes = _minutes.Mean;
    }

    /// <summary>The stage goes elsewhere, not to a hole.</summary>
    public void Leave(double atMin)
    {
        if (_hole >= 0)
            End(_hole, atMin);
    }

    /// <summary>Something else came of it: what is under way is not timed.</summary>
    public void Abandon() => _hole = -1;

    /// <summary>The client has timed a move itself.</summary>
    public void Tell(int hole, double minutes)
    {
        (_isTold, _hole) = (true, -1);
        if (_minutes.Observe(_levels[hole], minutes))
            state.Minutes = _minutes.Mean;
    }

    /// <summary>Refuses minutes of a move that nobody knows of.</summary>
    /// <exception cref="ContractException">The hole was neither suggested nor visited.</exception>
    public void Check(Hole hole)
    {
        if (!_levels.ContainsKey(hole.Index))
            throw new ContractException(FaultCode.OutOfTurn, $"no move to item {hole.Item} is known: it was not suggested or reported as visited, or it was the first, of which nobody knows where it came from");
    }
}
