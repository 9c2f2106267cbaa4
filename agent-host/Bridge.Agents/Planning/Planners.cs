using Bridge.Agents.Planning.Baselines;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>The planners by name.</summary>
public static class Planners
{
    /// <summary>The planner that is used unless another is asked for.</summary>
    public const string Default = "rate";

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, "greedy", "nearest", "random", "oracle"];

    /// <summary>A planner for one collection.</summary>
    /// <param name="seed">Of the random choices, where there are any.</param>
    /// <param name="truth">The measured values of every hole of <paramref name="grid"/>; only <c>oracle</c> needs it and only <c>oracle</c> reads it.</param>
    /// <exception cref="ContractException">No planner of this name, or <c>oracle</c> without the truth.</exception>
    public static IPlanner Create(string name, Grid grid, int seed, MeasuredGrid? truth = null) => name switch
    {
        "rate" => new RatePlanner(grid),
        "greedy" => PatchListPlanner.Greedy(grid),
        "nearest" => new NearestPlanner(grid),
        "random" => new RandomPlanner(grid, seed),
        "oracle" when truth is null => throw new ContractException(FaultCode.UnknownPlanner,
            $"planner 'oracle' needs the truth of every hole, which only a recorded or simulated grid has; use it with 'evaluate planner', or choose {Known(without: name)}"),
        "oracle" => new OraclePlanner(grid, truth.CtfA),
        _ => throw new ContractException(FaultCode.UnknownPlanner, $"there is no planner '{name}'; choose {Known(without: "")}"),
    };

    private static string Known(string without) => string.Join(", ", Names.Where(name => name != without));
}
