using System.Diagnostics;
using Bridge.Agents.Planning.Groups;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Evaluation;

/// <summary>Collections with several shots a move: what it is worth to plan with image-shift groups as units.</summary>
/// <param name="Truth">The grid.</param>
/// <param name="Minutes">Of a move and its first shot.</param>
/// <param name="MaxShiftUm">Longest image shift, in µm.</param>
/// <param name="ShotMinutes">Of each further shot.</param>
public sealed record GroupEvaluation(MeasuredGrid Truth, MoveMinutes Minutes, double MaxShiftUm, double ShotMinutes)
{
    /// <summary>Ways to collect: <c>groups</c> plans groups; <c>bayes</c> shoots one hole a move; <c>bayes-along</c> plans single holes and takes the rest of the group of each along.</summary>
    public static IReadOnlyList<string> Names { get; } = ["groups", "bayes-along", "bayes"];

    /// <summary>One row for every way and budget. Fractions are of no oracle: NaN.</summary>
    /// <param name="split">Name of the data, for the rows.</param>
    /// <exception cref="ContractException">A way is unknown.</exception>
    public IReadOnlyList<(PlannerScore Score, double Shots)> Run(string split, IReadOnlyList<string> ways, IReadOnlyList<double> budgetsMinutes, int starts, int seed,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        foreach (string way in ways.Where(way => !Names.Contains(way)))
            throw new ContractException(FaultCode.UnknownPlanner, $"there is no way '{way}' to collect with image shift; choose {string.Join(", ", Names)}");
        var rows = new List<(PlannerScore, double)>();
        foreach (string way in ways)
        {
            foreach (double budget in budgetsMinutes)
            {
                long began = Stopwatch.GetTimestamp();
                var random = new Random(seed);
                int[] firstHoles = [.. Enumerable.Range(0, starts).Select(_ => random.Next(Truth.Grid.Holes.Count))];
                var runs = new (int Good, int Shots)[starts];
                Parallel.For(0, starts, new ParallelOptions { CancellationToken = cancellationToken }, start => runs[start] = Play(way, budget, firstHoles[start]));
                double mean = runs.Average(run => run.Good), sd = Math.Sqrt(runs.Average(run => (run.Good - mean) * (run.Good - mean)));
                rows.Add((new PlannerScore(way, split, budget, starts, mean, sd, double.NaN, Stopwatch.GetElapsedTime(began).TotalSeconds), runs.Average(run => run.Shots)));
                progress?.Report((double)rows.Count / (ways.Count * budgetsMinutes.Count));
            }
        }
        return rows;
    }

    /// <summary>One collection: good holes and shots, the first hole, which costs nothing, not counted.</summary>
    /// <exception cref="InvalidOperationException">A hole was suggested twice, or more than fits.</exception>
    public (int Good, int Shots) Play(string way, double budgetMinutes, int firstHole)
    {
        Grid grid = Truth.Grid;
        IPlanner planner = way == "groups" ? new GroupPlanner(grid, MaxShiftUm, ShotMinutes) : new BayesPlanner(grid);
        Dictionary<int, ShiftGroup> groupOf = way != "bayes-along" ? [] : ShiftGroups.Find(grid, MaxShiftUm).SelectMany(group => group.Members, (group, hole) => (group, hole)).ToDictionary(pair => pair.hole, pair => pair.group);
        var state = new CollectionState(grid, Minutes);
        Arrive(state, planner, [firstHole]);
        state.MinutesLeft = budgetMinutes;
        (int good, int shots) = (0, 0);
        while (planner.Next(state) is PlanResult.Planned planned)
        {
            List<int> taken = [planned.Hole, .. planned.Others];
            if (groupOf.TryGetValue(planned.Hole, out ShiftGroup? along))
                taken.AddRange(along.Members.Where(hole => hole != planned.Hole && !state.IsVisited(hole)));
            double move = state.MinutesTo(planned.Hole);
            while (groupOf.Count > 0 && taken.Count > 1 && move + ((taken.Count - 1) * ShotMinutes) > state.MinutesLeft)
                taken.RemoveAt(taken.Count - 1);
            double minutes = move + ((taken.Count - 1) * ShotMinutes);
            if (minutes > state.MinutesLeft + 1e-6 || taken.Any(state.IsVisited) || taken.Distinct().Count() < taken.Count)
                throw new InvalidOperationException($"'{way}' broke the rules: {taken.Count} shots in {minutes} min with {state.MinutesLeft} left, or a hole twice");
            state.MinutesLeft = Math.Round(state.MinutesLeft - minutes, 6);
            Arrive(state, planner, taken);
            (good, shots) = (good + taken.Count(hole => CollectionState.IsGood(Truth.CtfA[hole])), shots + taken.Count);
        }
        return (good, shots);
    }

    private void Arrive(CollectionState state, IPlanner planner, List<int> holes)
    {
        for (int i = holes.Count - 1; i > 0; i--)
            state.MarkVisited(holes[i]);
        state.Visit(holes[0]);
        foreach (int hole in holes)
        {
            state.Record(hole, Truth.CtfA[hole]);
            planner.Observe(state, hole);
        }
    }
}
