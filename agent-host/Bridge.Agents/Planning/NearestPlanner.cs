using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// The unvisited hole that costs the fewest minutes, and of those the one at the smallest stage distance, and of those the first.
/// Before the stage was anywhere, the first unvisited hole. Looks outwards level by level, so a step costs O(holes of the level).
/// </summary>
public sealed class NearestPlanner(Grid grid) : IPlanner
{
    public string Name => "nearest";

    public PlanResult Next(CollectionState state)
    {
        int hole = state.Current < 0 ? FirstUnvisited(state) : Nearest(state);
        if (hole < 0 || state.MinutesTo(hole) > state.MinutesLeft)
            return PlannerTexts.NothingFits(state);
        string why = state.Current < 0
            ? "the first unvisited hole: the stage was not reported yet"
            : string.Create(CultureInfo.InvariantCulture, $"nearest unvisited hole, {grid.Holes[state.Current].Stage.DistanceTo(grid.Holes[hole].Stage):0.#} µm away");
        return new PlanResult.Planned(hole, CtfCalibration.Default.Probability(grid.Holes[hole]), state.MinutesTo(hole), why);
    }

    public void Observe(CollectionState state, int hole)
    {
        // Learns nothing.
    }

    private int FirstUnvisited(CollectionState state)
    {
        for (int hole = 0; hole < grid.Holes.Count; hole++)
        {
            if (!state.IsVisited(hole))
                return hole;
        }
        return -1;
    }

    private int Nearest(CollectionState state)
    {
        var search = new Search(state, grid.Holes[state.Current].Stage);
        int patch = grid.Holes[state.Current].Patch, square = grid.SquareOfPatch(patch), gridImage = grid.GridImageOfPatch(patch);
        MoveMinutes minutes = state.Minutes;
        // A level is left only if it has nothing, or if the next one costs no more.
        search.InPatch(patch);
        if (search.Best >= 0 && minutes.SamePatch < minutes.SameSquare)
            return search.Best;
        search.InSquare(square);
        if (search.Best >= 0 && minutes.SameSquare < minutes.SameGridImage)
            return search.Best;
        search.InGridImage(gridImage);
        if (search.Best >= 0 && minutes.SameGridImage < minutes.OtherGridImage)
            return search.Best;
        search.Everywhere();
        return search.Best;
    }

    private sealed class Search(CollectionState state, StageUm from)
    {
        private double _minutes = double.PositiveInfinity, _distance = double.PositiveInfinity;

        public int Best { get; private set; } = -1;

        public void InPatch(int patch)
        {
            double minutes = state.MinutesToPatch(patch);
            if (minutes > _minutes)
                return;
            IReadOnlyList<int> holes = state.Grid.Patches[patch].Holes;
            for (int i = 0; i < holes.Count; i++)
            {
                if (state.IsVisited(holes[i]))
                    continue;
                double distance = state.Grid.Holes[holes[i]].Stage.SquaredDistanceTo(from);
                if (minutes < _minutes || distance < _distance || (distance == _distance && holes[i] < Best))
                    (_minutes, _distance, Best) = (minutes, distance, holes[i]);
            }
        }

        public void InSquare(int square)
        {
            foreach (int patch in state.Grid.Squares[square].Patches)
                InPatch(patch);
        }

        public void InGridImage(int gridImage)
        {
            foreach (int square in state.Grid.GridImages[gridImage].Squares)
                InSquare(square);
        }

        public void Everywhere()
        {
            for (int gridImage = 0; gridImage < state.Grid.GridImages.Count; gridImage++)
                InGridImage(gridImage);
        }
    }
}
