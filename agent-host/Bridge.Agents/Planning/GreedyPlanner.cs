using System.Globalization;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// CryoRL's greedy baseline (section 5.2): grid-level images by the number of holes called good, within one the patches by the number of
/// holes called good, of a patch only the holes called good, in their own order; the list is fixed before the session. A hole is called
/// good if its predicted CTF value is &lt;= 6 Å, or its given probability at least one half. When every hole of the list was visited it goes on with the rest in the
/// same order, because a session that ends early wastes the microscope; the paper does not say.
/// </summary>
public sealed class GreedyPlanner : IPlanner
{
    private readonly Grid _grid;
    private readonly int[] _list;
    private readonly int _called; // holes at the head of the list that are called good
    private int _from;            // everything before it in the list was visited when last looked at
    private int _unvisited;

    public GreedyPlanner(Grid grid)
    {
        _grid = grid;
        int[] calledByPatch = [.. grid.Patches.Select(patch => patch.Holes.Count(hole => IsCalledGood(grid.Holes[hole])))];
        int[] ordered =
        [
            .. grid.GridImages
                .Select(image => (image.Index, Patches: image.Squares.SelectMany(square => grid.Squares[square].Patches).ToArray()))
                .OrderByDescending(image => image.Patches.Sum(patch => calledByPatch[patch])).ThenBy(image => image.Index)
                .SelectMany(image => image.Patches.OrderByDescending(patch => calledByPatch[patch]).ThenBy(patch => patch))
                .SelectMany(patch => grid.Patches[patch].Holes),
        ];
        _list = [.. ordered.Where(hole => IsCalledGood(grid.Holes[hole])), .. ordered.Where(hole => !IsCalledGood(grid.Holes[hole]))];
        _called = calledByPatch.Sum();
    }

    public string Name => "greedy";

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
            ? string.Create(CultureInfo.InvariantCulture, $"hole {position + 1} of {_called} called good, best grid-level image and patch first")
            : "every hole called good was visited; going on with the others";
        return new PlanResult.Planned(hole, CtfCalibration.Default.Probability(_grid.Holes[hole]), state.MinutesTo(hole), why);
    }

    private static bool IsCalledGood(Hole hole)
        => double.IsNaN(hole.GivenProbability) ? CollectionState.IsGood(hole.PredictedCtfA) : hole.GivenProbability >= 0.5;
}
