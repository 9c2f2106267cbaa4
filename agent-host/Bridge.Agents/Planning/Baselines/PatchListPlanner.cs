using System.Globalization;
using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Baselines;

/// <summary>
/// Follows a list that was fixed before the session (CryoRL, section 5.2): patches in a given order, of each the holes called good, in their
/// own order. When every hole of the list was visited it goes on with the holes not called good, in the same order of patches, because a
/// session that ends early wastes the microscope; the paper does not say.
/// </summary>
public sealed class PatchListPlanner : IPlanner
{
    private readonly Grid _grid;
    private readonly string _order;
    private readonly int[] _list;
    private readonly int _called; // holes at the head of the list that are called good
    private int _from;            // everything before it in the list was visited when last looked at
    private int _unvisited;

    /// <param name="patches">Every patch of the grid once, in the order in which they are scanned.</param>
    /// <param name="order">Whose order it is, for the reasons given: "best grid-level image and patch first".</param>
    public PatchListPlanner(string name, Grid grid, IEnumerable<int> patches, string order)
    {
        (Name, _grid, _order) = (name, grid, order);
        int[] holes = [.. patches.SelectMany(patch => grid.Patches[patch].Holes)];
        if (holes.Length != grid.Holes.Count)
            throw new ArgumentException($"the list has {holes.Length} holes, the grid {grid.Holes.Count}", nameof(patches));
        _list = [.. holes.Where(hole => HoleCalls.IsCalledGood(grid.Holes[hole])), .. holes.Where(hole => !HoleCalls.IsCalledGood(grid.Holes[hole]))];
        _called = grid.Holes.Count(HoleCalls.IsCalledGood);
    }

    /// <summary>CryoRL's greedy baseline: the patches in the order of <see cref="PatchRanking"/>.</summary>
    public static PatchListPlanner Greedy(Grid grid) => new("greedy", grid, new PatchRanking(grid).Patches, "best grid-level image and patch first");

    public string Name { get; }

    public PlanResult Next(CollectionState state)
    {
        if (state.Unvisited > _unvisited)
            _from = 0; // a hole was put back
        _unvisited = state.Unvisited;
        while (_from < _list.Length && state.IsVisited(_list[_from]))
            _from++;
        int end = _from < _called ? _called : _list.Length;
        for (int i = _from; i < end; i++)
        {
            if (!state.IsVisited(_list[i]) && state.MinutesTo(_list[i]) <= state.MinutesLeft)
                return Go(state, i);
        }
        return _from == _list.Length ? PlannerTexts.NothingFits(state) : new PlanResult.Stop(string.Create(CultureInfo.InvariantCulture,
            $"no hole of the list can be reached in the {Math.Max(0, state.MinutesLeft):0.##} min left"));
    }

    public void Observe(CollectionState state, int hole)
    {
        // The list is fixed before the session.
    }

    private PlanResult.Planned Go(CollectionState state, int position)
    {
        int hole = _list[position];
        string why = position < _called
            ? string.Create(CultureInfo.InvariantCulture, $"hole {position + 1} of {_called} called good, {_order}")
            : "every hole called good was visited; going on with the others";
        return new PlanResult.Planned(hole, CtfCalibration.Default.Probability(_grid.Holes[hole]), state.MinutesTo(hole), why);
    }
}
