using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Baselines;

/// <summary>
/// Offline path planning: the list of holes with the largest sum of CryoRL's equation 1 within the budget, if every call is right. The paper
/// names it (Table 2) without saying how; here it is dynamic programming over the minutes, a group knapsack in a tree: a patch gives its
/// first k holes called good, or none, and the first patch of a square, and the first square of a grid-level image, cost their longer moves.
/// Exact for minutes that are whole steps, and over the patches that <see cref="PatchElimination"/> keeps for training.
/// </summary>
internal sealed class OfflinePlan
{
    private const int MaxSteps = 2000;
    private const int StepsPerMove = 4; // of the shortest move; longer moves are rounded up to whole steps

    private readonly Grid _grid;
    private readonly double _stepMinutes;
    private readonly MoveRewards _worth;
    private readonly int _toPatch, _toSquare, _toImage, _more; // steps of a move that changes no more than that, and of one more hole
    private readonly List<Stop> _stops = [new Stop(-1, 0, 0)]; // all sets that were ever best, each linked to the set that it adds a stop to
    private readonly Cell[] _outside, _inImage, _inSquare;     // best set for so many steps: beyond the image, in it, in the square

    private OfflinePlan(PlannerSetup setup)
    {
        _grid = setup.Grid;
        _worth = MoveRewards.At(setup.Minutes);
        _stepMinutes = Math.Max(setup.Minutes.SamePatch / StepsPerMove, setup.PlannedMinutes / MaxSteps);
        (_more, _toPatch, _toSquare, _toImage) = (Steps(setup.Minutes.SamePatch), Steps(setup.Minutes.SameSquare), Steps(setup.Minutes.SameGridImage), Steps(setup.Minutes.OtherGridImage));
        int length = (int)Math.Floor(setup.PlannedMinutes / _stepMinutes + 1e-9) + 1;
        (_outside, _inImage, _inSquare) = (new Cell[length], new Cell[length], new Cell[length]);
    }

    /// <summary>The holes in the order of their visit.</summary>
    public static List<int> Holes(PlannerSetup setup)
    {
        PatchElimination kept = PatchElimination.For(setup.Grid, setup.Minutes, setup.PlannedMinutes, PatchElimination.BetaInTraining);
        return new OfflinePlan(setup).Holes(kept);
    }

    private List<int> Holes(PatchElimination kept)
    {
        Array.Fill(_outside, Cell.Impossible);
        _outside[0] = new Cell(0, 0);
        foreach (GridImage image in _grid.GridImages)
        {
            Array.Fill(_inImage, Cell.Impossible);
            foreach (int square in image.Squares)
            {
                Array.Fill(_inSquare, Cell.Impossible);
                foreach (int patch in _grid.Squares[square].Patches)
                {
                    if (kept.Keeps(patch))
                        Offer(patch);
                }
                Leave(_inSquare, _inImage);
            }
            Leave(_inImage, _outside);
        }
        return Path(_outside.MaxBy(cell => cell.Worth).Stop);
    }

    /// <summary>Adds a patch to every set that leaves room for it, downwards, so that it is taken once.</summary>
    private void Offer(int patch)
    {
        int called = _grid.Patches[patch].Holes.Count(hole => HoleCalls.IsCalledGood(_grid.Holes[hole]));
        for (int t = _inSquare.Length - 1; t > 0; t--)
        {
            Cell best = _inSquare[t];
            int before = -1, holes = 0;
            for (int k = 1, left = t; k <= called && left >= _toPatch; k++, left -= _more)
            {
                double more = (k - 1) * _worth.SamePatch;
                Try(_inSquare, left - _toPatch, _worth.SameSquare + more, k);
                Try(_inImage, left - _toSquare, _worth.SameGridImage + more, k);
                Try(_outside, left - _toImage, _worth.OtherGridImage + more, k);
            }
            if (holes == 0)
                continue;
            _stops.Add(new Stop(patch, holes, before));
            _inSquare[t] = best with { Stop = _stops.Count - 1 };

            void Try(Cell[] from, int at, double worth, int k)
            {
                if (at >= 0 && from[at].Worth + worth > best.Worth)
                    (best, before, holes) = (new Cell(from[at].Worth + worth, 0), from[at].Stop, k);
            }
        }
    }

    /// <summary>Sets within an area count, from here on, as sets beyond it.</summary>
    private static void Leave(Cell[] inner, Cell[] outer)
    {
        for (int t = 0; t < inner.Length; t++)
        {
            if (inner[t].Worth > outer[t].Worth)
                outer[t] = inner[t];
        }
    }

    private List<int> Path(int stop)
    {
        var holes = new List<int>();
        for (; stop != 0; stop = _stops[stop].Before)
        {
            IEnumerable<int> called = _grid.Patches[_stops[stop].Patch].Holes.Where(hole => HoleCalls.IsCalledGood(_grid.Holes[hole]));
            holes.AddRange(called.Take(_stops[stop].Holes));
        }
        return holes;
    }

    private int Steps(double minutes) => (int)Math.Ceiling(minutes / _stepMinutes - 1e-9);

    private readonly record struct Cell(double Worth, int Stop)
    {
        public static Cell Impossible { get; } = new(double.NegativeInfinity, 0);
    }

    private readonly record struct Stop(int Patch, int Holes, int Before);
}
