using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Benchmarks.Measuring;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>A suggestion and the result after it, where nobody said which patch or square a hole is in: one list of any length.</summary>
public class ListsBenchmark
{
    private const int Moves = 50, MinutesLeft = 480;

    private MeasuredGrid _truth = null!;
    private PlannedSession _session = null!;

    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Holes { get; set; }

    [Params("rate", "bayes", "thompson")]
    public string Planner { get; set; } = "rate";

    [GlobalSetup]
    public void Simulate()
    {
        MeasuredGrid simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Holes, seed: 0));
        Grid list = GridBuilder.FromTargets(simulated.Grid.ToTargets().Select(target => target with { GridImage = "", Square = "", Patch = "" }));
        _truth = new MeasuredGrid(list, simulated.CtfA);
    }

    [IterationSetup]
    public void Open()
    {
        _session = new PlannedSession(_truth, Planner, MinutesLeft);
        _session.Arrive(Holes / 2);
        _session.Next(); // the first ranks every hole
    }

    [Benchmark(OperationsPerInvoke = Moves)]
    public void Suggestions()
    {
        for (int i = 0; i < Moves; i++)
        {
            if (_session.Next() is not PlanResult.Planned planned)
                throw new InvalidOperationException($"the planner stopped after {i} of {Moves} suggestions");
            _session.Arrive(planned.Hole);
        }
    }
}
