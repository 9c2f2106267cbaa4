using System.Runtime.InteropServices;
using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>The order that the client follows on its own while the host is away: the nearest target that nobody used.</summary>
internal sealed class FallbackOrder
{
    private readonly Dictionary<int, StageUm> _stageOf = [];
    private readonly List<(int Item, StageUm Stage)> _free = [];  // in no order, without gaps: this is what is searched
    private readonly Dictionary<int, int> _indexOf = [];          // item to its index in _free
    private readonly HashSet<int> _used = [];

    /// <param name="places">What the host said when the session was opened. O(n): some 20 ms for 200 000.</param>
    public FallbackOrder(IReadOnlyList<(int Item, StageUm Stage)> places)
    {
        _stageOf.EnsureCapacity(places.Count);
        _indexOf.EnsureCapacity(places.Count);
        _free.EnsureCapacity(places.Count);
        foreach ((int item, StageUm stage) in places)
        {
            if (_stageOf.TryAdd(item, stage))
                AddFree(item, stage);
        }
    }

    /// <summary>Where the stage is, as far as is known.</summary>
    public StageUm Here { get; private set; }

    /// <summary>A stage that is not a number is not believed.</summary>
    public void StandAt(StageUm stage)
    {
        if (double.IsFinite(stage.X) && double.IsFinite(stage.Y))
            Here = stage;
    }

    /// <summary>The stage goes to the target: to where the host said that it is, or else to the stage given.</summary>
    public void Visit(int item, StageUm? stage = null)
    {
        Remove(item);
        if (_stageOf.TryGetValue(item, out StageUm known))
            Here = known;
        else if (stage is { } given)
            StandAt(given);
    }

    /// <summary>The target will not be suggested; the stage stays.</summary>
    public void Remove(int item)
    {
        _used.Add(item);
        if (!_indexOf.Remove(item, out int index))
            return;
        (int Item, StageUm Stage) last = _free[^1];
        _free.RemoveAt(_free.Count - 1);
        if (last.Item == item)
            return;
        _free[index] = last;
        _indexOf[last.Item] = index;
    }

    /// <summary>True for what was visited or removed, known to the host or not.</summary>
    public bool IsUsed(int item) => _used.Contains(item);

    public void PutBack(int item)
    {
        if (_used.Remove(item) && _stageOf.TryGetValue(item, out StageUm stage))
            AddFree(item, stage);
    }

    /// <summary>The nearest unused target, the lowest item of several; null if none is left. O(n): under 1 ms for 100 000.</summary>
    public (int Item, StageUm Stage)? Nearest()
    {
        ReadOnlySpan<(int Item, StageUm Stage)> free = CollectionsMarshal.AsSpan(_free);
        if (free.IsEmpty)
            return null;
        int nearest = 0;
        double best = free[0].Stage.SquaredDistanceTo(Here);
        for (int i = 1; i < free.Length; i++)
        {
            double distance = free[i].Stage.SquaredDistanceTo(Here);
            if (distance < best || (distance == best && free[i].Item < free[nearest].Item))
                (best, nearest) = (distance, i);
        }
        return free[nearest];
    }

    private void AddFree(int item, StageUm stage)
    {
        _indexOf[item] = _free.Count;
        _free.Add((item, stage));
    }
}
