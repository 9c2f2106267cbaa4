using System.Diagnostics;
using Bridge.Agents.Planning.Hierarchy;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>Collections where predictions are hidden until a patch's image is taken. The first hole's patch is surveyed at the start, at no cost.</summary>
/// <param name="Truth">The grid, with all predictions.</param>
/// <param name="Minutes">Of moves and exposures.</param>
/// <param name="SurveyMinutes">Of an image of a patch in the square where the stage is.</param>
public sealed record HierarchyEvaluation(MeasuredGrid Truth, MoveMinutes Minutes, double SurveyMinutes)
{
    private static readonly Dictionary<string, Func<IHierarchyPlanner>> Makers = new(StringComparer.Ordinal)
    {
        ["adaptive"] = () => new AdaptiveSurvey(),
        ["survey-first"] = () => new SurveyFirst(),
        ["fixed-order"] = () => new FixedOrder(),
    };

    /// <summary>All planners of this kind.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>One row for every planner and budget: its score, and the mean number of patches surveyed. Fractions are of the oracle that knows every hole and surveys nothing.</summary>
    /// <param name="split">Name of the data, for the rows.</param>
    /// <exception cref="ContractException">A planner is unknown.</exception>
    public IReadOnlyList<(PlannerScore Score, double Surveyed)> Run(string split, IReadOnlyList<string> planners, IReadOnlyList<double> budgetsMinutes, int starts, int seed,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        foreach (string planner in planners.Where(planner => !Makers.ContainsKey(planner)))
            throw new ContractException(FaultCode.UnknownPlanner, $"there is no planner '{planner}' for an unsurveyed grid; choose {string.Join(", ", Names)}");
        var oracle = new PlannerEvaluation(Truth, split) { Minutes = Minutes, Seed = seed };
        var best = oracle.Run(["oracle"], budgetsMinutes, starts, cancellationToken: cancellationToken);
        var rows = new List<(PlannerScore, double)>();
        foreach (string planner in planners)
        {
            for (int budget = 0; budget < budgetsMinutes.Count; budget++)
            {
                long began = Stopwatch.GetTimestamp();
                var random = new Random(seed);
                int[] firstHoles = [.. Enumerable.Range(0, starts).Select(_ => random.Next(Truth.Grid.Holes.Count))];
                var runs = new (int Good, int Surveyed)[starts];
                Parallel.For(0, starts, new ParallelOptions { CancellationToken = cancellationToken }, start => runs[start] = Play(Makers[planner](), budgetsMinutes[budget], firstHoles[start]));
                double mean = runs.Average(run => run.Good), sd = Math.Sqrt(runs.Average(run => (run.Good - mean) * (run.Good - mean)));
                rows.Add((new PlannerScore(planner, split, budgetsMinutes[budget], starts, mean, sd, best[budget].Mean > 0 ? mean / best[budget].Mean : double.NaN,
                    Stopwatch.GetElapsedTime(began).TotalSeconds), runs.Average(run => run.Surveyed)));
                progress?.Report((double)rows.Count / (planners.Count * budgetsMinutes.Count));
            }
        }
        return rows;
    }

    /// <summary>One collection: the number of good holes, and of patches surveyed after the first.</summary>
    /// <exception cref="InvalidOperationException">The planner broke a rule: a hole twice or unseen, or more than the time left.</exception>
    public (int Good, int Surveyed) Play(IHierarchyPlanner planner, double budgetMinutes, int firstHole)
    {
        var state = new SurveyState(Truth.Grid, Minutes, SurveyMinutes);
        state.Survey(Truth.Grid.Holes[firstHole].Patch);
        Arrive(state, firstHole);
        state.State.MinutesLeft = budgetMinutes;
        for (int good = 0; ;)
        {
            HierarchyAction action = planner.Next(state);
            if (action is HierarchyAction.Stop)
                return (good, state.SurveyedPatches - 1);
            double minutes = action is HierarchyAction.Survey survey ? state.MinutesToSurvey(survey.Patch) : state.State.MinutesTo(((HierarchyAction.Shoot)action).Hole);
            if (minutes > state.State.MinutesLeft + 1e-6)
                throw new InvalidOperationException($"planner '{planner.Name}' broke the rules: {minutes} min with {state.State.MinutesLeft} left");
            state.State.MinutesLeft = Math.Round(state.State.MinutesLeft - minutes, 6);
            switch (action)
            {
                case HierarchyAction.Survey look:
                    state.Survey(look.Patch);
                    break;
                case HierarchyAction.Shoot shoot when state.State.IsVisited(shoot.Hole) || !state.IsSurveyed(Truth.Grid.Holes[shoot.Hole].Patch):
                    throw new InvalidOperationException($"planner '{planner.Name}' broke the rules: hole {shoot.Hole} was visited or never seen");
                case HierarchyAction.Shoot shoot:
                    Arrive(state, shoot.Hole);
                    good += CollectionState.IsGood(Truth.CtfA[shoot.Hole]) ? 1 : 0;
                    break;
            }
        }
    }

    private void Arrive(SurveyState state, int hole)
    {
        state.State.Visit(hole);
        state.State.Record(hole, Truth.CtfA[hole]);
        state.Results.Add(hole);
    }
}
