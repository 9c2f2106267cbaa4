using Bridge.Contracts;

namespace Bridge.Domain.Specimen;

/// <summary>Builds a <see cref="Grid"/> from holes that name their patch, square and grid-level image.</summary>
public static class GridBuilder
{
    /// <summary>Levels are numbered in the order in which the holes first name them; holes keep their order. A hole that names no
    /// patch, square or grid-level image goes to an unnamed one of its parent.</summary>
    /// <exception cref="ContractException">No hole at all; an item number twice; a patch in two squares or a square in two
    /// grid-level images.</exception>
    public static Grid FromTargets(IEnumerable<Target> targets)
    {
        var gridImages = new Level();
        var squares = new Level();
        var patches = new Level();
        var holes = new List<Hole>();
        var items = new HashSet<int>();
        foreach (Target target in targets)
        {
            if (target.Kind != TargetKind.Hole)
                continue;
            if (!items.Add(target.Item))
                throw new ContractException(FaultCode.BadField, $"item {target.Item} is given twice; every target needs its own number");
            int gridImage = gridImages.Add(target.GridImage, parent: 0, "grid-level image");
            int square = squares.Add(target.Square.Length > 0 ? target.Square : target.GridImage, gridImage, "square");
            int patch = patches.Add(target.Patch.Length > 0 ? target.Patch : target.Square, square, "patch");
            patches.Children[patch].Add(holes.Count);
            holes.Add(new Hole(holes.Count, target.Item, target.Id, patch, target.Stage)
            {
                PredictedCtfA = target.PredictedCtfA ?? double.NaN,
                GivenProbability = target.Probability ?? double.NaN,
                ImageShiftGroup = target.ImageShiftGroup,
                Shots = target.Shots,
                Unknown = target.Unknown,
            });
        }
        if (holes.Count == 0)
            throw new ContractException(FaultCode.NoTargets, "there is no hole to collect: mark points with Acquire in the Navigator, or give targets of kind 'hole'");
        for (int patch = 0; patch < patches.Count; patch++)
            squares.Children[patches.Parents[patch]].Add(patch);
        for (int square = 0; square < squares.Count; square++)
            gridImages.Children[squares.Parents[square]].Add(square);
        return new Grid(
            [.. Enumerable.Range(0, gridImages.Count).Select(i => new GridImage(i, gridImages.Ids[i], gridImages.Children[i]))],
            [.. Enumerable.Range(0, squares.Count).Select(i => new Square(i, squares.Ids[i], squares.Parents[i], squares.Children[i]))],
            [.. Enumerable.Range(0, patches.Count).Select(i => new Patch(i, patches.Ids[i], patches.Parents[i], patches.Children[i]))],
            holes.ToArray());
    }

    /// <summary>One level of the hierarchy while it grows.</summary>
    private sealed class Level
    {
        private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);

        public List<string> Ids { get; } = [];

        public List<int> Parents { get; } = [];

        public List<List<int>> Children { get; } = [];

        public int Count => Ids.Count;

        public int Add(string id, int parent, string what)
        {
            if (_byId.TryGetValue(id, out int index))
            {
                return Parents[index] == parent
                    ? index
                    : throw new ContractException(FaultCode.BadField, $"{what} '{id}' lies in two parents; give every {what} a name of its own, such as parent/child");
            }
            _byId.Add(id, Count);
            Ids.Add(id);
            Parents.Add(parent);
            Children.Add([]);
            return Count - 1;
        }
    }
}
