using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// Plans as <c>rate</c> does, with beliefs that follow the session more closely: <see cref="BayesBeliefs"/>. See Bayes/README.md.
/// </summary>
public sealed class BayesPlanner : IPlanner
{
    private readonly RatePlanner _planner;

    /// <summary>Standard deviations of the upper confidence bound.</summary>
    private const double UcbDeviations = 0.5;

    /// <summary>One good hole an hour: below that the session stops.</summary>
    internal const double LeastGoodPerMinute = 1.0 / 60;

    /// <summary>But not before so many results, or so many once one was good.</summary>
    internal const int LeastResults = 60, LeastResultsOnceGood = 100;

    /// <summary>Results for which one draw is kept: about half a patch.</summary>
    private const int ThompsonResults = 10;

    public BayesPlanner(Grid grid) : this("bayes", grid, BayesSettings.Default, new Choice.Expected())
    {
    }

    internal BayesPlanner(string name, Grid grid, BayesSettings settings, Choice choice)
        => _planner = new RatePlanner(name, grid, new BayesBeliefs(grid, settings, CtfCalibration.Default) { Choice = choice }) { LeastGoodPerMinute = LeastGoodPerMinute, LeastResults = LeastResults, LeastResultsOnceGood = LeastResultsOnceGood };

    private BayesPlanner(RatePlanner planner) => _planner = planner;

    /// <summary>Plans for the most score, not for the most good holes: <c>bayes</c> where a session's goal counts scores.</summary>
    public static BayesPlanner Scoring(Grid grid) => new(new RatePlanner("bayes", grid, new ScoredOdds(grid, new BayesBeliefs(grid, BayesSettings.Default, CtfCalibration.Default)))
    {
        LeastGoodPerMinute = LeastGoodPerMinute / 2, // an average good hole is worth a half to one here
        LeastResults = LeastResults,
        LeastResultsOnceGood = LeastResultsOnceGood,
    });

    public string Name => _planner.Name;

    /// <summary>Plans with an upper confidence bound of every probability: <c>ucb</c>.</summary>
    public static BayesPlanner UpperConfidence(Grid grid) => new("ucb", grid, BayesSettings.Default, new Choice.Upper(UcbDeviations));

    /// <summary>Plans with a draw from the beliefs, a new one after some results: <c>thompson</c>.</summary>
    public static BayesPlanner Thompson(Grid grid, int seed) => new("thompson", grid, BayesSettings.Default, new Choice.Thompson(seed, ThompsonResults));

    public PlanResult Next(CollectionState state) => _planner.Next(state);

    public void Observe(CollectionState state, int hole) => _planner.Observe(state, hole);

    public HoleBelief? Explain(int hole) => _planner.Explain(hole);
}
