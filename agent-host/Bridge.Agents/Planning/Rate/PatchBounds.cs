using Bridge.Domain.Sessions;

namespace Bridge.Agents.Planning.Rate;

/// <summary>
/// Bounds on the best rate of every patch (the most good holes a minute of any number of its holes, entered from the same square), from what it was when the patch was last worked out and
/// how beliefs and minutes have changed since: <see cref="IPatchOdds.Most"/>. A rate R of k holes that take m(k) minutes is a mean probability of R m(k) / k, which falls with k; the bound
/// grows by the least factor where the mean is greatest, so it is enough to look at all n holes.
/// </summary>
internal sealed class PatchBounds(int patches, IPatchOdds odds)
{
    /// <summary>So that a bound is one in spite of rounding.</summary>
    private const double Rounding = 1 + 1e-9;

    private const int MostPasses = 30;

    private readonly float[] _means = new float[(long)patches * odds.Views];  // by patch and view: R m(n) / n
    private readonly double[] _rate = new double[patches];
    private readonly int[] _count = new int[patches];
    private readonly MoveMinutes?[] _minutes = new MoveMinutes?[patches];

    /// <summary>The patch has just been worked out.</summary>
    /// <param name="count">Its unvisited holes.</param>
    /// <param name="views">Their probabilities by each view, as <see cref="IPatchOdds.Write"/> gave them.</param>
    public void Keep(int patch, int count, double bestRate, ReadOnlySpan<double> views, MoveMinutes minutes)
    {
        (_rate[patch], _count[patch], _minutes[patch]) = (bestRate, count, minutes);
        for (int view = 0; view < odds.Views && count > 0; view++)
        {
            double mean = BestRate(views.Slice(view * count, count), minutes) * MinutesOf(minutes, count) / count;
            _means[patch * odds.Views + view] = MathF.Min(1, MathF.BitIncrement((float)Math.Max(mean, 1e-9)));
        }
        odds.Remember(patch);
    }

    /// <summary>With which a patch was last worked out.</summary>
    public MoveMinutes? MinutesOf(int patch) => _minutes[patch];

    /// <summary>The best rate of a patch when it was last worked out.</summary>
    public double RateOf(int patch) => _rate[patch];

    /// <summary>No number of holes of the patch gives more good holes a minute by now.</summary>
    public double Most(int patch, MoveMinutes now)
    {
        if (_count[patch] == 0)
            return 0;
        MoveMinutes then = _minutes[patch]!;
        int count = _count[patch];
        double all = MinutesOf(then, count) / count, most = odds.Most(patch, _means.AsSpan(patch * odds.Views, odds.Views), Math.Clamp(_rate[patch] * all, 1e-9, 1)) / all;
        return most * Rounding * (now == then ? 1 : Math.Max(then.SameSquare / now.SameSquare, MinutesOf(then, count) / MinutesOf(now, count)));
    }

    private static double MinutesOf(MoveMinutes minutes, int count) => minutes.SameSquare + (count - 1) * minutes.SamePatch;

    /// <summary>max over k of (sum of the k largest) / m(k), without sorting: at a rate r only holes above r minutes-of-one are worth taking, and those give a rate of at least r
    /// (Dinkelbach 1967, "On nonlinear fractional programming"). 1 a hole if it does not settle.</summary>
    private static double BestRate(ReadOnlySpan<double> probabilities, MoveMinutes minutes)
    {
        double rate = 0;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            double sum = 0, least = rate * minutes.SamePatch;
            int count = 0;
            foreach (double probability in probabilities)
            {
                if (probability > least)
                    (sum, count) = (sum + probability, count + 1);
            }
            double next = count == 0 ? 0 : sum / MinutesOf(minutes, count);
            if (next <= rate)
                return rate;
            rate = next;
        }
        return probabilities.Length / MinutesOf(minutes, probabilities.Length);
    }
}
