using Bridge.Domain.Specimen;

namespace Bridge.Domain.Sessions;

/// <summary>
/// Minutes of a move and its exposure, learned from the moves of the session. Each level has a prior of so many minutes that counts like <see cref="PriorMoves"/> moves;
/// its minutes are the mean of prior and moves. Clocks jump and people have coffee, so what is more than <see cref="BreakFactor"/> times the median (of
/// prior and moves together) is left out, and what is shorter than <see cref="ShortestMin"/> was asked ahead and is no move. A microscope that is slower than
/// that by nature is believed after <see cref="PriorMoves"/> moves, when the median follows. Follows from the moves alone, in their order.
/// </summary>
public sealed class LearnedMinutes
{
    /// <summary>Moves that the prior counts for.</summary>
    public const int PriorMoves = 4;

    /// <summary>A move that took so many times the median was no move alone.</summary>
    public const double BreakFactor = 5;

    /// <summary>Nothing moves and exposes in less: 3 s.</summary>
    public const double ShortestMin = 0.05;

    /// <summary>Longest move that is believed at all, in minutes.</summary>
    public const double LongestMin = 1000;

    /// <summary>The last moves of a level that count: a stage warms up, a camera is changed.</summary>
    private const int Kept = 40;

    /// <summary>Means are rounded to such relative steps from the prior: a plan is worked out anew whenever minutes change.</summary>
    private const double Step = 0.03;

    private const int Levels = 4;

    private readonly MoveMinutes _prior;
    private readonly Queue<double>[] _moves = [.. Enumerable.Range(0, Levels).Select(_ => new Queue<double>(Kept))];

    public LearnedMinutes(MoveMinutes prior) => (_prior, Mean) = (prior, prior);

    /// <summary>Posterior mean of each level, never falling from one level to the next outer one.</summary>
    public MoveMinutes Mean { get; private set; }

    /// <summary>Moves of a level that count now, whether or not they look like breaks.</summary>
    public int Moves(MoveLevel level) => _moves[(int)level].Count;

    /// <summary>Takes in one move with its exposure.</summary>
    /// <param name="minutes">What it took; anything that cannot be a move is left alone.</param>
    /// <returns>False if it was left alone.</returns>
    public bool Observe(MoveLevel level, double minutes)
    {
        if (!(minutes >= ShortestMin && minutes <= LongestMin))
            return false;
        Queue<double> moves = _moves[(int)level];
        if (moves.Count == Kept)
            moves.Dequeue();
        moves.Enqueue(minutes);
        Mean = Estimate();
        return true;
    }

    private MoveMinutes Estimate()
    {
        Span<double> means = stackalloc double[Levels];
        Span<int> weights = stackalloc int[Levels];
        for (int level = 0; level < Levels; level++)
            (means[level], weights[level]) = MeanOf(_prior[(MoveLevel)level], _moves[level]);
        // An outer move contains an inner one. Where the few moves of a level say otherwise, neighbours share one mean (pool adjacent violators).
        for (int level = 1; level < Levels; level++)
        {
            for (int from = level; from > 0 && means[from - 1] > means[from]; from--)
                Pool(means[..(level + 1)], weights, from);
        }
        for (int level = 0; level < Levels; level++)
        {
            double prior = _prior[(MoveLevel)level], rounded = prior * Math.Exp(Step * Math.Round(Math.Log(means[level] / prior) / Step));
            means[level] = Math.Max(rounded, level == 0 ? 0 : means[level - 1]);
        }
        return new MoveMinutes(means[0], means[1], means[2], means[3]);
    }

    private static (double Mean, int Weight) MeanOf(double prior, Queue<double> moves)
    {
        if (moves.Count == 0)
            return (prior, PriorMoves);
        double[] sorted = [.. moves, .. Enumerable.Repeat(prior, PriorMoves)];
        Array.Sort(sorted);
        double longest = BreakFactor * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sum = PriorMoves * prior;
        int weight = PriorMoves;
        foreach (double minutes in moves)
        {
            if (minutes > longest)
                continue;
            sum += minutes;
            weight++;
        }
        return (sum / weight, weight);
    }

    /// <summary>Gives the run that ends the span, and everything from one before <paramref name="from"/> on, one weighted mean.</summary>
    private static void Pool(Span<double> means, Span<int> weights, int from)
    {
        (double sum, int weight) = (0, 0);
        for (int level = from - 1; level < means.Length; level++)
            (sum, weight) = (sum + weights[level] * means[level], weight + weights[level]);
        means[(from - 1)..].Fill(sum / weight);
    }
}
