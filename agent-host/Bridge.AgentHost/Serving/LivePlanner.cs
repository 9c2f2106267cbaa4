using Bridge.Agents.Planning;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>A planner that takes in predictions that become known, or is made anew for them and told all results again. Follows from the order of events alone.</summary>
/// <param name="create">For the grid as it is, and again for the grid as it will be.</param>
internal sealed class LivePlanner(Func<Grid, IPlanner> create, CollectionState state)
{
    private readonly List<int> _results = [];
    private readonly HashSet<int> _known = [];
    private IPlanner _planner = create(state.Grid);
    private Grid? _madeFor = state.Grid;
    private bool _madeAnew;
    private int _told; // of the results

    public string Name => _planner.Name;

    /// <summary>The planner for what is known now. Made when asked for: predictions may come one by one.</summary>
    public IPlanner Now
    {
        get
        {
            if (_madeFor == state.Grid)
                return _planner;
            if (_madeFor is null || !_planner.See(state))
                (_planner, _told) = (create(state.Grid), 0);
            for (; _told < _results.Count; _told++)
                _planner.Observe(state, _results[_told]);
            _madeFor = state.Grid;
            return _planner;
        }
    }

    /// <summary>Predictions became known, and are in the state.</summary>
    public void Predicted() => _madeAnew = true;

    /// <summary>A result is in the state.</summary>
    public void Observe(int hole)
    {
        bool isFirst = _known.Add(hole);
        if (isFirst)
            _results.Add(hole);
        if (!isFirst && _madeAnew)
            _madeFor = null;  // a planner made anew has heard of the last value only, so it must do so at any time
        else if (_madeFor == state.Grid)
        {
            _planner.Observe(state, hole);
            _told = _results.Count;
        }
    }
}
