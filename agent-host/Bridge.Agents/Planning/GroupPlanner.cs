using System.Globalization;
using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Groups;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// Several shots a move: plans with image-shift groups as units, each worth the expected good holes among its members, and as long as one move and the shots after the first.
/// Beliefs and plan are those of <c>bayes</c>. See Groups/README.md.
/// </summary>
public sealed class GroupPlanner : IPlanner
{
    private readonly Grid _grid;
    private readonly double _maxShiftUm, _shotMinutes;
    private readonly IReadOnlyList<ShiftGroup> _groups;
    private readonly int[] _unitOfHole;
    private readonly int[] _left;      // by unit: holes not visited yet
    private readonly bool[] _visited;  // by hole, as of the last look
    private readonly BayesBeliefs _beliefs;
    private readonly GroupOdds _odds;
    private readonly RatePlanner _planner;
    private readonly double _extraMinutes;
    private readonly CollectionState _units;

    /// <param name="maxShiftUm">Longest image shift in µm, 0 or more.</param>
    /// <param name="shotMinutes">Of each shot after the first, above 0.</param>
    public GroupPlanner(Grid grid, double maxShiftUm, double shotMinutes)
    {
        if (!(shotMinutes > 0 && double.IsFinite(shotMinutes)))
            throw new ArgumentOutOfRangeException(nameof(shotMinutes), shotMinutes, "a shot takes more than 0 minutes");
        (_grid, _maxShiftUm, _shotMinutes, _groups) = (grid, maxShiftUm, shotMinutes, ShiftGroups.Find(grid, maxShiftUm));
        (_unitOfHole, _left, _visited) = (new int[grid.Holes.Count], new int[_groups.Count], new bool[grid.Holes.Count]);
        for (int unit = 0; unit < _groups.Count; unit++)
        {
            foreach (int hole in _groups[unit].Members)
                _unitOfHole[hole] = unit;
            _left[unit] = _groups[unit].Members.Count;
        }
        _beliefs = new BayesBeliefs(grid, BayesSettings.Default, CtfCalibration.Default);
        _odds = new GroupOdds(grid, _groups, _beliefs, hole => _visited[hole]);
        // Groups come by patch, so the levels are numbered as in the grid of holes.
        Grid units = GridBuilder.FromTargets(_groups.Select(group => grid.TargetOf(group.Centre)));
        _planner = new RatePlanner(Name, units, _odds) { LeastGoodPerMinute = BayesPlanner.LeastGoodPerMinute / _odds.MostShots, LeastResults = Scaled(BayesPlanner.LeastResults), LeastResultsOnceGood = Scaled(BayesPlanner.LeastResultsOnceGood) };
        _extraMinutes = ((grid.Holes.Sum(hole => hole.Shots) / (double)_groups.Count) - 1) * shotMinutes;
        _units = new CollectionState(units, MoveMinutes.Text);

        int Scaled(int results) => Math.Max(5, (int)((long)results * _groups.Count / grid.Holes.Count)); // of groups
    }

    public string Name => Planners.Grouping;

    /// <summary>Groups of the grid.</summary>
    public IReadOnlyList<ShiftGroup> Groups => _groups;

    public PlanResult Next(CollectionState state)
    {
        Sync(state);
        PlanResult result = _planner.Next(_units);
        if (result is PlanResult.Stop && state.MinutesLeft < state.Minutes.OtherGridImage + _extraMinutes)
        {
            _units.Minutes = state.Minutes; // no whole group fits any more, but part of one may
            result = _planner.Next(_units);
        }
        if (result is not PlanResult.Planned planned)
            return new PlanResult.Stop(_units.Unvisited == 0 ? "every hole has been visited" : "no group that is left pays for itself, or fits into the time left");
        int[] members = Members(state, planned.Hole);
        int shots = members.Sum(hole => _grid.Holes[hole].Shots);
        double good = members.Sum(hole => _grid.Holes[hole].Shots * _beliefs.Probability(hole)), minutes = MinutesOf(state, members);
        if (minutes > state.MinutesLeft)
            return new PlanResult.Stop(string.Create(CultureInfo.InvariantCulture, $"no group can be reached in the {state.MinutesLeft:0.#} min left"));
        return new PlanResult.Planned(members[0], _beliefs.Probability(members[0]), minutes, string.Create(CultureInfo.InvariantCulture,
            $"{shots} shots from one stage position in patch {_grid.Patches[_grid.Holes[members[0]].Patch].Id}: {good:0.0} good expected in {minutes:0.#} min")) { Others = members[1..] };
    }

    public void Observe(CollectionState state, int hole)
    {
        double ctfA = state.MeasuredCtfA(hole);
        if (double.IsNaN(ctfA))
            return;
        Sync(state);
        _odds.Observe(hole, ctfA);
        int unit = _unitOfHole[hole];
        _units.Record(unit, ctfA); // counts the groups of which something is known
        if (_left[unit] > 0)
            _units.PutBack(unit);
    }

    public HoleBelief? Explain(int hole) => _beliefs.Explain(hole);

    /// <summary>Takes what was visited over to the units. Their moves take the shots of a usual group longer.</summary>
    private void Sync(CollectionState state)
    {
        ReadOnlySpan<bool> now = state.Visited;
        for (int hole = 0; hole < now.Length; hole++)
        {
            hole += now[hole..].CommonPrefixLength(_visited.AsSpan(hole)); // a whole vector of holes at a time
            if (hole == now.Length)
                break;
            _visited[hole] = now[hole];
            int unit = _unitOfHole[hole];
            _odds.Visited(_grid.Holes[hole].Patch);
            if ((_left[unit] += _visited[hole] ? -1 : 1) == 0)
                _units.MarkVisited(unit);
            else
                _units.PutBack(unit);
        }
        _units.StandAt(state.Current < 0 ? -1 : _unitOfHole[state.Current]); // a forecast may have gone ahead
        MoveMinutes minutes = state.Minutes;
        _units.Minutes = new MoveMinutes(minutes.SamePatch + _extraMinutes, minutes.SameSquare + _extraMinutes, minutes.SameGridImage + _extraMinutes, minutes.OtherGridImage + _extraMinutes);
        _units.MinutesLeft = state.MinutesLeft;
    }

    /// <summary>The members that can be reached by image shift from the first, as many as fit into the time left: the most probable ones.</summary>
    private int[] Members(CollectionState state, int unit)
    {
        int[] free = [.. _groups[unit].Members.Where(hole => !_visited[hole])];
        Contracts.StageUm stage = _grid.Holes[free[0]].Stage;
        List<int> members = [free[0], .. free.Skip(1).Where(hole => _grid.Holes[hole].Stage.DistanceTo(stage) <= _maxShiftUm).OrderByDescending(_beliefs.Probability).ThenBy(hole => hole)];
        while (members.Count > 1 && MinutesOf(state, members) > state.MinutesLeft)
            members.RemoveAt(members.Count - 1);
        return [.. members];
    }

    private double MinutesOf(CollectionState state, IReadOnlyList<int> members) => state.MinutesTo(members[0]) + ((members.Sum(hole => _grid.Holes[hole].Shots) - 1) * _shotMinutes);
}
