using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>Of every patch, square and grid-level image: holes, and holes called good, unvisited and visited (CryoRL, Table 1). O(1) a visit.</summary>
internal sealed class LevelCounts
{
    private readonly Grid _grid;
    private readonly bool[] _called;
    private readonly Count[] _patches;
    private readonly Count[] _squares;
    private readonly Count[] _gridImages;

    /// <summary>Nothing is visited yet.</summary>
    public LevelCounts(Grid grid)
    {
        _grid = grid;
        _called = [.. grid.Holes.Select(HoleCalls.IsCalledGood)];
        (_patches, _squares, _gridImages) = (new Count[grid.Patches.Count], new Count[grid.Squares.Count], new Count[grid.GridImages.Count]);
        for (int hole = 0; hole < _called.Length; hole++)
            Add(hole, unvisited: 1, visited: 0);
    }

    public bool IsCalledGood(int hole) => _called[hole];

    public ref readonly Count OfPatch(int patch) => ref _patches[patch];

    public ref readonly Count OfSquare(int square) => ref _squares[square];

    public ref readonly Count OfGridImage(int gridImage) => ref _gridImages[gridImage];

    public void Visit(int hole) => Add(hole, unvisited: -1, visited: 1);

    public void PutBack(int hole) => Add(hole, unvisited: 1, visited: -1);

    private void Add(int hole, int unvisited, int visited)
    {
        int patch = _grid.Holes[hole].Patch, square = _grid.SquareOfPatch(patch);
        bool called = _called[hole];
        _patches[patch].Add(unvisited, visited, called);
        _squares[square].Add(unvisited, visited, called);
        _gridImages[_grid.Squares[square].GridImage].Add(unvisited, visited, called);
    }

    /// <summary>The four numbers of one patch, square or grid-level image.</summary>
    public struct Count
    {
        public int Unvisited { get; private set; }

        public int UnvisitedCalled { get; private set; }

        public int Visited { get; private set; }

        public int VisitedCalled { get; private set; }

        public void Add(int unvisited, int visited, bool called)
        {
            Unvisited += unvisited;
            Visited += visited;
            if (called)
                (UnvisitedCalled, VisitedCalled) = (UnvisitedCalled + unvisited, VisitedCalled + visited);
        }
    }
}
