namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>The latest transitions, up to a number of them.</summary>
internal sealed class Ring(int capacity)
{
    private readonly List<Transition> _items = [];
    private int _next;

    public int Count => _items.Count;

    public Transition this[int place] => _items[place];

    /// <summary>Keeps a transition in the place of the oldest where it is full, and says in which place.</summary>
    public int Add(Transition transition)
    {
        int place = _next;
        if (place == _items.Count)
            _items.Add(transition);
        else
            _items[place] = transition;
        _next = (place + 1) % capacity;
        return place;
    }
}
