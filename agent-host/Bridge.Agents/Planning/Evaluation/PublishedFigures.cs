namespace Bridge.Agents.Planning.Evaluation;

/// <summary>
/// Good holes at 120, 240, 360 and 480 minutes as others published or measured them on Y1, mean of 50 random starts. For comparison only: they are for the whole
/// validation split (2341 holes, 795 good), and which minutes a move took is not certain (the paper prints 2/3/5/10, which its random row cannot come from).
/// </summary>
public static class PublishedFigures
{
    private const string Table2 = "CryoRL, Table 2", Table3 = "CryoRL, Table 3", Eliminated = "CryoRL, Table 3, with elimination";
    private const string Code = "IBM/CryoRL-pytorch 87b97f3, 2/3/5/10, counted";

    /// <summary>Minutes of the figures.</summary>
    public static ReadOnlySpan<double> BudgetsMinutes => [120, 240, 360, 480];

    /// <summary>All figures; NaN where none was given.</summary>
    public static IReadOnlyList<(string Planner, string Source, double[] Good)> All { get; } =
    [
        ("random", Table2, [2.6, 5.1, 7.3, 9.8]),
        ("greedy", Table2, [41.8, 69.3, 104.9, 147.9]),
        ("genetic", Table2, [28.3, 72.3, 115.7, 150.4]),
        ("annealing", Table2, [39.4, 73.3, 104.7, 147.9]),
        ("offline", Table2, [44.3, 84.6, 121.4, 166.6]),
        ("human", Table2, [31.9, 77.4, double.NaN, double.NaN]),
        ("a2c", Table3, [35.5, 74.0, 111.3, 147.0]),
        ("a2c", Eliminated, [47.0, 90.8, 128.2, 163.9]),
        ("c51", Table3, [39.4, 76.3, 109.6, 141.0]),
        ("c51", Eliminated, [47.4, 82.2, 116.9, 144.0]),
        ("dqn", Table3, [41.7, 86.6, 132.0, 171.4]),
        ("dqn", Eliminated, [47.4, 89.0, 131.8, 172.6]),
        ("dueling-dqn", Table3, [44.6, 89.3, 126.3, 157.4]),
        ("dueling-dqn", Eliminated, [47.3, 89.4, 128.6, 165.4]),
        ("prioritised-dqn", Table3, [42.5, 86.4, 128.7, 172.0]),
        ("prioritised-dqn", Eliminated, [47.2, 90.6, 132.9, 174.0]),
        ("dqn", $"{Code}: best of 20 checkpoints, chosen on the same holes", [44.8, 94.1, 146.4, 193.0]),
        ("dqn", $"{Code}: last checkpoint", [38.8, 89.6, 136.8, 181.3]),
    ];
}
