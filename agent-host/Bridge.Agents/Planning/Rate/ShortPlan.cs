using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Rate;

/// <summary>
/// The plan for the last hour or so, where what just fits matters: the best set of stops by dynamic programming over minutes, exact for
/// the most promising patches. A group knapsack (each patch gives its best k holes, or none) in a tree: the first patch taken in a square, and
/// the first square in a grid-level image, cost their longer moves. Far patches are put in first and near ones last, so that a cell
/// can remember the nearest stop of its set: that one is made first.
/// </summary>
internal sealed class ShortPlan(Grid grid, PatchTable table)
{
    private const int MaxMoves = 30;
    private const int StepsPerMove = 4; // of the shortest move; longer moves are rounded up to whole steps
    private const int MaxPatches = 40;

    /// <summary>Of the price of a minute; patches below it are left out, in other squares.</summary>
    private const double LeastPromise = 0.5;

    private readonly List<(double Score, int Patch)> _candidates = new(MaxPatches + 1);
    private readonly Cell[] _outside = new Cell[MaxMoves * StepsPerMove + 1];
    private readonly Cell[] _inImage = new Cell[MaxMoves * StepsPerMove + 1];
    private readonly Cell[] _inSquare = new Cell[MaxMoves * StepsPerMove + 1];
    private int _steps; // that fit into the time left, plus one
    private double _stepMinutes;

    public static bool Covers(MoveMinutes minutes, double minutesLeft) => minutesLeft <= MaxMoves * minutes.SamePatch;

    /// <param name="price">Good holes per minute that the long plan finds worthwhile: ranks the patches, no more.</param>
    public Stop Next(CollectionState state, double minutesLeft, double price)
    {
        MoveMinutes minutes = state.Minutes;
        _stepMinutes = minutes.SamePatch / StepsPerMove;
        _steps = Math.Min(_outside.Length, (int)Math.Floor(minutesLeft / _stepMinutes + 1e-9) + 1);
        if (_steps <= 0)
            return Stop.None;
        FindCandidates(state, minutesLeft, price);

        int here = state.Current < 0 ? -1 : grid.Holes[state.Current].Patch;
        Clear(_outside);
        _outside[0].Value = 0;
        int image = -1, square = -1; // that the sets of _inImage and _inSquare are in
        foreach ((_, int patch) in _candidates)
        {
            MoveLevel level = here < 0 ? MoveLevel.OtherGridImage : grid.LevelBetween(here, patch);
            if (grid.SquareOfPatch(patch) != square)
            {
                Leave(_inSquare, _inImage, square >= 0);
                if (grid.GridImageOfPatch(patch) != image)
                {
                    Leave(_inImage, _outside, image >= 0);
                    // In the grid-level image where the stage is, no move to it has to be paid.
                    if (level == MoveLevel.OtherGridImage)
                        Clear(_inImage);
                    else
                        _outside.AsSpan(0, _steps).CopyTo(_inImage);
                    image = grid.GridImageOfPatch(patch);
                }
                if (level is MoveLevel.SamePatch or MoveLevel.SameSquare)
                    _inImage.AsSpan(0, _steps).CopyTo(_inSquare);
                else
                    Clear(_inSquare);
                square = grid.SquareOfPatch(patch);
            }
            Put(patch, level, minutes);
        }
        Leave(_inSquare, _inImage, square >= 0);
        Leave(_inImage, _outside, image >= 0);

        Cell best = default;
        for (int t = 0; t < _steps; t++)
        {
            if (_outside[t].Value > best.Value)
                best = _outside[t];
        }
        return best.Value > 0 ? new Stop(best.Patch, best.Holes) : Stop.None;
    }

    /// <summary>The patches worth looking at, far ones first, and those of one square and grid-level image together.</summary>
    private void FindCandidates(CollectionState state, double minutesLeft, double price)
    {
        MoveMinutes minutes = state.Minutes;
        int here = state.Current < 0 ? -1 : grid.Holes[state.Current].Patch;
        _candidates.Clear();
        int near = here < 0 ? -1 : grid.SquareOfPatch(here);
        // First those that are up to date: most others then need not be worked out.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int square = 0; square < grid.Squares.Count; square++)
            {
                if (square != near && (table.BestRateOfSquare(square) <= price * LeastPromise || (_candidates.Count == MaxPatches && table.MostRateOfSquare(square) < _candidates[^1].Score)))
                    continue;
                IReadOnlyList<int> patches = grid.Squares[square].Patches;
                for (int i = 0; i < patches.Count; i++)
                {
                    if (table.IsStale(patches[i]) == (pass == 1))
                        Try(patches[i]);
                }
            }
        }
        _candidates.Sort((a, b) => Order(a.Patch).CompareTo(Order(b.Patch)));

