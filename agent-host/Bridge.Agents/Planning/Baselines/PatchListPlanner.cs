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

    /// <param name="holes">Every hole of the grid once, in the order in which they are scanned; those called good are taken first.</param>
    /// <param name="order">Whose order it is, for the reasons given: "best grid-level image and patch first".</param>
    public PatchListPlanner(string name, Grid grid, IEnumerable<int> holes, string order)
    {
        (Name, _grid, _order) = (name, grid, order);
        int[] all = [.. holes];
        if (all.Length != grid.Holes.Count)
            throw new ArgumentException($"the list has {all.Length} holes, the grid {grid.Holes.Count}", nameof(holes));
        _list = [.. all.Where(hole => HoleCalls.IsCalledGood(grid.Holes[hole])), .. all.Where(hole => !HoleCalls.IsCalledGood(grid.Holes[hole]))];
        _called = grid.Holes.Count(HoleCalls.IsCalledGood);
    }

    /// <summary>CryoRL's greedy baseline: the patches in the order of <see cref="PatchRanking"/>.</summary>
    public static PatchListPlanner Greedy(Grid grid)
        => new("greedy", grid, new PatchRanking(grid).Patches.SelectMany(patch => grid.Patches[patch].Holes), "best grid-level image and patch first");

    /// <summary>The best order of patches that a genetic algorithm finds; see <see cref="GeneticTour"/>.</summary>
    public static PatchListPlanner Genetic(PlannerSetup setup) => Scan("genetic", setup, GeneticTour.Find, "in the order that a genetic algorithm found");

    /// <summary>The best order of patches that simulated annealing finds; see <see cref="AnnealedTour"/>.</summary>
    public static PatchListPlanner Annealing(PlannerSetup setup) => Scan("annealing", setup, AnnealedTour.Find, "in the order that simulated annealing found");

    /// <summary>The best list for the predictions, by dynamic programming; see <see cref="OfflinePlan"/>.</summary>
    public static PatchListPlanner Offline(PlannerSetup setup)
        => Follow("offline", setup.Grid, OfflinePlan.Holes(setup), new PatchRanking(setup.Grid), "in the order that was planned before the session");

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

    private static PatchListPlanner Scan(string name, PlannerSetup setup, Func<PatchTour, Random, int[]> find, string order)
    {
        var ranking = new PatchRanking(setup.Grid);
        int[] tour = find(new PatchTour(setup.Grid, ranking, setup.Minutes, setup.PlannedMinutes), new Random(setup.Seed));
        return Follow(name, setup.Grid, tour.SelectMany(patch => setup.Grid.Patches[patch].Holes), ranking, order);
    }

    /// <summary>These holes, then the rest as greedy has them.</summary>
    private static PatchListPlanner Follow(string name, Grid grid, IEnumerable<int> holes, PatchRanking ranking, string order)
        => new(name, grid, holes.Concat(ranking.Patches.SelectMany(patch => grid.Patches[patch].Holes)).Distinct(), order);

    private PlanResult.Planned Go(CollectionState state, int position)
    {
        int hole = _list[position];
        string why = position < _called
            ? string.Create(CultureInfo.InvariantCulture, $"hole {position + 1} of {_called} called good, {_order}")
            : "every hole called good was visited; going on with the others";
        return new PlanResult.Planned(hole, CtfCalibration.Default.Probability(_grid.Holes[hole]), state.MinutesTo(hole), why);
    }
}
