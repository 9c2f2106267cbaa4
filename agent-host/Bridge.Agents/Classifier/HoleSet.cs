using Bridge.Contracts;
using Bridge.Domain.Specimen;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier;

/// <summary>Holes with their pictures and, where they were shot, what was measured: what a classifier learns from.</summary>
public sealed class HoleSet
{
    /// <summary>A hole is good up to this CTF value, in Å (CryoRL, section 3).</summary>
    public const double GoodUpToA = 6;

    private readonly int[] _squareOfHole;

    /// <param name="grid">The holes and what they lie in.</param>
    /// <param name="cropSize">Pixels along a crop, s.</param>
    /// <param name="crops">(holes, s, s), normalised; a hole's crop is all NaN where there is none.</param>
    /// <param name="ctfA">(holes): measured CTF value in Å; NaN where nothing was measured.</param>
    /// <exception cref="ArgumentException">The arrays do not fit.</exception>
    public HoleSet(Grid grid, int cropSize, float[] crops, double[] ctfA)
    {
        if (crops.LongLength != (long)grid.Holes.Count * cropSize * cropSize || ctfA.Length != grid.Holes.Count)
            throw new ArgumentException($"{grid.Holes.Count} holes with crops of {cropSize} x {cropSize} need as many pictures and CTF values; got {crops.LongLength} pixels and {ctfA.Length} values");
        (Grid, Pictures, CtfA) = (grid, new CropStack(cropSize, crops), ctfA);
        _squareOfHole = [.. grid.Holes.Select(hole => grid.SquareOfPatch(hole.Patch))];
    }

    public Grid Grid { get; }

    public int Count => CtfA.Length;

    /// <summary>A crop of each hole.</summary>
    public CropStack Pictures { get; }

    public int CropSize => Pictures.Size;

    /// <summary>(holes, s, s), row by row.</summary>
    public float[] Crops => Pictures.Pixels;

    /// <summary>(holes): measured CTF value in Å; NaN where nothing was measured.</summary>
    public double[] CtfA { get; }

    /// <summary>(holes): position of the hole's square in <see cref="Grid.Squares"/>.</summary>
    public IReadOnlyList<int> SquareOfHole => _squareOfHole;

    public bool IsMeasured(int hole) => !double.IsNaN(CtfA[hole]);

    /// <summary>Measured at <see cref="GoodUpToA"/> or better; of no use where nothing was measured.</summary>
    public bool IsGood(int hole) => CtfA[hole] <= GoodUpToA;

    public ReadOnlySpan<float> CropOf(int hole) => Pictures[hole];

    /// <summary>Measured holes whose crop is there.</summary>
    public int[] Labelled() => [.. Enumerable.Range(0, Count).Where(hole => IsMeasured(hole) && Pictures.IsThere(hole))];

    /// <summary>Crops of these holes as (holes, 1, s, s).</summary>
    public Tensor Batch(ReadOnlySpan<int> holes) => Pictures.Batch(holes);

    /// <summary>Divides holes by squares, so that nothing is asked of a square that was learned from: holes of one square look alike.</summary>
    /// <param name="heldOutShare">Share of the holes to hold out, above 0 and below 1; a square goes whole, so it is met nearly.</param>
    /// <param name="seed">Which squares.</param>
    /// <returns>Holes to learn from and holes held out; both hold at least one square where there are two.</returns>
    public (int[] Training, int[] HeldOut) SplitBySquare(IReadOnlyList<int> holes, double heldOutShare, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heldOutShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(heldOutShare, 1);
        int[] squares = [.. holes.Select(hole => _squareOfHole[hole]).Distinct().Order()];
        new Random(seed).Shuffle(squares);
        int[] size = new int[Grid.Squares.Count];
        foreach (int hole in holes)
            size[_squareOfHole[hole]]++;
        var heldOut = new HashSet<int>();
        double left = heldOutShare * holes.Count;
        foreach (int square in squares.AsSpan(0, Math.Max(0, squares.Length - 1)))
        {
            if (heldOut.Count > 0 && size[square] / 2.0 > left)
                continue;
            heldOut.Add(square);
            left -= size[square];
        }
        return ([.. holes.Where(hole => !heldOut.Contains(_squareOfHole[hole]))], [.. holes.Where(hole => heldOut.Contains(_squareOfHole[hole]))]);
    }

    /// <summary>Several sets as one; names of the levels get the set's number in front, items are numbered anew.</summary>
    /// <exception cref="ArgumentException">There is none, or their crops differ in size.</exception>
    public static HoleSet Join(IReadOnlyList<HoleSet> sets)
    {
        if (sets.Count == 0 || sets.Any(set => set.CropSize != sets[0].CropSize))
            throw new ArgumentException("sets of holes can be joined if there is one, and their crops have one size");
        if (sets.Count == 1)
            return sets[0];
        int item = 0;
        IEnumerable<Target> targets = sets.SelectMany((set, i) => set.Grid.ToTargets().Select(target => target with
        {
            Item = ++item,
            Id = $"{i + 1}/{target.Id}",
            GridImage = $"{i + 1}/{target.GridImage}",
            Square = $"{i + 1}/{target.Square}",
            Patch = $"{i + 1}/{target.Patch}",
        }));
        return new HoleSet(GridBuilder.FromTargets(targets), sets[0].CropSize, [.. sets.SelectMany(set => set.Crops)], [.. sets.SelectMany(set => set.CtfA)]);
    }
}