        void Try(int patch)
        {
            bool always = grid.SquareOfPatch(patch) == near;
            double entry = state.MinutesToPatch(patch);
            if (table.Count(patch) == 0 || entry > minutesLeft || (table.BestRate(patch) <= price * LeastPromise && !always))
                return;
            if (patch != here && _candidates.Count == MaxPatches && table.MostRate(patch, entry) < _candidates[^1].Score)
                return;
            table.RefreshOne(patch);
            if (table.BestRate(patch) <= price * LeastPromise && !always)
                return;
            int fit = 1 + (int)((minutesLeft - entry) / minutes.SamePatch);
            int holes = Math.Min(fit, Math.Max(1, table.CountAbove(patch, price * minutes.SamePatch)));
            Offer(patch == here ? double.PositiveInfinity : table.Sum(patch, holes) / (entry + (holes - 1) * minutes.SamePatch), patch);
        }

        (int, int, int, int) Order(int patch) => here < 0
            ? (0, grid.GridImageOfPatch(patch), grid.SquareOfPatch(patch), patch)
            : (-(int)grid.LevelBetween(here, patch), grid.GridImageOfPatch(patch), grid.SquareOfPatch(patch), patch);
    }

    /// <summary>Keeps the best, in falling order; of equals the first patch.</summary>
    private void Offer(double score, int patch)
    {
        int at = _candidates.Count;
        while (at > 0 && (score > _candidates[at - 1].Score || (score == _candidates[at - 1].Score && patch < _candidates[at - 1].Patch)))
            at--;
        _candidates.Insert(at, (score, patch));
        if (_candidates.Count > MaxPatches)
            _candidates.RemoveAt(MaxPatches);
    }

    /// <summary>Offers a patch to every set that leaves room for it.</summary>
    private void Put(int patch, MoveLevel level, MoveMinutes minutes)
    {
        int fromOutside = Whole(minutes.OtherGridImage), fromImage = Whole(minutes.SameGridImage);
        int fromSquare = Whole(level == MoveLevel.SamePatch ? minutes.SamePatch : minutes.SameSquare);
        bool far = level == MoveLevel.OtherGridImage, near = level is MoveLevel.SamePatch or MoveLevel.SameSquare;
        int count = Math.Min(table.Count(patch), MaxMoves);
        for (int t = _steps - 1; t > 0; t--) // downwards, so that a patch is taken once
        {
            Cell best = _inSquare[t];
            for (int holes = 1; holes <= count; holes++)
            {
                int before = t - (holes - 1) * StepsPerMove;
                double sum = table.Sum(patch, holes);
                if (before < fromSquare)
                    break;
                Offer(ref best, _inSquare, before - fromSquare, sum, patch, holes, level);
                if (!near && before >= fromImage)
                    Offer(ref best, _inImage, before - fromImage, sum, patch, holes, level);
                if (far && before >= fromOutside)
                    Offer(ref best, _outside, before - fromOutside, sum, patch, holes, level);
            }
            _inSquare[t] = best;
        }
    }

    private void Offer(ref Cell best, Cell[] from, int t, double sum, int patch, int holes, MoveLevel level)
    {
        ref readonly Cell cell = ref from[t];
        if (!(cell.Value + sum > best.Value))
            return;
        bool first = cell.Holes == 0 || level < cell.Level || (level == cell.Level && sum / holes > table.Sum(cell.Patch, cell.Holes) / cell.Holes);
        best = first ? new Cell { Value = cell.Value + sum, Patch = patch, Holes = holes, Level = level } : cell with { Value = cell.Value + sum };
    }

    /// <summary>Sets within an area count, from here on, as sets beyond it.</summary>
    private void Leave(Cell[] inner, Cell[] outer, bool entered)
    {
        for (int t = 0; entered && t < _steps; t++)
        {
            if (inner[t].Value > outer[t].Value)
                outer[t] = inner[t];
        }
    }

    private void Clear(Cell[] cells) => Array.Fill(cells, new Cell { Value = double.NegativeInfinity }, 0, _steps);

    private int Whole(double minutes) => (int)Math.Ceiling(minutes / _stepMinutes - 1e-9);

    /// <summary>The best set of stops that uses so many steps: its expected good holes, and the stop to make first.</summary>
    private record struct Cell
    {
        public double Value;
        public int Patch;
        public int Holes;
        public MoveLevel Level;
    }
}
