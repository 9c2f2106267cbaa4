using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>One decision of CryoRL's DQN: features, one forward pass over the candidates, the best of them. Its cost does not depend on the weights.</summary>
[MemoryDiagnoser]
public class LearnedPlannerBenchmark
{
    private const int Decisions = 100;

    private static readonly LearnedModel s_model = new PlannerTraining(
        Learners.Settings("dqn") with { WarmUpSteps = 10 }, [SimulatedGrid.Create(new SimulatedGridSettings())]) { Epochs = 1, StepsPerEpoch = 10, ScoreStarts = 1 }.Run()[0].Model;

    private Grid _grid = null!;
    private IPlanner _planner = null!;
    private CollectionState _state = null!;

    /// <summary>CryoRL's validation split; more than anybody collects.</summary>
    [Params(2341, 100_000)]
    public int Holes { get; set; }

    /// <summary>With action elimination for a session of 480 minutes; infinity keeps all holes.</summary>
    [Params(480, double.PositiveInfinity)]
    public double BudgetMinutes { get; set; }

    [GlobalSetup]
    public void Simulate() => _grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Holes, seed: 0)).Grid;

    [IterationSetup]
    public void Open()
    {
        _planner = s_model.Create(new PlannerSetup(_grid, 0) { BudgetMinutes = BudgetMinutes });
        _state = new CollectionState(_grid, MoveMinutes.Text);
        _state.Visit(Holes / 2);
        Decide(); // the first one makes all features
    }

    [Benchmark(OperationsPerInvoke = Decisions)]
    public void Decision()
    {
        for (int i = 0; i < Decisions; i++)
            Decide();
    }

    private void Decide() => _state.Visit(((PlanResult.Planned)_planner.Next(_state)).Hole);
}
