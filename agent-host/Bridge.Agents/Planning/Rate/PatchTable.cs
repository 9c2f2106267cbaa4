using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Rate;

/// <summary>
/// The unvisited holes of every patch, best first, with running sums of their probabilities. A patch is worked out again only when one
/// of its holes was visited or put back, or when the belief about it moved: that is what keeps 100 000 holes fast.
/// </summary>
internal sealed class PatchTable
{
    /// <summary>Beliefs are rounded to this, in logits (at most half a percent in probability): a smaller change is not worth new sums, and
    /// rounding, unlike waiting for a large change, gives a resumed session the same answers.</summary>
    private const double OffsetStep = 0.02;

    private readonly double[] _logits;      // by hole, before the session
    private readonly int[] _sorted;         // holes by patch, then by falling logit, then by index
    private readonly int[] _start;          // by patch: where its holes start in the three arrays of that length
    private readonly int[] _holes;          // unvisited holes of each patch, best first
    private readonly double[] _probability; // of _holes
    private readonly double[] _sum;         // running sums of _probability within the patch
    private readonly int[] _count;          // by patch: unvisited holes
    private readonly double[] _offset;      // by patch: logits added when it was last worked out
    private readonly double[] _bestRate;    // by patch: most good holes per minute of any prefix, entered from the same square
    private readonly double[] _squareRate;  // by square, by grid-level image: the largest of its patches
    private readonly double[] _imageRate;
    private readonly double[] _newOffset;   // by patch, scratch
    private readonly bool[] _dirty;         // by patch
    private readonly bool[] _visited;       // by hole, as of the last Sync
    private readonly int[] _patchOfHole;
    private readonly int[] _squareOfPatch;
    private readonly int[] _imageOfPatch;
    private MoveMinutes? _minutes;

    /// <param name="logits">Log odds of each hole being good, before the session; infinite where the truth is known.</param>
    public PatchTable(Grid grid, double[] logits)
    {
        _logits = logits;
        int holes = grid.Holes.Count, patches = grid.Patches.Count;
        (_squareRate, _imageRate, _newOffset) = (new double[grid.Squares.Count], new double[grid.GridImages.Count], new double[patches]);
        (_squareOfPatch, _imageOfPatch) = (new int[patches], new int[patches]);
        (_sorted, _holes, _patchOfHole, _visited) = (new int[holes], new int[holes], new int[holes], new bool[holes]);
        (_probability, _sum) = (new double[holes], new double[holes]);
        (_start, _count) = (new int[patches + 1], new int[patches]);
        (_offset, _bestRate, _dirty) = (new double[patches], new double[patches], new bool[patches]);
        for (int patch = 0; patch < patches; patch++)
        {
            (_squareOfPatch[patch], _imageOfPatch[patch]) = (grid.SquareOfPatch(patch), grid.GridImageOfPatch(patch));
            int at = _start[patch];
            foreach (int hole in grid.Patches[patch].Holes)
            {
                _patchOfHole[hole] = patch;
                _sorted[at++] = hole;
            }
            _start[patch + 1] = at;
            Array.Sort(_sorted, _start[patch], at - _start[patch],
                Comparer<int>.Create((a, b) => logits[a] != logits[b] ? logits[b].CompareTo(logits[a]) : a.CompareTo(b)));
        }
        Array.Fill(_dirty, true);
    }

    public int Count(int patch) => _count[patch];

    /// <summary>Most expected good holes per minute of any number of holes of the patch, the move from elsewhere in its square included.</summary>
    public double BestRate(int patch) => _bestRate[patch];

    /// <summary>The largest <see cref="BestRate"/> of a square's patches: no price at or above it needs a look inside.</summary>
    public double BestRateOfSquare(int square) => _squareRate[square];

    /// <inheritdoc cref="BestRateOfSquare"/>
    public double BestRateOfGridImage(int gridImage) => _imageRate[gridImage];

    /// <summary>The unvisited holes of a patch, best first.</summary>
    public ReadOnlySpan<int> Holes(int patch) => _holes.AsSpan(_start[patch], _count[patch]);

    /// <summary>The probabilities of <see cref="Holes"/>, falling.</summary>
    public ReadOnlySpan<double> Probabilities(int patch) => _probability.AsSpan(_start[patch], _count[patch]);

    /// <summary>Expected good holes among the best <paramref name="holes"/> of a patch.</summary>
    public double Sum(int patch, int holes) => holes == 0 ? 0 : _sum[_start[patch] + holes - 1];

    /// <summary>How many holes of a patch are more probable than <paramref name="threshold"/>.</summary>
    public int CountAbove(int patch, double threshold)
    {
        ReadOnlySpan<double> probabilities = Probabilities(patch);
        int low = 0, high = probabilities.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (probabilities[middle] > threshold)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Takes over what was visited or put back, by whomever, and what is believed now.</summary>
    /// <param name="beliefs">Where the patches' offsets come from, or null for none.</param>
    public void Sync(CollectionState state, Beliefs? beliefs)
    {
        for (int hole = 0; hole < _visited.Length; hole++)
        {
            bool visited = state.IsVisited(hole);
            if (visited != _visited[hole])
            {
                _visited[hole] = visited;
                _dirty[_patchOfHole[hole]] = true;
            }
        }
        if (_minutes != state.Minutes)
        {
            _minutes = state.Minutes;
            Array.Fill(_dirty, true);
        }
        beliefs?.WriteOffsets(_newOffset);
        Array.Clear(_squareRate);
        Array.Clear(_imageRate);
        for (int patch = 0; patch < _dirty.Length; patch++)
        {
            double offset = Math.Round(_newOffset[patch] / OffsetStep) * OffsetStep;
            if (_dirty[patch] || offset != _offset[patch])
                Refresh(patch, offset);
            ref double squareRate = ref _squareRate[_squareOfPatch[patch]], imageRate = ref _imageRate[_imageOfPatch[patch]];
            squareRate = Math.Max(squareRate, _bestRate[patch]);
            imageRate = Math.Max(imageRate, _bestRate[patch]);
        }
    }

    private void Refresh(int patch, double offset)
    {
        int start = _start[patch], end = _start[patch + 1], to = start;
        double sum = 0, bestRate = 0;
        double minutes = _minutes!.SameSquare, step = _minutes.SamePatch;
        for (int i = start; i < end; i++)
        {
            int hole = _sorted[i];
            if (_visited[hole])
                continue;
            double probability = CtfCalibration.Logistic(_logits[hole] + offset);
            sum += probability;
            bestRate = Math.Max(bestRate, sum / minutes);
            minutes += step;
            (_holes[to], _probability[to], _sum[to]) = (hole, probability, sum);
            to++;
        }
        (_count[patch], _offset[patch], _bestRate[patch], _dirty[patch]) = (to - start, offset, bestRate, false);
    }
}
