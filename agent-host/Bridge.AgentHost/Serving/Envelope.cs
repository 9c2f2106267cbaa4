using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>Keeps targets outside the allowed area from being suggested: the host's side of the safety envelope.</summary>
internal sealed class Envelope(CollectionState state)
{
    /// <summary>Holes that only the envelope keeps back.</summary>
    private readonly HashSet<int> _heldBack = [];
    private AllowedArea? _allowed;
    private HashSet<int> _avoid = [];

    /// <summary>Sets the area; what was held back and is allowed now may be suggested again.</summary>
    public void Set(AllowedArea? allowed)
    {
        _allowed = allowed;
        Hold();
    }

    /// <summary>Sets the items that are never suggested; others may be again.</summary>
    public void Avoid(IReadOnlyList<int> items)
    {
        _avoid = [.. items];
        Hold();
    }

    private void Hold()
    {
        foreach (Hole hole in state.Grid.Holes)
        {
            bool outside = RefusalOf(hole) is not null;
            if (outside && !state.IsVisited(hole.Index))
            {
                _heldBack.Add(hole.Index);
                state.MarkVisited(hole.Index);
            }
            else if (!outside && _heldBack.Remove(hole.Index) && double.IsNaN(state.MeasuredCtfA(hole.Index)))
            {
                state.PutBack(hole.Index);
            }
        }
    }

    /// <summary>A hole that was put off may be suggested again, unless it is outside.</summary>
    public void PutBack(int hole)
    {
        if (RefusalOf(state.Grid.Holes[hole]) is null)
            state.PutBack(hole);
        else
            _heldBack.Add(hole);
    }

    /// <summary>Somebody went there or will not go there: it is no longer only the envelope that keeps it back.</summary>
    public void Forget(int hole) => _heldBack.Remove(hole);

    /// <summary>Why a hole is not allowed, or null if it is.</summary>
    public string? RefusalOf(Hole hole) => _avoid.Contains(hole.Item) ? "on the avoid list" : _allowed?.RefusalOf(hole.Stage, state.Grid.Squares[state.Grid.SquareOfPatch(hole.Patch)].Id);
}
