using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Benchmarks.Measuring;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>One suggestion and the result of the hole: the planner's part of what a script waits for.</summary>
public class PlannerBenchmark
{
    private const int Suggestions = 100;

    private MeasuredGrid _truth = null!;
    private PlannedSession _session = null!;

    /// <summary>CryoRL's validation split; a day's; more than anybody collects.</summary>
    [Params(2341, 20_000, 100_000)]
    public int Holes { get; set; }

    /// <summary>A whole night, and the last half hour, where the rate planner looks ahead move by move.</summary>
    [Params(480, 30)]
    public int MinutesLeft { get; set; }

    [GlobalSetup]
    public void Simulate() => _truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Holes, seed: 0));

    [IterationSetup(Target = nameof(Nearest))]
    public void OpenNearest() => Open("nearest");

    [IterationSetup(Target = nameof(Greedy))]
    public void OpenGreedy() => Open("greedy");

    [IterationSetup(Target = nameof(Rate))]
    public void OpenRate() => Open("rate");

    [Benchmark(Baseline = true, OperationsPerInvoke = Suggestions)]
    public void Nearest() => Collect();

    [Benchmark(OperationsPerInvoke = Suggestions)]
    public void Greedy() => Collect();

    [Benchmark(OperationsPerInvoke = Suggestions)]
    public void Rate() => Collect();

    /// <summary>A new session, somewhere on the grid: the first suggestion of all is not like the others.</summary>
    private void Open(string planner)
    {
        _session = new PlannedSession(_truth, planner, MinutesLeft);
        _session.Arrive(Holes / 2);
    }

    private void Collect()
    {
        for (int i = 0; i < Suggestions; i++)
        {
            if (_session.Next() is not PlanResult.Planned planned)
                throw new InvalidOperationException($"the planner stopped after {i} of {Suggestions} suggestions");
            _session.Arrive(planned.Hole);
        }
    }
}
