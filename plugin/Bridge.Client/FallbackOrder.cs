using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>The order that the client follows on its own while the host is away: the nearest target that nobody visited.</summary>
internal sealed class FallbackOrder
{
    private readonly Dictionary<int, StageUm> _unvisited = [];
    private readonly Dictionary<int, StageUm> _all = [];
    private StageUm _here;

    /// <summary>Starts anew with what the host said when the session was opened.</summary>
    public void Reset(IReadOnlyList<(int Item, StageUm Stage)> places)
    {
        _unvisited.Clear();
        _all.Clear();
        foreach ((int item, StageUm stage) in places)
            _unvisited[item] = _all[item] = stage;
    }

    public void StandAt(StageUm stage) => _here = stage;

    public void Visit(int item)
    {
        _unvisited.Remove(item);
        if (_all.TryGetValue(item, out StageUm stage))
            _here = stage;
    }

    /// <summary>The target will not be suggested; the stage stays.</summary>
    public void Remove(int item) => _unvisited.Remove(item);

    public bool IsUnvisited(int item) => _unvisited.ContainsKey(item);

    public void PutBack(int item)
    {
        if (_all.TryGetValue(item, out StageUm stage))
            _unvisited[item] = stage;
    }

    /// <summary>The nearest unvisited target, the lowest item of several; null if none is left. O(n), some 0.5 ms for 100 000.</summary>
    public (int Item, StageUm Stage)? Nearest()
    {
        (int Item, StageUm Stage)? nearest = null;
        double best = double.PositiveInfinity;
        foreach ((int item, StageUm stage) in _unvisited)
        {
            double distance = stage.SquaredDistanceTo(_here);
            if (distance < best || (distance == best && item < nearest!.Value.Item))
                (best, nearest) = (distance, (item, stage));
        }
        return nearest;
    }
}
