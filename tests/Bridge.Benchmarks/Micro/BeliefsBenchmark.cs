using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Benchmarks.Measuring;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>The learning planner: what one result costs, and one suggestion after it, from a small grid to more than there are.</summary>
public class BeliefsBenchmark
{
    private const int Moves = 100, MinutesLeft = 480;

    private MeasuredGrid _truth = null!;
    private PlannedSession _session = null!;
    private int[] _holes = [];

    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Holes { get; set; }

    [GlobalSetup]
    public void Simulate()
    {
        _truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Holes, seed: 0));
        _holes = [.. Enumerable.Range(0, Moves).Select(i => (int)((long)i * Holes / Moves))];
    }

    [IterationSetup(Targets = [nameof(BayesResults), nameof(BayesSuggestions)])]
    public void OpenBayes() => Open("bayes");

    [IterationSetup(Target = nameof(RateSuggestions))]
    public void OpenRate() => Open("rate");

    /// <summary>A result in every hundredth part of the grid: nothing is planned in between.</summary>
    [Benchmark(OperationsPerInvoke = Moves)]
    public void BayesResults()
    {
        foreach (int hole in _holes)
            _session.Arrive(hole);
    }

    [Benchmark(OperationsPerInvoke = Moves)]
    public void BayesSuggestions() => Collect();

    [Benchmark(Baseline = true, OperationsPerInvoke = Moves)]
    public void RateSuggestions() => Collect();

    private void Open(string planner)
    {
        _session = new PlannedSession(_truth, planner, MinutesLeft);
        _session.Arrive(Holes / 2);
        _session.Next(); // the first ranks every hole
    }

    private void Collect()
    {
        for (int i = 0; i < Moves; i++)
        {
            if (_session.Next() is not PlanResult.Planned planned)
                throw new InvalidOperationException($"the planner stopped after {i} of {Moves} suggestions");
            _session.Arrive(planned.Hole);
        }
    }
}
