using Bridge.Agents.Planning.Baselines;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>The planners that need no weights, by name. <see cref="PlannerCatalog"/> adds the learned ones.</summary>
public static class Planners
{
    /// <summary>The planner that is used unless another is asked for.</summary>
    public const string Default = "rate";

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, "bayes", "ucb", "thompson", "greedy", "nearest", "random", "genetic", "annealing", "offline", "oracle"];

    /// <summary>The planner of sessions in which patches are surveyed on the way.</summary>
    public const string Surveying = "adaptive";

    /// <summary>The planner of sessions that take several shots at one stage position.</summary>
    public const string Grouping = "groups";

    /// <summary>Planners that only a session can use, because they do more than go from hole to hole.</summary>
    public static IReadOnlyList<string> OfSessions { get; } = [Surveying, Grouping];

    /// <inheritdoc cref="Create(string, PlannerSetup)"/>
    public static IPlanner Create(string name, Grid grid, int seed, MeasuredGrid? truth = null) => Create(name, new PlannerSetup(grid, seed) { Truth = truth });

    /// <summary>A planner for one collection.</summary>
    /// <exception cref="ContractException">No planner of this name, or <c>oracle</c> without the truth.</exception>
    public static IPlanner Create(string name, PlannerSetup setup) => name switch
    {
        "rate" => ListPlanner.Of(setup.Grid, grid => new RatePlanner(grid)),
        "bayes" when setup.CountsScores => ListPlanner.Of(setup.Grid, BayesPlanner.Scoring),
        "bayes" => ListPlanner.Of(setup.Grid, grid => new BayesPlanner(grid)),
        "ucb" => ListPlanner.Of(setup.Grid, BayesPlanner.UpperConfidence),
        "thompson" => ListPlanner.Of(setup.Grid, grid => BayesPlanner.Thompson(grid, setup.Seed)),
        Surveying => new SurveyPlanner(setup.SurveyMinutes),
        Grouping => new GroupPlanner(setup.Grid, setup.MaxShiftUm, setup.ShotMinutes),
        "greedy" => PatchListPlanner.Greedy(setup.Grid),
        "nearest" => new NearestPlanner(setup.Grid),
        "random" => new RandomPlanner(setup.Grid, setup.Seed),
        "genetic" => PatchListPlanner.Genetic(setup),
        "annealing" => PatchListPlanner.Annealing(setup),
        "offline" => PatchListPlanner.Offline(setup),
        "oracle" when setup.Truth is null => throw new ContractException(FaultCode.UnknownPlanner,
            $"planner 'oracle' needs the truth of every hole, which only a recorded or simulated grid has; use it with 'evaluate planner', or choose {Known(without: name)}"),
        "oracle" => new OraclePlanner(setup.Grid, setup.Truth.CtfA),
        _ => throw new ContractException(FaultCode.UnknownPlanner, $"there is no planner '{name}'; choose {Known(without: "")}"),
    };

    private static string Known(string without) => string.Join(", ", Names.Where(name => name != without));
}
