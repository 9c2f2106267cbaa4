using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Rate;

/// <summary>
/// The plan for a long time left, by the price of a minute (Lagrange relaxation of "most good holes within the time"). At price λ a hole
/// is worth its probability less λ times its minutes; a patch is worth its best prefix less the minutes of getting there, a square the sum
/// of its worthwhile patches less the extra minutes of its first, a grid-level image likewise. Everything worthwhile is collected. The
/// price at which that just fills the time left is found by bisection; so entering a square or grid-level image is weighed against all that it holds.
/// </summary>
internal sealed class LongPlan(Grid grid, PatchTable table)
{
    private const int Halvings = 24;

    private MoveMinutes _minutes = MoveMinutes.Text;
    private double _minutesLeft;
    private int _patch, _square, _gridImage;
    private readonly List<int> _here = []; // patches of the square that can be worth the least price still asked for: of a long list few are

    /// <summary>Good holes per minute that the last plan still finds worthwhile.</summary>
    public double PricePerMinute { get; private set; }

    /// <summary>The next stop, or <see cref="Stop.None"/> if nothing worthwhile can be reached.</summary>
    /// <param name="minutesLeft">Finite.</param>
    public Stop Next(CollectionState state, double minutesLeft)
    {
        (_minutes, _minutesLeft) = (state.Minutes, minutesLeft);
        _patch = state.Current < 0 ? -1 : grid.Holes[state.Current].Patch;
        _square = _patch < 0 ? -1 : grid.SquareOfPatch(_patch);
        _gridImage = _patch < 0 ? -1 : grid.GridImageOfPatch(_patch);
        LookAround();
        PricePerMinute = FindPrice();
        return Choose(PricePerMinute);
    }

    /// <summary>The next stop if a minute had this price, in the state of the last <see cref="Next"/>; <see cref="Stop.None"/> if nothing left is worth it.</summary>
    public Stop NextAt(double pricePerMinute)
    {
        LookAround();
        return Choose(pricePerMinute);
    }

    private void LookAround()
    {
        _here.Clear();
        if (_square >= 0)
            _here.AddRange(grid.Squares[_square].Patches);
    }

    private double FindPrice()
    {
        double low = 0, high = 1 / _minutes.SamePatch;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (Overruns(middle))
            {
                low = middle;
                LeaveOut(middle);
            }
            else
                high = middle;
        }
        return low; // a little too much rather than too little: the last stops are cut to what fits
    }

    /// <summary>No price below this one is asked for any more.</summary>
    private void LeaveOut(double price)
    {
        int kept = 0;
        for (int i = 0; i < _here.Count; i++)
        {
            if (_here[i] == _patch || table.BestRate(_here[i]) > price)
                _here[kept++] = _here[i];
        }
        _here.RemoveRange(kept, _here.Count - kept);
    }

    /// <summary>Whether everything that is worthwhile at a price takes longer than the time left.</summary>
    private bool Overruns(double price)
    {
        double minutes = 0;
        for (int gridImage = 0; gridImage < grid.GridImages.Count && minutes <= _minutesLeft; gridImage++)
            minutes += GridImageWorth(gridImage, price).Minutes;
        return minutes > _minutesLeft;
    }

    private Worth GridImageWorth(int gridImage, double price)
    {
        if (gridImage != _gridImage && (table.BestRateOfGridImage(gridImage) <= price || _minutes.OtherGridImage > _minutesLeft))
            return default; // nothing good enough, or out of reach
        var sum = default(Worth);
        IReadOnlyList<int> squares = grid.GridImages[gridImage].Squares;
        for (int i = 0; i < squares.Count; i++)
            sum = sum.Plus(SquareWorth(squares[i], price));
        return gridImage == _gridImage ? sum : sum.After(_minutes.OtherGridImage - _minutes.SameGridImage, price);
    }

    private Worth SquareWorth(int square, double price)
    {
        if (square != _square && (table.BestRateOfSquare(square) <= price || _minutes.SameGridImage > _minutesLeft))
            return default;
        var sum = default(Worth);
        IReadOnlyList<int> patches = PatchesOf(square);
        for (int i = 0; i < patches.Count; i++)
            sum = sum.Plus(PatchWorth(patches[i], price));
        return square == _square ? sum : sum.After(_minutes.SameGridImage - _minutes.SameSquare, price);
    }

    private Worth PatchWorth(int patch, double price)
    {
        if (patch == _patch && _minutes.SamePatch > _minutesLeft)
            return default;
        if (patch == _patch)
        {
            int more = table.CountAbove(patch, price * _minutes.SamePatch);
            return new Worth(more * _minutes.SamePatch, table.Sum(patch, more) - price * more * _minutes.SamePatch);
        }
        if (table.BestRate(patch) <= price || _minutes.SameSquare > _minutesLeft)
            return default;
        int holes = HolesAt(patch, price);
        double minutes = _minutes.SameSquare + (holes - 1) * _minutes.SamePatch;
        return new Worth(minutes, table.Sum(patch, holes) - price * minutes);
    }

    private int HolesAt(int patch, double price) => Math.Max(patch == _patch ? 0 : 1, table.CountAbove(patch, price * _minutes.SamePatch));

    /// <summary>What is near comes first, because it will not be cheaper later: the patch, its square, its grid-level image; among equals
    /// of a level the one with the most surplus per minute, so that what is doubtful comes last.</summary>
    private Stop Choose(double price)
    {
        if (_patch >= 0 && HolesAt(_patch, price) is > 0 and int more && _minutes.SamePatch <= _minutesLeft)
            return new Stop(_patch, more);
        Stop stop = BestPatch(_square, price);
        if (stop.Patch < 0)
            stop = BestPatch(BestSquare(_gridImage, price), price);
        return stop.Patch < 0 ? BestPatch(BestSquare(BestGridImage(price), price), price) : stop;
    }

    private int BestGridImage(double price)
    {
        (int best, double rate) = (-1, 0);
        for (int i = 0; i < grid.GridImages.Count; i++)
        {
            if (i != _gridImage && GridImageWorth(i, price).Rate is double r && r > rate)
                (best, rate) = (i, r);
        }
        return best;
    }

    private int BestSquare(int gridImage, double price)
    {
        (int best, double rate) = (-1, 0);
        if (gridImage < 0)
            return best;
        foreach (int square in grid.GridImages[gridImage].Squares)
        {
            if (square != _square && SquareWorth(square, price).Rate is double r && r > rate)
                (best, rate) = (square, r);
        }
        return best;
    }

    private Stop BestPatch(int square, double price)
    {
        (Stop best, double rate) = (Stop.None, 0);
        if (square < 0)
            return best;
        IReadOnlyList<int> patches = PatchesOf(square);
        for (int i = 0; i < patches.Count; i++)
        {
            if (patches[i] != _patch && PatchWorth(patches[i], price).Rate is double r && r > rate)
                (best, rate) = (new Stop(patches[i], HolesAt(patches[i], price)), r);
        }
        return best;
    }

    private IReadOnlyList<int> PatchesOf(int square) => square == _square ? _here : grid.Squares[square].Patches;

    /// <summary>Minutes of something worthwhile, and good holes above their price; both 0 if it is not worthwhile.</summary>
    private readonly record struct Worth(double Minutes, double Surplus)
    {
        public double Rate => Minutes > 0 ? Surplus / Minutes : 0;

        public Worth Plus(Worth other) => new(Minutes + other.Minutes, Surplus + other.Surplus);

        public Worth After(double extraMinutes, double price)
            => Surplus > extraMinutes * price ? new Worth(Minutes + extraMinutes, Surplus - extraMinutes * price) : default;
    }
}
