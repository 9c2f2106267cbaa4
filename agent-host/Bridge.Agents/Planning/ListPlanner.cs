using Bridge.Agents.Planning.Bayes;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// A list of holes of which nobody said where they belong is one patch of any size, and whoever plans by patches would work out the whole list for each suggestion. Here it is
/// planned as parts of at most <see cref="Parts.MaxHoles"/> holes that lie together, every move as long as one inside the list: the same problem, of which most parts need not be looked at.
/// What is near then comes first, as in a patch.
/// </summary>
public sealed class ListPlanner : IPlanner
{
    /// <summary>Up to so many holes the list is planned as it is.</summary>
    private const int FewHoles = 4 * Parts.MaxHoles;

    private readonly IPlanner _planner;
    private readonly CollectionState _state; // the same holes, in parts

    private ListPlanner(Grid parts, IPlanner planner) => (_planner, _state) = (planner, new CollectionState(parts, MoveMinutes.Text));

    /// <summary>A planner for a grid: of its parts if it is a long list, else of the grid itself.</summary>
    /// <param name="make">Makes a planner that plans by patches.</param>
    public static IPlanner Of(Grid grid, Func<Grid, IPlanner> make)
    {
        if (grid.Patches.Count > 1 || grid.Holes.Count <= FewHoles)
            return make(grid);
        Grid parts = InParts(grid);
        return new ListPlanner(parts, make(parts));
    }

    /// <summary>The same holes in the same order, each in the patch of its part.</summary>
    internal static Grid InParts(Grid list)
    {
        var parts = new Parts(list);
        return GridBuilder.FromTargets(list.ToTargets().Select((target, hole) => target with { Patch = FormattableString.Invariant($"part {parts.PartOf(hole) + 1}") }));
    }

    public string Name => _planner.Name;

    public PlanResult Next(CollectionState state)
    {
        Sync(state);
        return _planner.Next(_state);
    }

    public void Observe(CollectionState state, int hole)
    {
        double ctfA = state.MeasuredCtfA(hole);
        if (double.IsNaN(ctfA))
            return;
        _state.Record(hole, ctfA, state.Score(hole));
        _planner.Observe(_state, hole);
    }

    public HoleBelief? Explain(int hole) => _planner.Explain(hole);

    private void Sync(CollectionState state)
    {
        ReadOnlySpan<bool> now = state.Visited;
        for (int hole = 0; hole < now.Length; hole++)
        {
            hole += now[hole..].CommonPrefixLength(_state.Visited[hole..]); // a whole vector of holes at a time
            if (hole == now.Length)
                break;
            if (now[hole])
                _state.MarkVisited(hole);
            else
                _state.PutBack(hole);
        }
        _state.StandAt(state.Current);
        double move = state.Minutes.SamePatch;
        _state.Minutes = new MoveMinutes(move, move, move, state.Current < 0 ? state.Minutes.OtherGridImage : move);
        _state.MinutesLeft = state.MinutesLeft;
    }
}
