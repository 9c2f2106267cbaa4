using Bridge.Contracts;

namespace Bridge.Domain.Specimen;

/// <summary>
/// A whole specimen grid as a session sees it: grid-level images, their squares, their patches, their holes. Immutable; everything
/// refers to everything else by position, so that 100 000 holes stay cheap to walk. Build one with <see cref="GridBuilder"/>.
/// </summary>
public sealed class Grid
{
    private readonly Dictionary<int, int> _holeByItem;

    internal Grid(IReadOnlyList<GridImage> gridImages, IReadOnlyList<Square> squares, IReadOnlyList<Patch> patches, IReadOnlyList<Hole> holes)
    {
        (GridImages, Squares, Patches, Holes) = (gridImages, squares, patches, holes);
        _holeByItem = new Dictionary<int, int>(holes.Count);
        foreach (Hole hole in holes)
            _holeByItem.Add(hole.Item, hole.Index);
    }

    private Grid(Grid other, IReadOnlyList<Hole> holes)
        => (GridImages, Squares, Patches, Holes, _holeByItem) = (other.GridImages, other.Squares, other.Patches, holes, other._holeByItem);

    public IReadOnlyList<GridImage> GridImages { get; }

    public IReadOnlyList<Square> Squares { get; }

    public IReadOnlyList<Patch> Patches { get; }

    public IReadOnlyList<Hole> Holes { get; }

    /// <summary>The hole of this item number, or null.</summary>
    public Hole? FindItem(int item) => _holeByItem.TryGetValue(item, out int index) ? Holes[index] : null;

    public int SquareOfPatch(int patch) => Patches[patch].Square;

    public int GridImageOfPatch(int patch) => Squares[Patches[patch].Square].GridImage;

    /// <summary>The outermost level that changes between two patches.</summary>
    public MoveLevel LevelBetween(int fromPatch, int toPatch)
        => fromPatch == toPatch ? MoveLevel.SamePatch
            : SquareOfPatch(fromPatch) == SquareOfPatch(toPatch) ? MoveLevel.SameSquare
            : GridImageOfPatch(fromPatch) == GridImageOfPatch(toPatch) ? MoveLevel.SameGridImage
            : MoveLevel.OtherGridImage;

    /// <summary>The hole nearest to a stage position in the plane; the first of several. O(n).</summary>
    public Hole Nearest(StageUm stage)
    {
        Hole nearest = Holes[0];
        double best = double.PositiveInfinity;
        foreach (Hole hole in Holes)
        {
            double distance = hole.Stage.SquaredDistanceTo(stage);
            if (distance < best)
                (best, nearest) = (distance, hole);
        }
        return nearest;
    }

    /// <summary>The same grid with other predictions of some holes; everything else is shared.</summary>
    /// <param name="predictions">By hole: CTF value in Å and probability, each NaN where there is none.</param>
    public Grid WithPredictions(IEnumerable<(int Hole, double CtfA, double Probability)> predictions)
    {
        Hole[] holes = [.. Holes];
        foreach ((int hole, double ctfA, double probability) in predictions)
            holes[hole] = holes[hole] with { PredictedCtfA = ctfA, GivenProbability = probability };
        return new Grid(this, holes);
    }

    /// <summary>A hole as the contract's target: what a suggestion names.</summary>
    public Target TargetOf(int index)
    {
        Hole hole = Holes[index];
        return new Target
        {
            Item = hole.Item,
            Id = hole.Id,
            GridImage = GridImages[GridImageOfPatch(hole.Patch)].Id,
            Square = Squares[SquareOfPatch(hole.Patch)].Id,
            Patch = Patches[hole.Patch].Id,
            Stage = hole.Stage,
            PredictedCtfA = double.IsNaN(hole.PredictedCtfA) ? null : hole.PredictedCtfA,
            Probability = double.IsNaN(hole.GivenProbability) ? null : hole.GivenProbability,
            ImageShiftGroup = hole.ImageShiftGroup,
            Shots = hole.Shots,
            Unknown = hole.Unknown,
        };
    }

    /// <summary>All holes as targets: what a journal keeps, and what <see cref="GridBuilder"/> takes.</summary>
    public IEnumerable<Target> ToTargets() => Holes.Select(hole => TargetOf(hole.Index));
}
