using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Rate;

/// <summary>
/// The unvisited holes of every patch, best first, with running sums of their probabilities. A patch is worked out again only when one
/// of its holes was visited or put back, or when the belief about it moved and it may matter: that is what keeps 1 000 000 holes fast.
/// </summary>
internal sealed class PatchTable
{
    /// <summary>So that a bound is one in spite of rounding.</summary>
    private const double Rounding = 1e-9;

    private readonly IPatchOdds _odds;
    private readonly int[] _order;          // holes by patch, unvisited ones first, those best first
    private readonly int[] _start;          // by patch: where its holes start in the four arrays of that length
    private readonly int[] _holes;          // unvisited holes of each patch, best first
    private readonly double[] _probability; // of _holes
    private readonly double[] _sum;         // running sums of _probability within the patch
    private readonly int[] _count;          // by patch: unvisited holes
    private readonly long[] _stamp;         // by patch: of its odds when it was last worked out
    private readonly double[] _bestRate;    // by patch: most good holes per minute of any prefix, entered from the same square
    private readonly double[] _squareRate;  // by square, by grid-level image: the largest of its patches
    private readonly double[] _imageRate;
    private readonly PatchBounds _bounds;
    private readonly bool[] _dirty;         // by patch: must be worked out again
    private readonly bool[] _dirtySquare;   // by square: one of its patches is
    private readonly bool[] _stale;         // by patch: beliefs or minutes have moved since, and _bestRate is a bound
    private readonly long[] _squareStamp;   // by square: of its odds when its patches were last looked at
    private readonly int[][] _patchesOfSquare;
    private readonly bool[] _visited;       // by hole, as of the last Sync
    private readonly int[] _patchOfHole;
    private readonly int[] _squareOfPatch;
    private readonly int[] _imageOfSquare;
    private (double Probability, int Hole)[] _scratch = [];
    private double[] _views = [];
    private MoveMinutes? _minutes;

    public PatchTable(Grid grid, IPatchOdds odds)
    {
        _odds = odds;
        int holes = grid.Holes.Count, patches = grid.Patches.Count;
        (_squareRate, _imageRate) = (new double[grid.Squares.Count], new double[grid.GridImages.Count]);
        _squareOfPatch = new int[patches];
        (_order, _holes, _patchOfHole, _visited) = (new int[holes], new int[holes], new int[holes], new bool[holes]);
        (_probability, _sum) = (new double[holes], new double[holes]);
        (_start, _count) = (new int[patches + 1], new int[patches]);
        (_stamp, _bestRate, _dirty) = (new long[patches], new double[patches], new bool[patches]);
        (_bounds, _stale) = (new PatchBounds(patches, odds), new bool[patches]);
        (_squareStamp, _dirtySquare) = (new long[grid.Squares.Count], new bool[grid.Squares.Count]);
        _patchesOfSquare = [.. grid.Squares.Select(square => square.Patches.ToArray())];
        _imageOfSquare = [.. grid.Squares.Select(square => square.GridImage)];
        for (int patch = 0; patch < patches; patch++)
        {
            _squareOfPatch[patch] = grid.SquareOfPatch(patch);
            int at = _start[patch];
            foreach (int hole in grid.Patches[patch].Holes)
            {
                _patchOfHole[hole] = patch;
                _order[at++] = hole;
            }
            _start[patch + 1] = at;
        }
        Array.Fill(_dirty, true);
        Array.Fill(_dirtySquare, true);
    }

    /// <summary>Patches worked out so far: what the cost of a suggestion is made of.</summary>
    public long WorkedOut { get; private set; }

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
    public void Sync(CollectionState state)
    {
        ReadOnlySpan<bool> now = state.Visited;
        for (int hole = 0; hole < now.Length; hole++)
        {
            hole += now[hole..].CommonPrefixLength(_visited.AsSpan(hole)); // a whole vector of holes at a time
            if (hole == now.Length)
                break;
            _visited[hole] = now[hole];
            int patch = _patchOfHole[hole];
            (_dirty[patch], _dirtySquare[_squareOfPatch[patch]]) = (true, true);
        }
        bool otherMinutes = _minutes != state.Minutes;
        _minutes = state.Minutes;
        _odds.Refresh();
        for (int square = 0; square < _squareRate.Length; square++)
        {
            long stamp = _odds.StampOfSquare(square);
            if (_dirtySquare[square] || otherMinutes || stamp != _squareStamp[square])
                Look(square);
            (_dirtySquare[square], _squareStamp[square]) = (false, stamp);
        }
        // Plans read the holes of the patch where the stage is at any price.
        if (state.Current >= 0)
            RefreshOne(_patchOfHole[state.Current]);
        RateImages();
    }

    /// <summary>Works out the patches of a square of which holes came or went, and bounds those about which beliefs have moved.</summary>
    private void Look(int square)
    {
        foreach (int patch in _patchesOfSquare[square])
        {
            long stamp = _odds.Stamp(patch);
            if (_dirty[patch])
                Refresh(patch, stamp);
            _stale[patch] = stamp != _stamp[patch] || _bounds.MinutesOf(patch) != _minutes;
            // Beliefs that came back to what they were leave no bound behind.
            _bestRate[patch] = _stale[patch] ? _bounds.Most(patch, _minutes!) : _bounds.RateOf(patch);
        }
        RateSquare(square);
    }

