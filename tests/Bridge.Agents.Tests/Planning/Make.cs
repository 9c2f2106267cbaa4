using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Rate;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning;

/// <summary>Small grids for tests, and one collection on them.</summary>
internal static class Make
{
    /// <summary>A grid from patches such as <c>"g/s/p: 0.9 0.5"</c>: ids of the three levels, then each hole's probability, '+' or '-' after it for the truth
    /// (good if the probability is at least 0.5 and nothing is said).</summary>
    public static MeasuredGrid Grid(params string[] patches)
    {
        var targets = new List<Target>();
        var ctfA = new List<double>();
        foreach (string patch in patches)
        {
            string[] parts = patch.Split(':');
            string[] ids = parts[0].Split('/');
            foreach (string hole in parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                double probability = double.Parse(hole.TrimEnd('+', '-'), System.Globalization.CultureInfo.InvariantCulture);
                bool good = hole.EndsWith('+') || (!hole.EndsWith('-') && probability >= 0.5);
                targets.Add(new Target
                {
                    Item = targets.Count + 1,
                    Id = $"h{targets.Count}",
                    GridImage = ids[0],
                    Square = $"{ids[0]}/{ids[1]}",
                    Patch = parts[0],
                    Stage = new StageUm(targets.Count * 2, 0, 0),
                    Probability = probability,
                });
                ctfA.Add(good ? 4 : 12);
            }
        }
        return new MeasuredGrid(GridBuilder.FromTargets(targets), ctfA);
    }

    /// <summary>Random small grid, for comparison with an exhaustive search.</summary>
    public static MeasuredGrid RandomGrid(int seed)
    {
        var random = new Random(seed);
        var patches = new List<string>();
        for (int patch = 0; patch < 5; patch++)
        {
            int square = random.Next(3);
            patches.Add($"g{square / 2}/s{square}/p{patch}: " + string.Join(' ', Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => (0.05 + 0.9 * random.NextDouble()).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture))));
        }
        return Grid([.. patches]);
    }

    /// <summary>A collection that stands at a hole it has visited.</summary>
    public static CollectionState At(Grid grid, int hole, double minutesLeft, MoveMinutes? minutes = null)
    {
        var state = new CollectionState(grid, minutes ?? MoveMinutes.Text) { MinutesLeft = minutesLeft };
        state.Visit(hole);
        return state;
    }

    /// <summary>The rate planner without learning.</summary>
    public static RatePlanner RateWithoutBeliefs(Grid grid) => new("rate", grid, RatePlanner.Logits(grid, CtfCalibration.Default), beliefs: null);

    /// <summary>Asks and moves until the planner stops; the holes in order.</summary>
    public static List<PlanResult.Planned> Drive(IPlanner planner, CollectionState state)
    {
        var moves = new List<PlanResult.Planned>();
        while (planner.Next(state) is PlanResult.Planned planned)
        {
            state.MinutesLeft -= state.MinutesTo(planned.Hole);
            state.Visit(planned.Hole);
            moves.Add(planned);
        }
        return moves;
    }

    public static BeliefSettings Beliefs(double patch) => new(0, 0, 0, patch);
}