    private void RateSquare(int square)
    {
        double rate = 0;
        foreach (int patch in _patchesOfSquare[square])
            rate = Math.Max(rate, _bestRate[patch]);
        _squareRate[square] = rate;
    }

    private void RateImages()
    {
        Array.Clear(_imageRate);
        for (int square = 0; square < _squareRate.Length; square++)
            _imageRate[_imageOfSquare[square]] = Math.Max(_imageRate[_imageOfSquare[square]], _squareRate[square]);
    }

    /// <summary>True if beliefs about a patch, or minutes, have moved since it was worked out.</summary>
    public bool IsStale(int patch) => _stale[patch];

    /// <summary>No number of holes of a patch gives more good holes a minute, where the move there takes so long. A longer move than from within the square makes it less, by the least
    /// where all holes are taken.</summary>
    public double MostRate(int patch, double minutes)
    {
        double rest = (_count[patch] - 1) * _minutes!.SamePatch;
        return minutes < _minutes.SameSquare ? double.PositiveInfinity : _bestRate[patch] * (1 + Rounding) * (_minutes.SameSquare + rest) / (minutes + rest);
    }

    /// <summary>No number of holes of any patch of a square gives more good holes a minute, entered from elsewhere.</summary>
    public double MostRateOfSquare(int square) => _squareRate[square] * (1 + Rounding);

    /// <summary>Works out anew every patch about which beliefs have moved and that may reach a rate: the others cannot, and stay as they were.</summary>
    /// <returns>False if there was none: whatever was found at prices above the rate is as if all were worked out.</returns>
    public bool RefreshAbove(double rate)
    {
        bool any = false;
        for (int square = 0; square < _squareRate.Length; square++)
        {
            if (_squareRate[square] <= rate)
                continue;
            bool here = false;
            foreach (int patch in _patchesOfSquare[square])
            {
                if (!_stale[patch] || _bestRate[patch] <= rate)
                    continue;
                Refresh(patch, _odds.Stamp(patch));
                here = true;
            }
            if (here)
                RateSquare(square);
            any |= here;
        }
        if (any)
            RateImages();
        return any;
    }

    /// <summary>Works out one patch anew if beliefs about it have moved.</summary>
    public void RefreshOne(int patch)
    {
        if (_stale[patch])
            Refresh(patch, _odds.Stamp(patch));
    }

    private void Refresh(int patch, long stamp)
    {
        int start = _start[patch], count = MoveUnvisitedFirst(start, _start[patch + 1]);
        Span<int> holes = _holes.AsSpan(start, count);
        Span<double> probabilities = _probability.AsSpan(start, count);
        _order.AsSpan(start, count).CopyTo(holes);
        if (_views.Length < count * _odds.Views)
            _views = new double[2 * count * _odds.Views];
        Span<double> views = _views.AsSpan(0, count * _odds.Views);
        views.Fill(1);
        _odds.Write(holes, probabilities, views);
        Sort(holes, probabilities);
        holes.CopyTo(_order.AsSpan(start)); // the next time they are sorted, or nearly
        double sum = 0, bestRate = 0;
        double minutes = _minutes!.SameSquare, step = _minutes.SamePatch;
        for (int i = 0; i < count; i++)
        {
            sum += probabilities[i];
            bestRate = Math.Max(bestRate, sum / minutes);
            minutes += step;
            _sum[start + i] = sum;
        }
        (_count[patch], _stamp[patch], _bestRate[patch]) = (count, stamp, bestRate);
        (_dirty[patch], _stale[patch]) = (false, false);
        _bounds.Keep(patch, count, bestRate, views, _minutes);
        WorkedOut++;
    }

    /// <summary>Keeps the order of the unvisited holes.</summary>
    private int MoveUnvisitedFirst(int start, int end)
    {
        int to = start, last = end;
        for (int i = start; i < end; i++)
        {
            int hole = _order[i];
            if (!_visited[hole])
                _order[to++] = hole;
            else
                _holes[--last] = hole; // free until the unvisited ones are written
        }
        _holes.AsSpan(last, end - last).CopyTo(_order.AsSpan(to));
        return to - start;
    }

    /// <summary>By falling probability, then by index.</summary>
    private void Sort(Span<int> holes, Span<double> probabilities)
    {
        bool sorted = true;
        for (int i = 1; i < holes.Length && sorted; i++)
            sorted = probabilities[i] < probabilities[i - 1] || (probabilities[i] == probabilities[i - 1] && holes[i] > holes[i - 1]);
        if (sorted)
            return;
        if (_scratch.Length < holes.Length)
            _scratch = new (double, int)[Math.Max(64, 2 * holes.Length)];
        Span<(double Probability, int Hole)> pairs = _scratch.AsSpan(0, holes.Length);
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = (probabilities[i], holes[i]);
        pairs.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Hole.CompareTo(b.Hole));
        for (int i = 0; i < pairs.Length; i++)
            (probabilities[i], holes[i]) = pairs[i];
    }
}
